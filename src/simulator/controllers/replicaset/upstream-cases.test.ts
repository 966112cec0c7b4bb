import { expect } from 'vitest';
import { parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, valueAt } from '../../../base/json.ts';
import { REPLICA_SETS } from '../resources.ts';
import { withNamedOwners } from '../testing/fake-api.ts';
import { inSync, NOW_MS } from '../testing/run-sync.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { podsToDelete } from './pods-to-delete.ts';
import type { ReplicaKind } from './replica-controller.ts';
import { relatedPods } from './replica-controller.ts';
import { replicaStatus } from './status.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

function asPod(value: JsonValue): KubernetesObject {
  return withNamedOwners({ ...(isJsonObject(value) ? value : {}), apiVersion: 'v1', kind: 'Pod' });
}

function asSet(value: JsonValue | undefined): KubernetesObject {
  return withNamedOwners({ ...(isJsonObject(value) ? value : {}), apiVersion: 'apps/v1', kind: 'ReplicaSet' });
}

const podsOf = (one: UpstreamCase, key: string): readonly KubernetesObject[] => arrayAt(one, key).map(asPod);

/** The status of a row, whose failure has upstream's words. */
function statusOf(one: UpstreamCase, failure: string | undefined): ReturnType<typeof replicaStatus> {
  const isCounted =
    booleanAt(one, 'enableDeploymentReplicaSetTerminatingReplicas') === true && !one['controllerFeatures'];
  return replicaStatus(asSet(valueAt(one, 'replicaset')), {
    active: podsOf(one, 'activePods'),
    terminating: isCounted ? podsOf(one, 'terminatingPods') : undefined,
    failure,
    nowMs: NOW_MS,
  });
}

runUpstreamTests(data('replica_set_utils'), {
  TestCalculateStatus(one) {
    const { observedGeneration: _, ...status } = statusOf(one, undefined);
    expect(status).toEqual(objectAt(one, 'expectedReplicaSetStatus'));
  },
  TestCalculateStatusConditions(one) {
    const failure = one['manageReplicasErr'] === undefined ? undefined : 'fake manageReplicasErr';
    const conditions = arrayAt(statusOf(one, failure), 'conditions').map((condition) => ({
      ...(isJsonObject(condition) ? condition : {}),
      lastTransitionTime: undefined,
    }));
    expect(conditions).toEqual(arrayAt(one, 'expectedReplicaSetConditions'));
  },
});

const KIND: ReplicaKind = {
  name: 'replicaset-controller',
  resource: REPLICA_SETS,
  kind: 'ReplicaSet',
  selectorOf: (owner) => parseLabelSelector(valueAt(owner, 'spec', 'selector')),
  countsTerminating: true,
};

function related(one: UpstreamCase, pods: readonly KubernetesObject[]): readonly string[] {
  const owner = asSet(valueAt(one, 'rs'));
  const sets = arrayAt(one, 'rss').map(asSet);
  return inSync([...sets, ...pods], (context) => relatedPods(KIND, context, owner).map(nameOf)).value;
}

runUpstreamTests(data('replica_set'), {
  TestGetPodsToDelete(one) {
    const pods = podsOf(one, 'pods');
    const others = one['related'] === undefined ? pods : podsOf(one, 'related');
    const chosen = podsToDelete(pods, others, numberAt(one, 'diff') ?? 0, NOW_MS);
    expect(chosen.map(uidOf)).toEqual(podsOf(one, 'expectedPodsToDelete').map(uidOf));
  },
  TestGetReplicaSetsWithSameController(one) {
    // Seen by a Pod that each ReplicaSet has.
    const pods = arrayAt(one, 'rss').map((set): KubernetesObject => {
      const labels = objectAt(set, 'spec', 'selector', 'matchLabels') ?? {};
      const name = nameOf(asSet(set));
      return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', uid: name, labels } };
    });
    expect(related(one, pods).toSorted()).toEqual(
      arrayAt(one, 'expectedRSs')
        .map((set) => nameOf(asSet(set)))
        .sort(),
    );
  },
  TestRelatedPodsLookup(one) {
    expect(related(one, podsOf(one, 'pods')).toSorted()).toEqual(arrayAt(one, 'expectedPodNames').toSorted());
  },
});
