import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { podSecurity, podSecurityOf } from './pod-security.ts';
import { NOT_CONFIGURED } from './pod-security/configuration.ts';
import { clusterOf } from './testing/cluster-of.ts';
import { requestOf } from './testing/request-of.ts';

type Labels = Readonly<Record<string, string>>;

function namespace(name: string, labels: Labels = {}): KubernetesObject {
  const entries = Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]);
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: Object.fromEntries(entries) as Labels } };
}

const container = { name: 'container1', image: 'registry.k8s.io/pause' };
const restricted: JsonObject = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ ...container, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
};
const baseline: JsonObject = { containers: [container] };
const privileged: JsonObject = { containers: [{ ...container, securityContext: { privileged: true } }] };
const otherImage = (spec: JsonObject): JsonObject => ({
  ...spec,
  containers: (spec['containers'] as readonly JsonObject[]).map((each) => ({ ...each, image: 'other' })),
});
const pod = (spec: JsonObject, name = 'test-pod', metadata: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', ...metadata },
  spec,
});
const deployment = (spec: JsonObject): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'test-pod', namespace: 'shop' },
  spec: { template: { metadata: {}, spec } },
});

const ALL_RESTRICTED = { enforce: 'restricted', warn: 'restricted', audit: 'restricted' };
const WHY = 'violates PodSecurity "restricted:latest": ';
const UNRESTRICTED =
  'allowPrivilegeEscalation != false (container "container1" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "container1" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "container1" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "container1" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';
const PRIVILEGED = 'privileged (container "container1" must not set securityContext.privileged=true)';

interface Case {
  readonly name: string;
  readonly labels: Labels;
  readonly spec: JsonObject;
  readonly request?: Partial<AdmissionRequest>;
  readonly old?: JsonObject;
  /** What the answer says of a Pod; nothing where it passes without a word. */
  readonly refused?: string;
  readonly warned?: string;
  readonly audited?: string;
}

/** After TestValidatePodAndController, admission/admission_test.go of k8s.io/pod-security-admission, 1.36.2. */
const cases: readonly Case[] = [
  {
    name: 'ignored subresource',
    labels: ALL_RESTRICTED,
    spec: privileged,
    request: { subresource: 'status' },
  },
  { name: 'nothing asked', labels: {}, spec: privileged },
  {
    name: 'privileged asked',
    labels: { enforce: 'privileged', warn: 'privileged', audit: 'privileged' },
    spec: privileged,
  },
  {
    name: 'insignificant update',
    labels: ALL_RESTRICTED,
    spec: { ...privileged, tolerations: [{ operator: 'Exists' }] },
    old: privileged,
  },
  {
    name: 'significant update denied',
    labels: ALL_RESTRICTED,
    spec: otherImage(privileged),
    old: privileged,
    refused: WHY + [PRIVILEGED, UNRESTRICTED].join(', '),
  },
  { name: 'significant update allowed', labels: ALL_RESTRICTED, spec: otherImage(restricted), old: restricted },
  {
    name: 'invalid namespace labels',
    labels: { enforce: 'not-a-valid-level' },
    spec: baseline,
    refused: WHY + UNRESTRICTED,
  },
  {
    name: 'enforce deny',
    labels: ALL_RESTRICTED,
    spec: privileged,
    refused: WHY + [PRIVILEGED, UNRESTRICTED].join(', '),
  },
  { name: 'enforce allow', labels: { enforce: 'baseline' }, spec: baseline },
  {
    name: 'warn deny',
    labels: { warn: 'baseline' },
    spec: privileged,
    warned: `would violate PodSecurity "baseline:latest": ${PRIVILEGED}`,
  },
  {
    name: 'audit deny',
    labels: { audit: 'baseline', 'audit-version': 'v1.20' },
    spec: privileged,
    audited: `would violate PodSecurity "baseline:v1.20": ${PRIVILEGED}`,
  },
];

describe('Pods', () => {
  test.each(cases)('$name', ({ labels, spec, old, request, refused, warned, audited }) => {
    const oldObject = old === undefined ? {} : { oldObject: pod(old) };
    const answer = podSecurity.validate?.(
      requestOf(pod(spec), { ...oldObject, ...request }),
      clusterOf([namespace('shop', labels)]),
    );
    if (refused === undefined) expect(answer ?? {}).not.toHaveProperty('code');
    else expect(answer).toMatchObject({ code: 403, message: `pods "test-pod" is forbidden: ${refused}` });
    expect((answer as { warnings?: readonly string[] } | undefined)?.warnings).toEqual(warned && [warned]);
    const annotations = (answer as { auditAnnotations?: Labels } | undefined)?.auditAnnotations ?? {};
    expect(annotations['pod-security.kubernetes.io/audit-violations']).toBe(audited);
  });

  test('the field to look at, and the namespace that asks for it', () => {
    expect(
      podSecurity.validate?.(requestOf(pod(privileged)), clusterOf([namespace('shop', { enforce: 'baseline' })])),
    ).toMatchObject({
      field: ['spec', 'containers', 0, 'securityContext', 'privileged'],
      objects: [{ kind: 'Namespace', name: 'shop' }],
    });
  });

  test('who and what is exempt', () => {
    const cluster = clusterOf([namespace('shop', ALL_RESTRICTED)]);
    const exempt = (exemptions: Partial<typeof NOT_CONFIGURED.exemptions>): unknown =>
      podSecurityOf({ ...NOT_CONFIGURED, exemptions: { ...NOT_CONFIGURED.exemptions, ...exemptions } }).validate?.(
        requestOf(pod({ ...privileged, runtimeClassName: 'kata' })),
        cluster,
      );
    const because = (reason: string): unknown => ({
      auditAnnotations: { 'pod-security.kubernetes.io/exempt': reason },
    });
    expect(exempt({ namespaces: ['shop'] })).toEqual(because('namespace'));
    expect(exempt({ usernames: ['admin'] })).toEqual(because('user'));
    expect(exempt({ runtimeClasses: ['kata'] })).toEqual(because('runtimeClass'));
    expect(exempt({ namespaces: ['other'] })).toMatchObject({ code: 403 });
  });

  test('a namespace that is not there', () => {
    expect(podSecurity.validate?.(requestOf(pod(restricted)), clusterOf([]))).toMatchObject({
      code: 500,
      message: 'Internal error occurred: failed to lookup namespace "shop"',
    });
  });
});

describe('workloads', () => {
  test('pass with a warning', () => {
    expect(
      podSecurity.validate?.(
        requestOf(deployment(privileged)),
        clusterOf([namespace('shop', { enforce: 'baseline' })]),
      ),
    ).toEqual({
      auditAnnotations: {},
      warnings: [`would violate PodSecurity "baseline:latest": ${PRIVILEGED}`],
    });
    expect(
      podSecurity.validate?.(requestOf(deployment(baseline)), clusterOf([namespace('shop', { enforce: 'baseline' })])),
    ).toEqual({ auditAnnotations: {} });
  });

  test('other objects are not looked at', () => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' } };
    expect(podSecurity.validate?.(requestOf(configMap), clusterOf([]))).toBeUndefined();
  });
});

const LEVELS = 'must be one of privileged, baseline, restricted';
const VERSIONS = 'must be "latest" or "v1.x"';

/** After TestValidateNamespace, admission/admission_test.go, 1.36.2; what differs in time is left out. */
const namespaceCases: readonly [name: string, labels: Labels, old: Labels | undefined, refused?: string][] = [
  ['create privileged', { enforce: 'privileged', 'enforce-version': 'v1.0' }, undefined],
  ['create baseline', { enforce: 'baseline' }, undefined],
  ['create restricted', { enforce: 'restricted' }, undefined],
  ['create malformed level', { enforce: 'unknown' }, undefined, LEVELS],
  ['create malformed version', { enforce: 'privileged', 'enforce-version': 'unknown' }, undefined, VERSIONS],
  ['update no-op malformed level', { enforce: 'unknown' }, { enforce: 'unknown' }],
  [
    'update no-op malformed version',
    { enforce: 'baseline', 'enforce-version': 'unknown' },
    { enforce: 'baseline', 'enforce-version': 'unknown' },
  ],
  [
    'update relax level identical version',
    { enforce: 'baseline', 'enforce-version': 'v1.0' },
    { enforce: 'restricted', 'enforce-version': 'v1.0' },
  ],
  ['update relax level implicit latest', { enforce: 'baseline' }, { enforce: 'restricted' }],
  ['update to explicit privileged', { enforce: 'privileged' }, { enforce: 'restricted', 'enforce-version': 'v1.0' }],
  ['update to implicit privileged', {}, { enforce: 'restricted', 'enforce-version': 'v1.0' }],
  ['update malformed level', { enforce: 'unknown' }, { enforce: 'restricted' }, LEVELS],
  [
    'update malformed version',
    { enforce: 'privileged', 'enforce-version': 'unknown' },
    { enforce: 'restricted' },
    VERSIONS,
  ],
];

describe('namespaces', () => {
  test.each(namespaceCases)('%s', (_, labels, old, refused) => {
    const oldObject = old === undefined ? {} : { oldObject: namespace('test', old) };
    const answer = podSecurity.validate?.(requestOf(namespace('test', labels), oldObject), clusterOf([]));
    if (refused === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatchObject({ code: 422, reason: 'Invalid', details: { kind: 'Namespace', name: 'test' } });
    if (refused !== undefined) expect((answer as { message: string }).message).toContain(refused);
  });

  const replica = (name: string, uid: string, spec: JsonObject): KubernetesObject =>
    pod(spec, name, { ownerReferences: [{ kind: 'ReplicaSet', name: uid, uid, controller: true }] });
  const raise = (pods: readonly KubernetesObject[], configuration: Partial<typeof NOT_CONFIGURED> = {}): unknown =>
    podSecurityOf({ ...NOT_CONFIGURED, ...configuration }).validate?.(
      requestOf(namespace('shop', { enforce: 'baseline' }), { oldObject: namespace('shop'), namespace: 'shop' }),
      clusterOf(pods),
    );
  const violated = 'existing pods in namespace "shop" violate the new PodSecurity enforce level "baseline:latest"';

  test('raising the level looks at the Pods that are there', () => {
    expect(raise([pod(baseline)])).toBeUndefined();
    expect(
      raise([
        pod(privileged, 'z'),
        pod(privileged, 'a'),
        pod({ ...privileged, hostPID: true }, 'b'),
        pod(privileged, 'm'),
      ]),
    ).toEqual({ warnings: [violated, 'a (and 2 other pods): privileged', 'b: host namespaces, privileged'] });
    expect(raise([pod(privileged, 'b'), pod(privileged, 'a')])).toEqual({
      warnings: [violated, 'a (and 1 other pod): privileged'],
    });
  });

  test('of many Pods, one of each controller first', () => {
    const many = [
      replica('r1-a', '1', privileged),
      replica('r1-b', '1', privileged),
      replica('r2-a', '2', baseline),
      pod(privileged, 'z'),
    ];
    expect(raise(many, { maxPodsToCheck: 3 })).toEqual({
      warnings: [
        'new PodSecurity enforce level only checked against the first 3 of 4 existing pods',
        violated,
        'r1-a (and 1 other pod): privileged',
      ],
    });
  });

  test('an exempt namespace is told that its labels do nothing', () => {
    const exemptions = { ...NOT_CONFIGURED.exemptions, namespaces: ['shop'] };
    const labels = { enforce: 'restricted', 'enforce-version': 'v1.0', audit: 'restricted', warn: 'baseline' };
    const ignored =
      'namespace "shop" is exempt from Pod Security, and the policy (enforce=restricted:v1.0, audit=restricted:latest, warn=baseline:latest) will be ignored';
    for (const old of [undefined, namespace('shop')]) {
      const request = requestOf(namespace('shop', labels), {
        namespace: 'shop',
        ...(old === undefined ? {} : { oldObject: old }),
      });
      expect(podSecurityOf({ ...NOT_CONFIGURED, exemptions }).validate?.(request, clusterOf([]))).toEqual({
        warnings: [ignored],
      });
    }
  });

  test('Pods of an exempt RuntimeClass are not looked at', () => {
    const exemptions = { ...NOT_CONFIGURED.exemptions, runtimeClasses: ['kata'] };
    expect(raise([pod({ ...privileged, runtimeClassName: 'kata' })], { exemptions })).toBeUndefined();
  });
});
