import { expect } from 'vitest';
import { parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, numberAt, objectAt, valueAt } from '../../../base/json.ts';
import { compareActivePods } from '../active-pods-order.ts';
import { comparePodsWithRanks } from '../replicaset/pods-to-delete.ts';
import { PODS, REPLICATION_CONTROLLERS } from '../resources.ts';
import { withNamedOwners } from '../testing/fake-api.ts';
import { inSync, NOW_MS } from '../testing/run-sync.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { claim } from './claim.ts';
import { isActive, nextAvailabilityMs } from './pod-state.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

function asPod(value: JsonValue | undefined): KubernetesObject {
  return withNamedOwners({ ...(isJsonObject(value) ? value : {}), apiVersion: 'v1', kind: 'Pod' });
}

/** Pods of a row that has some of their fields by other names. */
function namedPods(rows: readonly JsonValue[]): readonly KubernetesObject[] {
  return rows.map((row) =>
    asPod({
      metadata: {
        name: valueAt(row, 'podName') ?? '',
        namespace: 'default',
        labels: valueAt(row, 'labels') ?? {},
        ownerReferences: valueAt(row, 'ownerReferences') ?? [],
      },
      status: { phase: valueAt(row, 'podPhase') ?? 'Running' },
    }),
  );
}

function nextMs(pods: readonly JsonValue[], one: JsonValue): number | undefined {
  return nextAvailabilityMs(pods.map(asPod), numberAt(one, 'minReadySeconds') ?? 0, NOW_MS);
}

function durationMs(one: JsonValue): number | undefined {
  const expected = numberAt(one, 'expected');
  return expected === undefined ? undefined : expected / 1e6;
}

runUpstreamTests(data('controller_utils'), {
  TestSortingActivePods(one) {
    const pods = arrayAt(one, 'pods').map(asPod);
    const orders = [pods, pods.toReversed(), [...pods.slice(3), ...pods.slice(0, 3)]];
    for (const order of orders)
      expect(order.toSorted(compareActivePods).map(nameOf)).toEqual(arrayAt(one, 'wantOrder'));
  },
  TestSortingActivePodsWithRanks(one) {
    const rank = (key: string): number => numberAt(one, key, 'rank') ?? 1;
    const isLess = (a: string, b: string): boolean => {
      const podOf = (key: string): KubernetesObject =>
        asPod(valueAt(one, key, 'pod') ?? valueAt(one, key) ?? one['p1']);
      return comparePodsWithRanks(podOf(a), podOf(b), rank(a) - rank(b), NOW_MS) < 0;
    };
    if (one['p1'] === undefined) {
      expect(isLess('lesser', 'greater')).toBe(true);
      expect(isLess('greater', 'lesser')).toBe(false);
    } else expect([isLess('p1', 'p2'), isLess('p2', 'p1')]).toEqual([false, false]);
  },
  TestActivePodFiltering(one) {
    const active = namedPods(arrayAt(one, 'pods')).filter(isActive);
    expect(active.map(nameOf)).toEqual(arrayAt(one, 'wantPodNames'));
  },
  TestClaimedPodFiltering(one) {
    const owner: KubernetesObject = {
      ...objectAt(one, 'rs'),
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'foobar', namespace: 'default', uid: 'uid-1', deletionTimestamp: '2026-01-01T00:00:00Z' },
    };
    const selector = parseLabelSelector({ matchLabels: { foo: 'bar' } });
    // An owner that is being deleted adopts nothing: only what is its own is left.
    const claimant = { owner, resource: REPLICATION_CONTROLLERS, selector };
    const pods = namedPods(arrayAt(one, 'pods'));
    const { value } = inSync([owner], (context) => claim(context, claimant, pods, PODS));
    expect(value.map(nameOf).sort()).toEqual(arrayAt(one, 'wantPodNames'));
  },
  TestNextPodAvailabilityCheck: (one) => expect(nextMs([valueAt(one, 'pod') ?? {}], one)).toBe(durationMs(one)),
  TestFindMinNextPodAvailabilitySimpleCheck: (one) => expect(nextMs(arrayAt(one, 'pods'), one)).toBe(durationMs(one)),
});

runUpstreamTests(data('controller_ref_manager'), {
  TestClaimPods(one) {
    const given = objectAt(one, 'manager', 'Controller') ?? {};
    const metadata = { name: 'controller', uid: 'controller-uid', ...objectAt(given, 'metadata') };
    const owner: KubernetesObject = { ...given, apiVersion: 'v1', kind: 'ReplicationController', metadata };
    const selector = parseLabelSelector({ matchLabels: { type: 'production' } });
    const pods = arrayAt(one, 'pods').map(asPod);
    const { value, result } = inSync([owner, ...pods], (context) =>
      claim(context, { owner, resource: REPLICATION_CONTROLLERS, selector }, pods, PODS),
    );
    expect(value.map(nameOf)).toEqual(arrayAt(one, 'claimed').map((pod) => nameOf(asPod(pod))));
    const patches = result.calls.filter(({ verb }) => verb === 'patch');
    expect(patches).toHaveLength(numberAt(one, 'patches') ?? 0);
    for (const { body } of patches) expect(JSON.stringify(body)).toContain(metadata.uid);
  },
});
