import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, stringAt } from '../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../base/testing/upstream-table.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { ClusterView } from './cluster-view.ts';
import { PLUGINS } from './plugins.ts';
import { podTolerationRestrictionWith } from './pod-toleration-restriction.ts';
import type { LimitedResource } from './quota/check-request.ts';
import { resourceQuotaWith } from './quota/resource-quota.ts';
import type { UpstreamCase, UpstreamTable } from './testing/upstream-case.ts';
import { expectedOf, outcomeOf } from './testing/upstream-case.ts';

interface Table {
  readonly plugin: string;
  /** Name of the file in testdata. */
  readonly file: string;
  /** By the start of a case's name. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** What else upstream's test says of the cluster: who may do what. */
  readonly viewOf?: (given: UpstreamCase) => Partial<ClusterView>;
}

const NOT_A_POD = 'an object of another Go type, which no request on pods has';
const LIVE_LOOKUP = 'the cache that lags behind the store is the view of whoever asks, not the plugin';
const POD_GROUPS = 'PodGroups: gate WorkloadAwarePreemption, alpha and off in 1.36';

const AUDIENCE_GATE = 'the gate ServiceAccountNodeAudienceRestriction is off, which it is not in 1.36';
const IN_TREE = 'volumes of drivers that are part of Kubernetes are not read as those of CSI drivers';
const WRONG_TYPE = 'an object of another Go type than its resource, which no request has';

/** Upstream's own authorizer of signers, which lets one name pass, told by the name of the case. */
const signersOf = ({ name }: UpstreamCase): Partial<ClusterView> => {
  const [, allowed] = ALLOWED_SIGNERS.find(([words]) => name.includes(words)) ?? [];
  return { authorize: (_, attributes) => attributes.name === allowed };
};
const ALLOWED_SIGNERS = [
  ['authorized_for_specific_signerName', 'abc.com/xyz'],
  ['authorized_with_wildcard', 'abc.com/*'],
  ['update_signerName_to_a_new_value', 'allowed.com/xyz'],
] as const;

/** Upstream's own authorizer of deleters: `non-pod-deleter` may do all but delete Pods and change their finalizers. */
const deletersOf = (): Partial<ClusterView> => ({
  authorize({ name }, { verb, group, resource, subresource = '' }) {
    if (name === 'super') return true;
    const isDelete = verb === 'delete' || (verb === 'update' && subresource === 'finalizers');
    if (name === 'non-deleter') return !isDelete;
    const own = OWN_RESOURCES[name];
    if (own === undefined || (group === '*' && resource === '*')) return own === undefined;
    return !(isDelete && resource === own);
  },
});
const OWN_RESOURCES: Readonly<Record<string, string>> = {
  'non-pod-deleter': 'pods',
  'non-rc-deleter': 'replicationcontrollers',
  'non-node-deleter': 'nodes',
};

const TABLES: readonly Table[] = [
  {
    plugin: 'AlwaysPullImages',
    file: 'always-pull-images',
    leftOut: { 'TestOtherResources #3': WRONG_TYPE },
  },
  { plugin: 'ExtendedResourceToleration', file: 'extended-resource-toleration' },
  { plugin: 'DenyServiceExternalIPs', file: 'deny-service-external-ips' },
  {
    plugin: 'LimitPodHardAntiAffinityTopology',
    file: 'limit-pod-hard-anti-affinity-topology',
    leftOut: { 'TestOtherResources #3': WRONG_TYPE },
  },
  {
    plugin: 'CertificateApproval',
    file: 'certificate-approval',
    leftOut: { 'TestPlugin_Validate/wrong_type': WRONG_TYPE },
    viewOf: signersOf,
  },
  {
    plugin: 'CertificateSigning',
    file: 'certificate-signing',
    leftOut: { 'TestPlugin_Validate/wrong_type': WRONG_TYPE },
    viewOf: signersOf,
  },
  {
    plugin: 'CertificateSubjectRestriction',
    file: 'certificate-subject-restriction',
    leftOut: { 'TestPlugin_Validate/wrong_type': WRONG_TYPE },
  },
  {
    plugin: 'OwnerReferencesPermissionEnforcement',
    file: 'owner-references-permission-enforcement',
    viewOf: deletersOf,
  },
  { plugin: 'PodTolerationRestriction', file: 'pod-toleration-restriction' },
  {
    plugin: 'NodeRestriction',
    file: 'node-restriction',
    leftOut: {
      'Test_nodePlugin_Admit #117': AUDIENCE_GATE,
      'Test_nodePlugin_Admit #133': AUDIENCE_GATE,
      'Test_nodePlugin_Admit #134': IN_TREE,
      'Test_nodePlugin_Admit #135': IN_TREE,
      'Test_nodePlugin_Admit #166':
        'the gate AllowInsecureKubeletCertificateSigningRequests is on, which it is not in 1.36',
      ...Object.fromEntries(
        [169, 170, 171, 172, 173, 174, 175, 176].map((number) => [
          `Test_nodePlugin_Admit #${number}`,
          'the gate PodCertificateRequest is on, which it is not in 1.36',
        ]),
      ),
      TestAdmitPVCStatus: 'gates that are fixed in 1.36, and the difference of two Go values in the words',
    },
    // One case has a role that lets the node take tokens for other audiences.
    viewOf: ({ name }) => ({ authorize: () => name === 'Test_nodePlugin_Admit #136' }),
  },
  { plugin: 'LimitRanger', file: 'limit-ranger' },
  {
    plugin: 'ServiceAccount',
    file: 'service-account',
    leftOut: { TestIgnoresNonPodObject: NOT_A_POD, TestFetchesUncachedServiceAccount: LIVE_LOOKUP },
  },
  { plugin: 'TaintNodesByCondition', file: 'taint-nodes-by-condition' },
  { plugin: 'Priority', file: 'priority', leftOut: { TestAdmitPodGroup: POD_GROUPS } },
  { plugin: 'DefaultTolerationSeconds', file: 'default-toleration-seconds' },
  { plugin: 'DefaultStorageClass', file: 'default-storage-class' },
  {
    plugin: 'StorageObjectInUseProtection',
    file: 'storage-object-in-use-protection',
    leftOut: { 'TestAdmit/volumeattributesclasses_VacFeatureGate_disabled': 'the gate cannot be switched off in 1.36' },
  },
  { plugin: 'PersistentVolumeClaimResize', file: 'persistent-volume-claim-resize' },
  { plugin: 'RuntimeClass', file: 'runtime-class', leftOut: { 'TestAdmit/runtimeClass_found_by_client': LIVE_LOOKUP } },
  { plugin: 'DefaultIngressClass', file: 'default-ingress-class' },
  { plugin: 'PodTopologyLabels', file: 'pod-topology-labels' },
  { plugin: 'PodResizeValidator', file: 'pod-resize-validator' },
  { plugin: 'ResourceQuota', file: 'resource-quota' },
];

for (const { plugin: name, file, leftOut = {}, viewOf } of TABLES) {
  const table = readTable(file);
  const reasons = Object.keys(leftOut);
  const cases = table.cases.filter((given) => !reasons.some((start) => given.name.startsWith(start)));

  describe(`${name} answers as upstream's`, () => {
    const source = upstreamSource('admission', table.source);
    const skipped = table.cases.filter((given) => !cases.includes(given));
    upstreamLeftOut(
      source,
      Object.fromEntries(
        reasons.map((start) => [
          start,
          { count: skipped.filter((given) => given.name.startsWith(start)).length, reason: leftOut[start]! },
        ]),
      ),
    );
    test('but for cases that are there', () => {
      for (const start of reasons) expect(table.cases.some((given) => given.name.startsWith(start))).toBe(true);
    });
    upstreamEach(source)(cases)('$name, $phase', (given) => {
      expect(outcomeOf(pluginFor(name, given), given, table, viewOf?.(given))).toEqual(expectedOf(given));
    });
  });
}

function readTable(file: string): UpstreamTable {
  return JSON.parse(readFileSync(new URL(`testdata/${file}.upstream.json`, import.meta.url), 'utf8')) as UpstreamTable;
}

function pluginFor(name: string, { limited, config }: UpstreamCase): AdmissionPlugin {
  if (config !== undefined) return podTolerationRestrictionWith(config);
  if (limited !== undefined) return resourceQuotaWith(limited.map(limitedResourceOf));
  const plugin = PLUGINS.find((candidate) => candidate.name === name);
  if (plugin === undefined) throw new Error(`no plugin ${name}`);
  return plugin;
}

/** Go prints a field without a JSON name as it is called. */
function limitedResourceOf(limited: JsonObject): LimitedResource {
  return {
    apiGroup: stringAt(limited, 'apiGroup') ?? '',
    resource: stringAt(limited, 'resource') ?? '',
    matchContains: arrayAt(limited, 'MatchContains').map(String),
    matchScopes: arrayAt(limited, 'matchScopes'),
  };
}
