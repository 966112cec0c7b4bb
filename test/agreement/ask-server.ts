import { readFileSync } from 'node:fs';
import { groupVersionKindOf } from '../../src/apimachinery/group-version-kind.ts';
import { DEFAULT_NAMESPACE } from '../../src/apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { isKubernetesObject, nameOf, namespaceOf } from '../../src/apimachinery/object.ts';
import { arrayAt, objectAt, stringAt } from '../../src/base/json.ts';
import { applyOver } from '../../src/kinds/apply-over.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { preloadSchemas, schemaOf } from '../../src/openapi/built-in-schemas.ts';
import { resourceOf } from '../../src/openapi/resource.ts';
import type { Answer, Case } from './cases.ts';
import { jsonLines } from './cases.ts';
import type { KubeClient, Response } from './kube-client.ts';
import { kubeClient } from './kube-client.ts';

type Question = Omit<Case, 'answer'>;

/**
 * Asks a real API server about every case, as a dry run with strict field validation. Only what the questions stand on is
 * written for real and deleted again: their namespaces, the CustomResourceDefinitions among them, and the old object of an
 * update. So take a cluster that may be thrown away. Answers that tell of other objects (403, AlreadyExists) are left out.
 */
export async function askServer(kubeconfig: string, files: readonly string[]): Promise<readonly Case[]> {
  const client = kubeClient(kubeconfig);
  const questions = files.flatMap((file) => questionsOf(file));
  await preloadSchemas(['', ...questions.map(({ object }) => groupVersionKindOf(object).group)]);
  const definitions = questions
    .map(({ object }) => object)
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .filter((object) => questions.some((one) => one.object.kind === stringAt(object, 'spec', 'names', 'kind')));
  const made: string[] = [];
  const cases: Case[] = [];
  let leftOut = 0;
  try {
    for (const object of [...namespacesOf(questions), ...definitions])
      if ((await client.send('POST', collectionOf(object, definitions), object)).code === 201)
        made.push(pathOf(object, definitions));
    for (const question of questions) {
      const response = await ask(client, { ...question, definitions });
      if (response.code === 403 || response.body['reason'] === 'AlreadyExists' || response.code >= 500) leftOut++;
      else cases.push({ ...question, definitions, answer: answerOf(response) });
    }
  } finally {
    for (const path of made.reverse()) await client.send('DELETE', path);
    client.close();
  }
  console.log(`${questions.length} asked, ${leftOut} left out (403, AlreadyExists or 5xx)`);
  return cases;
}

function questionsOf(file: string): readonly Question[] {
  if (!/\.ndjson(?:\.gz)?$/.test(file)) {
    const objects = readManifest(file, readFileSync(file)).segments.flatMap((segment) =>
      segment.type === 'document' ? segment.objects.map(({ object }) => object) : [],
    );
    return objects.map((object) => questionOf(`${file} ${object.kind} ${nameOf(object)}`, file, object, undefined));
  }
  return jsonLines(file).flatMap((line): readonly Question[] => {
    const object = objectAt(line, 'object') ?? line;
    const old = objectAt(line, 'old');
    if (!isKubernetesObject(object)) return [];
    const id = stringAt(line, 'id') ?? `${object.kind} ${nameOf(object)}`;
    return [questionOf(id, file, object, isKubernetesObject(old) ? old : undefined)];
  });
}

function questionOf(id: string, source: string, object: KubernetesObject, old: KubernetesObject | undefined): Question {
  return { id, source, op: old === undefined ? 'create' : 'update', object, old, definitions: [], isPinned: true };
}

function namespacesOf(questions: readonly Question[]): readonly KubernetesObject[] {
  const names = new Set(questions.map(({ object }) => namespaceOf(object)).filter((name) => name !== undefined));
  return [...names].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

const DRY = '?dryRun=All&fieldValidation=Strict';

async function ask(client: KubeClient, { object, old, definitions }: Question): Promise<Response> {
  if (old === undefined) return client.send('POST', collectionOf(object, definitions) + DRY, object);
  const path = pathOf(old, definitions);
  const created = await client.send('POST', collectionOf(old, definitions), old);
  if (created.code !== 201) return { ...created, code: 500 };
  const answer = await client.send('PUT', path + DRY, changed(object, old, created));
  await client.send('DELETE', path);
  return answer;
}

/** What `kubectl apply` would make of the object that is there. */
function changed(object: KubernetesObject, old: KubernetesObject, { body }: Response): KubernetesObject {
  const current = isKubernetesObject(body) ? body : old;
  return applyOver({ original: old, modified: object, current }, schemaOf(groupVersionKindOf(object)));
}

function collectionOf(object: KubernetesObject, definitions: readonly KubernetesObject[]): string {
  const { group, version, kind } = groupVersionKindOf(object);
  const definition = definitions.find(
    (crd) => stringAt(crd, 'spec', 'group') === group && stringAt(crd, 'spec', 'names', 'kind') === kind,
  );
  const resource = resourceOf(group, kind);
  const plural = resource?.plural ?? stringAt(definition, 'spec', 'names', 'plural') ?? `${kind.toLowerCase()}s`;
  const scope = resource?.scope ?? stringAt(definition, 'spec', 'scope') ?? 'Namespaced';
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const namespace = scope === 'Cluster' ? '' : `/namespaces/${namespaceOf(object) ?? DEFAULT_NAMESPACE}`;
  return `${root}${namespace}/${plural}`;
}

function pathOf(object: KubernetesObject, definitions: readonly KubernetesObject[]): string {
  return `${collectionOf(object, definitions)}/${encodeURIComponent(nameOf(object))}`;
}

function answerOf({ code, body, warnings }: Response): Answer {
  const accepted = code === 200 || code === 201;
  return {
    accepted,
    code,
    message: stringAt(body, 'message') ?? '',
    causes: arrayAt(body, 'details', 'causes').map((cause) => ({
      field: stringAt(cause, 'field') ?? '',
      reason: stringAt(cause, 'reason') ?? '',
      message: stringAt(cause, 'message') ?? '',
    })),
    stored: accepted ? body : undefined,
    warnings,
  };
}
