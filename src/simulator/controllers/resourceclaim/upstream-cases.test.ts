import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { View } from '../../client/view.ts';
import { PODS, RESOURCE_CLAIMS } from '../resources.ts';
import { refusal } from '../testing/fake-api.ts';
import { runSync } from '../testing/run-sync.ts';
import { resourceClaim } from './resourceclaim.ts';

const upstream = {
  area: 'controllers',
  file: 'pkg/controller/resourceclaim/controller_test.go',
  release: '1.36.2',
} as const;

const NAMESPACE = 'my-namespace';
const PROTECTION = 'resource.kubernetes.io/delete-protection';
const DELETED = '2026-01-01T00:00:00Z';
const OWNER = { apiVersion: 'v1', kind: 'Pod', name: 'test-pod', uid: 'uidpod1', controller: true };
const GROUP_OWNER = {
  apiVersion: 'scheduling.k8s.io/v1alpha2',
  kind: 'PodGroup',
  name: 'test-pg',
  uid: 'uidpodgroup1',
  controller: true,
};

const IN_SPEC = { resourceClaims: [{ name: 'acme-resource', resourceClaimTemplateName: 'my-template' }] };

function pod(spec: JsonObject = IN_SPEC, status: JsonObject = {}, metadata: JsonObject = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'test-pod', namespace: NAMESPACE, uid: 'uidpod1', ...metadata },
    spec,
    status,
  };
}

function claim(metadata: JsonObject, status: JsonObject = {}, spec: JsonObject = {}): KubernetesObject {
  return {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: { namespace: NAMESPACE, ...metadata },
    spec,
    status,
  };
}

const PLAIN = { name: 'test-pod-acme-resource', ownerReferences: [OWNER] };
/** A claim that was made of the template; the number that the server put behind its name aside. */
const MADE = {
  name: 'test-pod-acme-resource--1',
  generateName: 'test-pod-acme-resource-',
  annotations: { 'resource.kubernetes.io/pod-claim-name': 'acme-resource' },
  ownerReferences: [OWNER],
};
const FOR_GROUP = {
  ...MADE,
  name: 'test-pg-acme-resource--1',
  generateName: 'test-pg-',
  ownerReferences: [GROUP_OWNER],
};
const OTHER = { name: 'test-pod-acme-resource', namespace: 'not-my-namespace' };
const CONFLICTING = { name: 'test-pod-acme-resource' };

const consumer = (name: string, uid: string) => ({ resource: 'pods', name, uid });
const [OWN, SECOND] = [consumer('test-pod', 'uidpod1'), consumer('test-pod-II', 'uidpod1-II')];
const GROUP = { apiGroup: 'scheduling.k8s.io', resource: 'podgroups', name: 'test-pg', uid: 'uidpodgroup1' };
const FOREIGN = { apiGroup: 'foo.com', resource: 'foo', name: 'foo', uid: '123' };
const allocated = (...reservedFor: readonly JsonObject[]): JsonObject => ({
  allocation: {},
  ...(reservedFor.length === 0 ? {} : { reservedFor }),
});

const template = (spec: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaimTemplate',
  metadata: { name: 'my-template', namespace: NAMESPACE },
  spec: { spec },
});
const ADMIN = {
  devices: { requests: [{ name: 'req-0', exactly: { deviceClassName: 'class', adminAccess: true } }] },
};

const names = (resourceClaimName: string) => ({
  resourceClaimStatuses: [{ name: 'acme-resource', resourceClaimName }],
});

interface SyncRow {
  readonly of?: 'claim';
  readonly pods?: readonly KubernetesObject[];
  /** Pods that the server has and the cache has not. */
  readonly podsLater?: readonly KubernetesObject[];
  readonly claims?: readonly KubernetesObject[];
  readonly templates?: readonly KubernetesObject[];
  readonly fails?: string;
  readonly isConflict?: boolean;
  /** The claims that are there then. */
  readonly want?: readonly KubernetesObject[];
  /** The Pod names the claim that was made. */
  readonly isNamed?: boolean;
}

const NO_TEMPLATE =
  'resource claim template "my-template": resourceclaimtemplate.resource.k8s.io "my-template" not found';
const PLACED = pod({ ...IN_SPEC, nodeName: 'worker' }, names(MADE.name));
const DONE = pod(IN_SPEC, { phase: 'Succeeded' });
const PROTECTED = { ...PLAIN, finalizers: [PROTECTION] };
const FREED = { ...PLAIN, finalizers: [] };

const ROWS: readonly (readonly [string, SyncRow])[] = [
  ['create', { pods: [pod()], templates: [template()], want: [claim(MADE)], isNamed: true }],
  [
    'create with admin and feature gate on',
    { pods: [pod()], templates: [template(ADMIN)], want: [claim(MADE, {}, ADMIN)], isNamed: true },
  ],
  [
    'create ResourceClaim for Pod with PodGroup claim when feature is disabled',
    {
      pods: [pod()],
      claims: [claim(FOR_GROUP)],
      templates: [template()],
      want: [claim(FOR_GROUP), claim(MADE)],
      isNamed: true,
    },
  ],
  [
    'nop',
    {
      pods: [pod(IN_SPEC, names(MADE.name))],
      templates: [template()],
      claims: [claim(MADE)],
      want: [claim(MADE)],
      isNamed: true,
    },
  ],
  ['recreate', { pods: [pod(IN_SPEC, names(MADE.name))], templates: [template()], want: [claim(MADE)], isNamed: true }],
  ['missing-template', { pods: [pod()], fails: NO_TEMPLATE }],
  ['find-existing-claim-by-label', { pods: [pod()], claims: [claim(MADE)], want: [claim(MADE)], isNamed: true }],
  ['no-such-pod', {}],
  ['pod-deleted', { pods: [pod(IN_SPEC, {}, { deletionTimestamp: DELETED })] }],
  ['no-volumes', { pods: [pod({})] }],
  [
    'create-with-other-claim',
    {
      pods: [pod()],
      templates: [template()],
      claims: [claim(OTHER)],
      want: [claim(OTHER), claim(MADE)],
      isNamed: true,
    },
  ],
  [
    'wrong-claim-owner',
    { pods: [pod()], claims: [claim(CONFLICTING)], want: [claim(CONFLICTING)], fails: NO_TEMPLATE },
  ],
  [
    'create-conflict',
    {
      pods: [pod()],
      templates: [template()],
      isConflict: true,
      fails:
        'create ResourceClaim : Operation cannot be fulfilled on resourceclaims.resource.k8s.io "fake name": fake conflict',
    },
  ],
  [
    'stay-reserved-seen',
    { of: 'claim', pods: [pod()], claims: [claim(PLAIN, allocated(OWN))], want: [claim(PLAIN, allocated(OWN))] },
  ],
  [
    'stay-reserved-not-seen',
    { of: 'claim', podsLater: [pod()], claims: [claim(PLAIN, allocated(OWN))], want: [claim(PLAIN, allocated(OWN))] },
  ],
  ['clear-reserved-structured', { of: 'claim', claims: [claim(PROTECTED, allocated(OWN))], want: [claim(FREED)] }],
  [
    'dont-clear-reserved-podgroup-feature-disabled',
    { of: 'claim', claims: [claim(PROTECTED, allocated(GROUP))], want: [claim(PROTECTED, allocated(GROUP))] },
  ],
  [
    'dont-clear-reserved-structured',
    {
      of: 'claim',
      pods: [pod()],
      claims: [claim(PROTECTED, allocated(OWN, SECOND))],
      want: [claim(PROTECTED, allocated(OWN))],
    },
  ],
  [
    'clear-reserved-structured-deleted',
    {
      of: 'claim',
      claims: [claim({ ...PROTECTED, deletionTimestamp: DELETED }, allocated(OWN))],
      want: [claim({ ...FREED, deletionTimestamp: DELETED })],
    },
  ],
  [
    'structured-deleted',
    {
      of: 'claim',
      claims: [claim({ ...PROTECTED, deletionTimestamp: DELETED }, allocated())],
      want: [claim({ ...FREED, deletionTimestamp: DELETED })],
    },
  ],
  [
    'clear-reserved-when-done',
    {
      of: 'claim',
      pods: [DONE],
      claims: [claim({ name: PLAIN.name }, allocated(OWN))],
      want: [claim({ name: PLAIN.name }, allocated())],
    },
  ],
  [
    'remove-reserved',
    {
      of: 'claim',
      pods: [pod({})],
      claims: [claim(PLAIN, allocated(OWN, SECOND))],
      want: [claim(PLAIN, allocated(OWN))],
    },
  ],
  ['delete-claim-when-done', { of: 'claim', pods: [DONE], claims: [claim(PLAIN, allocated(OWN))], want: [] }],
  [
    'add-reserved',
    {
      pods: [PLACED],
      templates: [template()],
      claims: [claim(MADE, allocated())],
      want: [claim(MADE, allocated(OWN))],
      isNamed: true,
    },
  ],
  [
    'add-reserved-podgroup-feature-disabled',
    {
      pods: [pod({ ...IN_SPEC, nodeName: 'worker', schedulingGroup: { podGroupName: 'test-pg' } }, names(MADE.name))],
      templates: [template()],
      claims: [claim(MADE, allocated())],
      want: [claim(MADE, allocated(OWN))],
      isNamed: true,
    },
  ],
  [
    'clean up pod reservation with non-pod reservation present',
    {
      of: 'claim',
      pods: [DONE],
      claims: [claim(PLAIN, allocated(OWN, FOREIGN))],
      want: [claim(PLAIN, allocated(FOREIGN))],
    },
  ],
];

/** What counts of a claim: the number behind a generated name does not. */
function essence(object: KubernetesObject) {
  const metadata = objectAt(object, 'metadata') ?? {};
  const { name, generateName, finalizers = [], ...rest } = metadata;
  return {
    name: generateName === undefined ? name : '',
    namespace: namespaceOf(object),
    generateName,
    finalizers,
    owners: arrayAt(rest, 'ownerReferences'),
    annotations: valueAt(rest, 'annotations') ?? {},
    isDeleted: rest['deletionTimestamp'] !== undefined,
    spec: valueAt(object, 'spec') ?? {},
    allocation: valueAt(object, 'status', 'allocation'),
    reservedFor: arrayAt(object, 'status', 'reservedFor'),
  };
}

describe('claims of Pods', () => {
  upstreamEach(upstream, 'TestSyncHandler')(ROWS)('%s', (_name, row) => {
    const { of, pods = [], podsLater = [], claims = [], templates = [], fails, isConflict, want = [], isNamed } = row;
    const cached = [...pods, ...claims, ...templates];
    const key = of === 'claim' ? `claim:${NAMESPACE}/${PLAIN.name}` : `pod:${NAMESPACE}/test-pod`;
    const { api, outcome } = runSync(resourceClaim, {
      objects: cached,
      stored: [...cached, ...podsLater],
      key,
      react: ({ verb, resource }) =>
        isConflict === true && verb === 'create' && resource.plural === 'resourceclaims'
          ? refusal(
              409,
              'Conflict',
              'Operation cannot be fulfilled on resourceclaims.resource.k8s.io "fake name": fake conflict',
            )
          : undefined,
    });
    if (fails !== undefined) return expect(stringAt({ ...outcome }, 'failed')).toContain(fails);
    expect(outcome).toBeUndefined();
    const left = api.view(RESOURCE_CLAIMS).list();
    expect(left.map(essence)).toEqual(expect.arrayContaining(want.map(essence)));
    expect(left).toHaveLength(want.length);
    const named = arrayAt(api.get(PODS, `${NAMESPACE}/test-pod`), 'status', 'resourceClaimStatuses');
    if (isNamed !== true) return expect(named).toEqual([]);
    const made = left.find((one) =>
      arrayAt(one, 'metadata', 'ownerReferences').some((owner) => stringAt(owner, 'kind') === 'Pod'),
    );
    expect(named).toEqual([{ name: 'acme-resource', resourceClaimName: nameOf(made!) }]);
  });

  const EXTENDED = { extendedResourceClaimStatus: { resourceClaimName: 'test-extended-claim' } };
  const REGULAR = { resourceClaims: [{ name: 'regular-claim' }] };
  upstreamEach(
    upstream,
    'TestEnqueuePodExtendedResourceClaims',
  )([
    ['pod with no resource claims', {}, {}, 'MODIFIED', 'nothing'],
    ['pod with regular resource claims only', REGULAR, { phase: 'Running' }, 'MODIFIED', 'no claim'],
    [
      'pod with extended resource claim, feature enabled, running pod',
      {},
      { phase: 'Running', ...EXTENDED },
      'MODIFIED',
      'no claim',
    ],
    [
      'pod with extended resource claim, feature enabled, completed pod',
      {},
      { phase: 'Succeeded', ...EXTENDED },
      'MODIFIED',
      'claim',
    ],
    [
      'pod with extended resource claim, feature enabled, failed pod',
      {},
      { phase: 'Failed', ...EXTENDED },
      'MODIFIED',
      'claim',
    ],
    ['deleted pod with extended resource claim', {}, { phase: 'Succeeded', ...EXTENDED }, 'DELETED', 'claim'],
    [
      'pod with both regular and extended resource claims, completed',
      REGULAR,
      { phase: 'Succeeded', ...EXTENDED },
      'MODIFIED',
      'claim',
    ],
  ] as const)('%s', (_name, spec, status, type, wanted) => {
    const object = pod(spec, status, { namespace: 'default' });
    const keys = resourceClaim.watches[0]!.keysOf(
      { key: 'default/test-pod', type, object, old: undefined } as Parameters<
        (typeof resourceClaim.watches)[0]['keysOf']
      >[0],
      { view: () => View.empty() },
    );
    expect(keys.includes('claim:default/test-extended-claim')).toBe(wanted === 'claim');
    if (wanted === 'nothing') expect(keys).toEqual([]);
  });

  upstreamLeftOut(upstream, {
    'TestEnqueuePodExtendedResourceClaims/pod with extended resource claim, feature disabled':
      'the gate DRAExtendedResource is on by default in 1.36',
    'TestSyncHandler of PodGroups': {
      count: 16,
      reason: 'claims of PodGroups need the gate WorkloadResourceClaims, which is off',
    },
    'TestSyncHandler/create with admin and feature gate off': 'the gate DRAAdminAccess is on',
    'TestSyncHandler/find-created-claim-in-cache':
      'a cache of what the controller itself has made: here it waits for its informer',
    'TestResourceClaimTemplateEventHandler and TestResourceClaimEventHandler': {
      count: 2,
      reason: 'counts of keys in queues and of metrics, step by step',
    },
    TestEventHandlers: { count: 7, reason: 'PodGroups, as above' },
    TestGetAdminAccessMetricLabel: { count: 7, reason: 'metrics are not kept' },
  });
});
