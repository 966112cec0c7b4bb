import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { resourceListOf, sameResources } from '../../../apimachinery/resource-list.ts';
import type { JsonObject } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { RESOURCE_QUOTAS } from '../resources.ts';
import { FakeCluster } from '../testing/fake-cluster.ts';
import { resourceQuota } from './resourcequota.ts';

interface QuotaCase {
  readonly name: string;
  readonly hard: JsonObject;
  readonly scopes?: readonly string[];
  readonly scopeSelector?: JsonObject;
  readonly before: JsonObject;
  readonly items: string;
  readonly writes: boolean;
  readonly want: { readonly hard: JsonObject; readonly used: JsonObject };
}

const file = upstreamFile<QuotaCase>(new URL('./testdata/sync-cases.json', import.meta.url));
const source = { area: 'controllers', file: file.source, release: file.release } as const;

function pod(name: string, phase: string, requests: JsonObject, priorityClassName?: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'testing' },
    spec: {
      containers: [{ name: 'ctr', image: 'image', resources: { requests } }],
      ...(priorityClassName === undefined ? {} : { priorityClassName }),
    },
    status: { phase },
  };
}

const SMALL = { cpu: '100m', memory: '1Gi' };
const failed = pod('pod-failed', 'Failed', SMALL);

/** The Pods of upstream's functions of these names. */
const ITEMS: Readonly<Record<string, readonly KubernetesObject[]>> = {
  none: [],
  newTestPods: [pod('pod-running', 'Running', SMALL), pod('pod-running-2', 'Running', SMALL), failed],
  newBestEffortTestPods: [pod('pod-running', 'Running', {}), pod('pod-running-2', 'Running', {}), failed],
  newTestPodsWithPriorityClasses: [
    pod('pod-running', 'Running', { cpu: '500m', memory: '50Gi' }, 'high'),
    pod('pod-running-2', 'Running', SMALL, 'low'),
    failed,
  ],
};

describe(file.source, () => {
  upstreamEach(source, 'TestSyncResourceQuota')(file.cases.map((one) => [one.name, one] as const))(
    '%s',
    (_name, one) => {
      const { hard, scopes, scopeSelector, before, items, writes, want } = one;
      const quota: KubernetesObject = {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'quota', namespace: 'testing' },
        spec: {
          hard,
          ...(scopes === undefined ? {} : { scopes }),
          ...(scopeSelector === undefined ? {} : { scopeSelector }),
        },
        status: before,
      };
      const cluster = new FakeCluster([quota, ...ITEMS[items]!]);
      cluster.reconcile(resourceQuota, 'testing/quota');
      // As upstream: an empty set of expected requests asks for none, and forbids none.
      if (writes)
        expect(cluster.calls.map(({ verb, subresource }) => [verb, subresource])).toEqual([['update', 'status']]);
      const [after] = cluster.objects(RESOURCE_QUOTAS);
      for (const field of ['hard', 'used'] as const)
        expect(sameResources(resourceListOf(valueAt(after, 'status', field)), resourceListOf(want[field]))).toBe(true);
    },
  );

  upstreamLeftOut(source, file.leftOut);
});
