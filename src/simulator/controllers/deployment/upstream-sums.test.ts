import { expect } from 'vitest';
import { conditionsOf } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { arrayAt, numberAt, objectAt, valueAt } from '../../../base/json.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { needsReplicaAnnotations, newSetAnnotations, replicaAnnotations } from './annotations.ts';
import { withCondition } from './conditions.ts';
import { fractionOf } from './proportion.ts';
import {
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  REVISION,
  REVISION_HISTORY,
  activeSets,
  countIn,
  countedReplicas,
  equalIgnoreHash,
  findNewSet,
  findOldSets,
  isSaturated,
  maxUnavailable,
  resolveFenceposts,
  wantedReplicas,
} from './replica-sets.ts';
import { deploymentStatus, hasTimedOut, isComplete, isProgressing } from './status.ts';
import { asDeployment, asSet, count, isSaid, msOf, rolling, setsOf } from './testing/upstream-deployments.ts';

runUpstreamTests(new URL('./testdata/deployment_util.json', import.meta.url), {
  TestDeploymentComplete(one) {
    const deployment = asDeployment(valueAt(one, 'd'));
    expect(isComplete(deployment, objectAt(deployment, 'status') ?? {})).toBe(isSaid(one, 'expected'));
  },
  TestDeploymentProgressing: (one) =>
    expect(isProgressing(asDeployment(valueAt(one, 'd')), objectAt(one, 'newStatus') ?? {})).toBe(
      isSaid(one, 'expected'),
    ),
  TestDeploymentTimedOut(one) {
    const deployment = asDeployment(valueAt(one, 'd'));
    const timedOut = hasTimedOut(deployment, objectAt(deployment, 'status') ?? {}, msOf(one['nowFn']));
    expect(timedOut).toBe(isSaid(one, 'expected'));
  },
  TestAnnotationUtils(one) {
    if (one.name === 'SetNewReplicaSetAnnotations') {
      let set: KubernetesObject = asSet({});
      for (const revision of arrayAt(one, 'revisions').map(Number)) {
        set = newSetAnnotations(rolling(1, 0, 0), set, revision, true, count(one, 'limit')) ?? set;
        expect(annotationsOf(set).get(REVISION)).toBe(String(revision));
        const history = `${revision - 2},${revision - 1}`;
        if (revision > 12) expect(annotationsOf(set).get(REVISION_HISTORY)).toBe(history);
      }
    } else if (one.name === 'SetReplicasAnnotations')
      expect(replicaAnnotations(rolling(10, 1, 0))).toEqual({ [DESIRED_REPLICAS]: '10', [MAX_REPLICAS]: '11' });
    else {
      const metadata = { annotations: { [DESIRED_REPLICAS]: '1' } };
      const set = asSet({ metadata, spec: { replicas: 1 }, status: { availableReplicas: 1 } });
      expect(isSaturated(rolling(1, 0, 0), set)).toBe(true);
    }
  },
  TestEqualIgnoreHash(one) {
    expect(equalIgnoreHash(valueAt(one, 'former'), valueAt(one, 'latter'))).toBe(isSaid(one, 'expected'));
    expect(equalIgnoreHash(valueAt(one, 'latter'), valueAt(one, 'former'))).toBe(isSaid(one, 'expected'));
  },
  TestFindNewReplicaSet(one) {
    const expected = valueAt(one, 'expected');
    const fresh = findNewSet(asDeployment(valueAt(one, 'deployment')), setsOf(one, 'rsList'));
    expect(fresh).toEqual(expected === undefined ? undefined : asSet(expected));
  },
  TestFindOldReplicaSets(one) {
    const old = findOldSets(asDeployment(valueAt(one, 'deployment')), setsOf(one, 'rsList'));
    expect(old.map(uidOf).sort()).toEqual(setsOf(one, 'expected').map(uidOf).sort());
    expect(activeSets(old).map(uidOf)).toEqual(setsOf(one, 'expectedRequire').map(uidOf));
  },
  TestGetNonNegativeInt32FromAnnotation(one) {
    const set = asSet({ metadata: { annotations: valueAt(one, 'annotations') ?? {} } });
    expect(countIn(set, 'test')).toBe(isSaid(one, 'expectedValid') ? count(one, 'expectedValue') : undefined);
  },
  TestGetReplicaCountForReplicaSets(one) {
    const sets = setsOf(one, 'sets');
    expect(wantedReplicas(sets)).toBe(count(one, 'expectedCount'));
    expect(countedReplicas(sets, 'replicas')).toBe(count(one, 'expectedActual'));
    const status = deploymentStatus(rolling(1, 0, 0), sets, undefined, 0);
    expect(numberAt(status, 'terminatingReplicas')).toBe(numberAt(one, 'expectedTerminating'));
  },
  TestGetReplicaSetFraction(one) {
    const bare = rolling(count(one, 'deploymentReplicas'), count(one, 'deploymentMaxSurge'), 1);
    const deployment = { ...bare, status: { replicas: count(one, 'deploymentStatusReplicas') } };
    const metadata = { annotations: valueAt(one, 'rsAnnotations') ?? {} };
    const set = asSet({ metadata, spec: { replicas: count(one, 'rsReplicas') } });
    expect(fractionOf(deployment, set)).toBe(count(one, 'expectedFraction'));
  },
  TestMaxUnavailable: (one) =>
    expect(maxUnavailable(asDeployment(valueAt(one, 'deployment')))).toBe(count(one, 'expected')),
  TestReplicasAnnotationsNeedUpdate: (one) =>
    expect(needsReplicaAnnotations(rolling(10, 10, 0), asSet(valueAt(one, 'replicaSet')))).toBe(
      isSaid(one, 'expected'),
    ),
  TestResolveFenceposts: (one) =>
    expect(resolveFenceposts(one['maxSurge'], one['maxUnavailable'], count(one, 'desired'))).toEqual({
      surge: count(one, 'expectSurge'),
      unavailable: count(one, 'expectUnavailable'),
    }),
  TestSetCondition: (one) =>
    expect(withCondition(conditionsOf({ status: valueAt(one, 'status') ?? {} }), objectAt(one, 'cond') ?? {})).toEqual(
      arrayAt(one, 'expectedStatus', 'conditions'),
    ),
});
