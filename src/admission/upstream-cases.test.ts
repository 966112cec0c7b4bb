import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, stringAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { ClusterView } from './cluster-view.ts';
import { PLUGINS } from './plugins.ts';
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
  readonly view?: Partial<ClusterView>;
}

const NOT_A_POD = 'an object of another Go type, which no request on pods has';
const LIVE_LOOKUP = 'the cache that lags behind the store is the view of whoever asks, not the plugin';
const POD_GROUPS = 'PodGroups: gate WorkloadAwarePreemption, alpha and off in 1.36';

const TABLES: readonly Table[] = [
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

for (const { plugin: name, file, leftOut = {}, view } of TABLES) {
  const table = readTable(file);
  const reasons = Object.keys(leftOut);
  const cases = table.cases.filter((given) => !reasons.some((start) => given.name.startsWith(start)));

  test(`${name} answers as upstream's in ${cases.length} of ${table.cases.length} cases`, () => {
    const ours = cases.map((given) => [given.name, given.phase, outcomeOf(pluginFor(name, given), given, table, view)]);
    expect(ours).toEqual(cases.map((given) => [given.name, given.phase, expectedOf(given)]));
    for (const start of reasons) expect(table.cases.some((given) => given.name.startsWith(start))).toBe(true);
  });
}

function readTable(file: string): UpstreamTable {
  return JSON.parse(readFileSync(new URL(`testdata/${file}.upstream.json`, import.meta.url), 'utf8')) as UpstreamTable;
}

function pluginFor(name: string, { limited }: UpstreamCase): AdmissionPlugin {
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
