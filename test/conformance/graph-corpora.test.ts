/**
 * Laws of references on real manifests: every folder of the corpora as one design. The corpora are not part of the
 * product: without them these tests say so and are skipped.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseObjectIdentity } from '../../src/apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { isKubernetesObject } from '../../src/apimachinery/object.ts';
import { formatFieldPath } from '../../src/apimachinery/field-path.ts';
import { valueAt } from '../../src/base/json.ts';
import type { JsonValue } from '../../src/base/json.ts';
import { findProblems } from '../../src/design/checks/index.ts';
import type { DesignRecord } from '../../src/design/design.ts';
import type { ResolvedReference } from '../../src/design/graph.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import type { Reference } from '../../src/kinds/reference.ts';
import { referencesAsText, resolveFiles } from '../support/references-as-text.ts';
import type { Resolved } from '../support/references-as-text.ts';

const root = process.env['DRYDOCK_CORPORA'] ?? resolve(import.meta.dirname, '../../../shared/corpora');
const golden = join(root, 'golden');
const exists = existsSync(golden);
if (!exists) console.warn(`no corpora in ${root}: the laws of references on real manifests are not tested`);

type Files = Readonly<Record<string, Uint8Array>>;

function filesOf(corpus: string): Files {
  const entries = readdirSync(join(root, corpus), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(paths.map((path) => [relative(join(root, corpus), path), readFileSync(path)]));
}

/** Files of kube-linter's own tests, the problems here that its check stands for, and what both find. */
const LINTED: readonly [file: string, ids: readonly string[], found: readonly string[]][] = [
  ['dangling-hpa.yml', ['reference.missing'], ['reference.missing app2']],
  [
    'dangling-ingress.yml',
    ['reference.missing', 'backend.portMissing'],
    ['backend.portMissing bad-port', 'reference.missing missing'],
  ],
  ['dangling-networkpolicy.yml', ['selector.matchesNothing'], ['selector.matchesNothing app.kubernetes.io/name=app1']],
  [
    // The governed Pods are missing as well; kube-linter has a check of its own for that.
    'dangling-networkpolicypeer-podselector.yml',
    ['selector.matchesNothing'],
    ['selector.matchesNothing app.kubernetes.io/name=app1', 'selector.matchesNothing app.kubernetes.io/name=app2'],
  ],
  [
    'dangling-service.yml',
    ['selector.matchesNothing'],
    ['selector.matchesNothing app.kubernetes.io/name=app', 'selector.matchesNothing app.kubernetes.io/name=app'],
  ],
  [
    'env-var-value-from.yml',
    ['reference.missing', 'reference.keyMissing'],
    [
      'reference.keyMissing secretsquirrels',
      'reference.keyMissing testconfig',
      'reference.missing missingconfig',
      'reference.missing missingsecret',
    ],
  ],
  // And a DeploymentConfig, of which nothing is known here.
  [
    'mismatching-selector.yml',
    ['selector.doesNotMatchTemplate'],
    ['selector.doesNotMatchTemplate app.kubernetes.io/name=app1'],
  ],
  // Two more there: a number that the container does not list, where it may listen all the same, and a name of the wrong
  // protocol, which the kubelet does not look at.
  ['liveness-port.yml', ['probe.portMissing'], ['probe.portMissing healthcheck', 'probe.portMissing http']],
];

describe.skipIf(!exists)(`references in ${root}`, () => {
  const corpora = exists
    ? readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'golden' && entry.name !== 'openapi')
        .map(({ name }) => name)
    : [];

  it.each(corpora)('%s keeps the laws', (corpus) => {
    const resolved = resolveFiles(filesOf(corpus));
    const problems = findProblems(resolved);
    const { design, graph } = resolved;
    const found = graph.references.filter(({ resolved: isFound }) => isFound).length;
    console.log(
      `${corpus}: ${design.files.size} files, ${design.records.size} objects, ${graph.references.length} references, ` +
        `${found} resolved, ${problems.length} problems`,
    );
    expect(breaches(resolved)).toEqual([]);
  });

  it.each(corpora.filter((corpus) => existsSync(answersFile(corpus))))(
    '%s has the objects that kubectl reads',
    (corpus) => {
      const { design } = resolveFiles(filesOf(corpus));
      const counts = new Map<string, number>();
      for (const { file } of design.records.values()) counts.set(file, (counts.get(file) ?? 0) + 1);
      let objects = 0;
      for (const { file, objects: read } of answersOf(corpus)) {
        const wanted = read.filter(({ apiVersion }) => typeof apiVersion === 'string' && apiVersion !== '').length;
        expect([file, counts.get(file) ?? 0]).toEqual([file, wanted]);
        objects += wanted;
      }
      console.log(`${corpus}: ${objects} objects in files that kubectl takes`);
    },
  );

  it.each(LINTED)('finds in %s what kube-linter finds in it', (file, ids, found) => {
    const resolved = resolveFiles({ [file]: readFileSync(join(root, 'kube-linter/checks', file)) });
    const mine = findProblems(resolved).filter(({ id }) => ids.includes(id));
    expect(
      mine.map(({ id, params }) => `${id} ${params['name'] ?? params['selector'] ?? params['port']}`).sort(),
    ).toEqual(found);
  });

  it('survives any mutation, and answers the same twice', () => {
    const samples = corpora.flatMap((corpus) => [...resolveFiles(filesOf(corpus)).design.records.values()]);
    const some = fc.array(fc.constantFrom(...samples).chain(mutation), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, (objects) => {
        const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
        const once = referencesAsText({ 'a.json': text });
        expect(referencesAsText({ 'a.json': text })).toEqual(once);
        const resolved = resolveFiles({ 'a.json': text });
        findProblems(resolved);
        expect(breaches(resolved)).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });
});

interface Answer {
  readonly file: string;
  readonly objects: readonly Record<string, unknown>[];
}

function answersFile(corpus: string): string {
  return join(golden, `kubectl-parse-${corpus}.ndjson.gz`);
}

/** What kubectl made of the files that it takes. */
function answersOf(corpus: string): readonly Answer[] {
  const lines = gunzipSync(readFileSync(answersFile(corpus)))
    .toString()
    .trim()
    .split('\n');
  return lines
    .map((line) => JSON.parse(line) as Answer & { error?: string })
    .filter(({ error }) => error === undefined);
}

/** Everything about the references of a design that must not be so. */
function breaches(resolved: Resolved): readonly string[] {
  const seen = new Set<string>();
  return resolved.graph.references.flatMap((reference) => {
    const from = resolved.design.records.get(reference.from);
    if (!from) return ['from nowhere'];
    const key = keyOf(reference);
    const again = seen.has(key) ? ['said twice'] : [];
    seen.add(key);
    const where = `${from.file} ${from.identity} ${formatFieldPath(reference.declaration.field)}`;
    return [...again, ...faults(reference, from, resolved)].map((fault) => `${where}: ${fault}`);
  });
}

function keyOf({ from, toIdentity, declaration }: ResolvedReference): string {
  const { type, field, key, target } = declaration;
  return JSON.stringify([from, type, field, key, toIdentity, toIdentity === null ? target : undefined]);
}

function faults(reference: ResolvedReference, from: DesignRecord, { design, registry }: Resolved): readonly string[] {
  const { to, toIdentity, declaration, resolved, because, maker } = reference;
  const { target, field } = declaration;
  const found: string[] = [];
  if (valueAt(from.object, ...field) === undefined) found.push('the field is not there');
  if (target.by === 'name' && !spells(from.object, declaration)) found.push('the field does not spell the name');
  const record = to === null ? undefined : design.records.get(to);
  if (to !== null && !record) found.push('the target is not there');
  if (record && record.identity !== toIdentity) found.push('the identity is not that of the target');
  if (record && !resolved) found.push('the target is there and not resolved');
  if (!record && resolved && because === undefined) found.push('resolved without a reason');
  if ((because === 'made') !== (maker !== undefined && design.records.has(maker))) found.push('made by nobody');
  if (record && target.by === 'name') {
    const sameKind = registry.canonical(target) === registry.canonical(parseObjectIdentity(record.identity));
    if (!sameKind || !record.identity.endsWith(`/${target.name}`)) found.push('the target is another object');
    if (record.namespace !== '' && target.namespace !== '' && record.namespace !== target.namespace)
      found.push('the target is in another namespace');
  }
  if (record && target.by === 'pods' && strays(target.namespaces, record.namespace)) found.push('selects elsewhere');
  return found;
}

function strays(namespaces: Extract<Reference['target'], { by: 'pods' }>['namespaces'], namespace: string): boolean {
  return namespaces !== 'all' && namespaces.names !== undefined && !namespaces.names.includes(namespace);
}

/** Whether the field holds the name, or the name within its format. */
function spells(object: KubernetesObject, { field, target, nameFormat = '{name}', inKey }: Reference): boolean {
  if (target.by !== 'name') return false;
  const { name, namespace } = target;
  const spelled = nameFormat.replaceAll(/\{(?:name|namespace)\}/g, (word) => (word === '{name}' ? name : namespace));
  return (inKey ? field.at(-1) : valueAt(object, ...field)) === spelled;
}

/** An object of the corpora with one value, at any depth, replaced by something else. */
function mutation({ object }: DesignRecord): fc.Arbitrary<KubernetesObject> {
  const nonsense = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      null,
      '',
      'default',
      'a/b',
      '${x}',
      -1,
      [],
      {},
      [null],
      [[]],
      { name: 'web' },
      '__proto__',
    ),
  );
  return fc.tuple(fc.nat(), nonsense).map(([pick, value]) => {
    const size = countValues(object);
    const changed = replaceNth(object, { left: pick % size }, value);
    return isKubernetesObject(changed as JsonValue) ? (changed as KubernetesObject) : object;
  });
}

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1);
}

function replaceNth(value: unknown, count: { left: number }, other: unknown): unknown {
  if (count.left-- === 0) return other;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => replaceNth(item, count, other));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceNth(item, count, other)]));
}

it('reads the kinds that are built in', () => {
  expect(BUILT_IN_KINDS.definitions.length).toBeGreaterThan(60);
});
