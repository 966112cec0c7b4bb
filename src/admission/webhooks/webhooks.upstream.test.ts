import { describe, expect } from 'vitest';
import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import { isRefusal } from '../answer.ts';
import { formsOf, requestLike } from '../policies/testing/forms-of-deployments.ts';
import type { Asked } from '../policies/testing/forms-of-deployments.ts';
import { ReinvocationContext } from '../reinvocation-context.ts';
import type { GroupVersionResource } from '../policies/policy-request.ts';
import { clusterOf } from '../testing/cluster-of.ts';
import { readResponse } from './admission-review.ts';
import { refusalOfWebhook } from './ask-webhook.ts';
import { mutatingAdmissionWebhook } from './mutating-admission-webhook.ts';
import { shouldCall } from './should-call.ts';
import { validatingAdmissionWebhook } from './validating-admission-webhook.ts';
import { webhooksOf } from './webhook-hooks.ts';
import table from './testdata/webhooks.upstream.json' with { type: 'json' };

const { sources } = table;
const base64 = (text: string): string => btoa(text);
const TITLE = '$name';

/** What upstream's own server answers, by the path that it is asked on. Source: webhook/testing/webhook_server.go, 1.36.2. */
const ANSWERS: Readonly<Record<string, JsonObject>> = {
  disallow: { allowed: false, status: { code: 403 } },
  disallowReason: { allowed: false, status: { message: 'you shall not pass', code: 403 } },
  shouldNotBeCalled: {
    allowed: false,
    status: { message: "doesn't expect labels to match object selector", code: 403 },
  },
  allow: { allowed: true, auditAnnotations: { key1: 'value1' } },
  removeLabel: {
    allowed: true,
    patchType: 'JSONPatch',
    patch: base64('[{"op": "remove", "path": "/metadata/labels/remove"}]'),
    auditAnnotations: { key1: 'value1' },
  },
  addLabel: {
    allowed: true,
    patchType: 'JSONPatch',
    patch: base64('[{"op": "add", "path": "/metadata/labels/added", "value": "test"}]'),
  },
  invalidPatch: { allowed: true, patchType: 'JSONPatch', patch: base64('[{') },
  invalidMutation: { allowed: true, patchType: 'JSONPatch', patch: base64('[{"op": "add", "CORRUPTED_KEY":}]') },
  invalidAnnotation: { allowed: true, auditAnnotations: { 'invalid*key': 'value1' } },
  noop: { allowed: true },
};

interface Case {
  readonly name: string;
  readonly webhooks: readonly JsonObject[];
  readonly isCRD?: boolean;
  readonly isDryRun?: boolean;
  readonly additionalLabels?: Readonly<Record<string, string>>;
  readonly expectLabels?: Readonly<Record<string, string>>;
  readonly expectAllow?: boolean;
  readonly errorContains?: string;
  readonly expectAnnotations?: Readonly<Record<string, string>>;
  readonly expectStatusCode?: number;
  readonly expectReinvokeWebhooks?: Readonly<Record<string, boolean>>;
}

const NAMESPACE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'webhook-test', labels: { runlevel: '0' } },
};

function clusterWith(kind: string, webhooks: readonly JsonObject[]) {
  const configuration: KubernetesObject = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'test-webhooks' },
    webhooks,
  };
  return clusterOf([NAMESPACE, configuration], {
    webhooks: {
      uidFor: () => '',
      call: (calls) =>
        calls.map(({ clientConfig }, atMs) => {
          const service = clientConfig['service'] as { readonly path: string } | undefined;
          const path = service?.path ?? String(clientConfig['url']).split('/').at(-1)!;
          if (path === 'nilResponse') return { body: {}, atMs };
          const response = ANSWERS[path];
          if (response !== undefined) return { body: { response }, atMs };
          const error = path === 'internalErr' ? 'webhook internal server error' : 'malformed HTTP response "bad-http"';
          return { error, atMs };
        }),
    },
  });
}

function requestOf({ isCRD, isDryRun, additionalLabels }: Case): AdmissionRequest {
  const [apiVersion, kind, name, resource] =
    isCRD === true ? ['custom.resource/v1', 'TestCRD', 'my-test-crd', 'crd'] : ['v1', 'Pod', 'my-pod', 'pod'];
  const metadata = { name, namespace: 'webhook-test' };
  const [group = '', version = 'v1'] = isCRD === true ? apiVersion.split('/') : ['', 'v1'];
  return {
    operation: 'UPDATE',
    kind: { group, version, kind },
    resource: { group, resource },
    subresource: '',
    namespace: 'webhook-test',
    name,
    object: {
      apiVersion,
      kind,
      metadata: { ...metadata, labels: { [`${resource}.name`]: name, ...additionalLabels } },
    },
    oldObject: { apiVersion, kind, metadata },
    user: { name: 'webhook-test', groups: [], uid: 'webhook-test' },
    dryRun: isDryRun === true,
    generateName: (prefix) => prefix,
    reinvocation: new ReinvocationContext(),
  };
}

function run(plugin: AdmissionPlugin, kind: string, given: Case): Answer {
  const cluster = clusterWith(kind, given.webhooks);
  const request = requestOf(given);
  return plugin.admit?.(request, cluster) ?? plugin.validate?.(request, cluster);
}

function check(answer: Answer, given: Case, annotations: Case['expectAnnotations']): void {
  const refusal = isRefusal(answer) ? answer : undefined;
  expect(refusal === undefined).toBe(given.expectAllow === true);
  if (refusal !== undefined) expect(refusal.code).toBe(given.expectStatusCode);
  expect(refusal?.message ?? '').toContain(given.errorContains ?? '');
  expect(answer?.auditAnnotations ?? {}).toEqual(annotations ?? {});
}

const EVERY = JSON.stringify([{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] }]);
const isEmpty = (selector: JsonValue | undefined): boolean => JSON.stringify(selector) === '{}';

/** Source: webhook/testing/testcase.go `ConvertToMutatingTestCases`. */
function mutatingAnnotations({ webhooks, expectAnnotations = {} }: Case): Case['expectAnnotations'] {
  const wanted = Object.entries(expectAnnotations).map(([key, value]) => [
    key.replace('failed-open.validating.', 'failed-open.mutation.'),
    value,
  ]);
  for (const [index, { name, rules, failurePolicy, ...webhook }] of webhooks.entries()) {
    if (isEmpty(webhook['namespaceSelector']) && isEmpty(webhook['objectSelector']) && JSON.stringify(rules) === EVERY)
      wanted.push([
        `mutation.webhook.admission.k8s.io/round_0_index_${index}`,
        JSON.stringify({ configuration: 'test-webhooks', webhook: name, mutated: false }),
      ]);
    if (String(name).includes('internalErr') && failurePolicy !== 'Ignore') break;
  }
  return Object.fromEntries(wanted) as Case['expectAnnotations'];
}

describe('webhooks', () => {
  const source = upstreamSource('admission', sources.cases);
  const nonMutating = table.nonMutating as unknown as readonly Case[];
  const mutating = (table.mutating as unknown as readonly Case[]).filter(
    ({ name }) => name !== 'match & invalid mutation',
  );
  upstreamEach(source, 'validating/TestValidate')(nonMutating)(TITLE, (given) => {
    check(run(validatingAdmissionWebhook, 'ValidatingWebhookConfiguration', given), given, given.expectAnnotations);
  });
  upstreamEach(source, 'mutating/TestAdmit')(nonMutating)(TITLE, (given) => {
    check(run(mutatingAdmissionWebhook, 'MutatingWebhookConfiguration', given), given, mutatingAnnotations(given));
  });
  upstreamEach(source, 'mutating/TestAdmit')(mutating)(TITLE, (given) => {
    const cluster = clusterWith('MutatingWebhookConfiguration', given.webhooks);
    const request = requestOf(given);
    const answer = mutatingAdmissionWebhook.admit!(request, cluster);
    check(answer, given, given.expectAnnotations);
    const object = (answer !== undefined && 'object' in answer ? answer.object : undefined) ?? request.object!;
    if (given.expectLabels !== undefined) expect(Object.fromEntries(labelsOf(object))).toEqual(given.expectLabels);
    for (const [name, isWanted] of Object.entries(given.expectReinvokeWebhooks ?? {})) {
      const again = { ...request, object, reinvocation: request.reinvocation! };
      again.reinvocation.isReinvoke = true;
      const second = mutatingAdmissionWebhook.admit!(again, cluster);
      const asked = Object.values(second?.auditAnnotations ?? {}).some((value) =>
        value.includes(`"webhook":"${name}"`),
      );
      expect(asked).toBe(isWanted);
    }
  });
  upstreamLeftOut(source, {
    'TestAdmit/match & invalid mutation':
      'the word with which Go says where JSON within a list is broken; it is refused',
    'TestValidatePanicHandling, NewNonMutatingPanicTestCases': {
      count: 3,
      reason: 'a server that panics, which no part of the simulation does',
    },
    'TestAdmitCachedClient, NewCachedClientTestcases': { count: 10, reason: 'how clients are kept, which nobody sees' },
    'TestValidateWebhookDuration and TestMutatingWebhookDuration': {
      count: 10,
      reason: 'metrics of how long webhooks take, which are not kept',
    },
  });
});

interface ReviewRow {
  readonly name: string;
  readonly uid: string;
  readonly mutating?: boolean;
  readonly review: JsonObject;
  readonly expectAllowed?: boolean;
  readonly expectPatch?: string;
  readonly expectPatchType?: string;
  readonly expectResult?: JsonObject;
  readonly expectAuditAnnotations?: JsonObject;
  readonly expectErr?: string;
}

describe('answers to reviews', () => {
  const rows = table.review as unknown as readonly ReviewRow[];
  upstreamEach(upstreamSource('admission', sources.review), 'TestVerifyAdmissionResponse')(rows)(TITLE, (row) => {
    const response = row.review['response'] as JsonObject | undefined;
    const sent = response && {
      ...response,
      ...(typeof response['patch'] === 'string' ? { patch: base64(response['patch']) } : {}),
    };
    const version = row.name.split(' ')[0]!;
    const asked = { apiVersion: `admission.k8s.io/${version}`, request: { uid: row.uid } };
    const body = { ...row.review, ...(sent === undefined ? {} : { response: sent }) };
    const read = readResponse(body, asked, row.mutating === true);
    if (row.expectErr !== undefined) return expect(read).toContain(row.expectErr);
    expect(read).toMatchObject({
      isAllowed: row.expectAllowed,
      patch: row.expectPatch ?? '',
      auditAnnotations: row.expectAuditAnnotations ?? {},
    });
    if (row.expectPatchType !== undefined) expect(read).toMatchObject({ patchType: row.expectPatchType });
    if (row.expectResult !== undefined) expect(read).toMatchObject({ result: row.expectResult });
  });
});

interface StatusRow {
  readonly name: string;
  readonly result: JsonObject | null;
  readonly error: string;
  readonly code: number;
}

describe('refusals of webhooks', () => {
  const rows = table.status as unknown as readonly StatusRow[];
  upstreamEach(upstreamSource('admission', sources.status), 'TestToStatusErr')(rows)(
    TITLE,
    ({ result, error, code }) => {
      const refusal = refusalOfWebhook(/"(.*?)"/.exec(error)![1]!, result ?? undefined);
      expect([refusal.message, refusal.code]).toEqual([error, code]);
    },
  );
});

interface CallRow {
  readonly name: string;
  readonly webhook: JsonObject;
  readonly attrs: Asked;
  readonly expectCall?: boolean;
  readonly expectErr?: string;
  readonly expectCallKind?: GroupVersionKind;
  readonly expectCallResource?: GroupVersionResource;
  readonly matchResult?: boolean;
}

describe('whether a webhook is called', () => {
  const source = upstreamSource('admission', sources.should);
  const leftOut = {
    'invalid kind lookup': 'a resource of no kind, which upstream makes known for this case alone',
    'wildcard rule, match conditions error': 'an error that is no error of an expression; policies have those',
  };
  upstreamLeftOut(source, leftOut);
  const rows = (table.should as unknown as readonly CallRow[]).filter(({ name }) => !Object.hasOwn(leftOut, name));
  upstreamEach(source, 'TestShouldCallHook')(rows)(TITLE, (row) => {
    const matchConditions =
      row.webhook['matchConditions'] === undefined
        ? []
        : [{ name: 'test1', expression: String(row.matchResult === true) }];
    const cluster = clusterWith('ValidatingWebhookConfiguration', [{ name: 'any', ...row.webhook, matchConditions }]);
    const [webhook] = webhooksOf(
      { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
      cluster,
    );
    const form = shouldCall(webhook!, requestLike(row.attrs), cluster, formsOf);
    if (row.expectCall !== true) expect(form).toBeUndefined();
    else expect(form).toMatchObject({ kind: row.expectCallKind, resource: row.expectCallResource });
  });
});
