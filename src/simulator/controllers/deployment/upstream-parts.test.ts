import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import { controllerReferenceTo, uidOf } from '../../../apimachinery/owner-reference.ts';
import { arrayAt, asObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { inSync } from '../testing/run-sync.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { withAnnotations } from './annotations.ts';
import { runsOldPods, scaleAll } from './deployment.ts';
import { DeploymentSync, replicaSetName } from './deployment-sync.ts';
import { DESIRED_REPLICAS, MAX_REPLICAS, activeSets, maxSurge, newReplicas, replicasOf } from './replica-sets.ts';
import { cleanUpUnhealthy, shrinkAvailable, shrinkOldSets } from './rolling.ts';
import { progressCheckMs, rolloutStatus } from './status.ts';
import {
  asDeployment,
  asSet,
  count,
  intOrString,
  isSaid,
  msOf,
  rolling,
  setsOf,
  sized,
} from './testing/upstream-deployments.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

runUpstreamTests(data('rolling'), {
  TestDeploymentController_reconcileNewReplicaSet(one) {
    const deployment = rolling(count(one, 'deploymentReplicas'), intOrString(one, 'maxSurge'), 0);
    const [fresh, old] = [sized('foo-v2', count(one, 'newReplicas')), sized('foo-v1', count(one, 'oldReplicas'))];
    const size = Math.min(newReplicas(deployment, [fresh, old], fresh), replicasOf(deployment));
    expect(size).toBe(isSaid(one, 'scaleExpected') ? count(one, 'expectedNewReplicas') : replicasOf(fresh));
  },
  TestDeploymentController_reconcileOldReplicaSets(one) {
    const deployment = rolling(count(one, 'deploymentReplicas'), 0, intOrString(one, 'maxUnavailable'));
    const fresh = sized('foo-new', count(one, 'newReplicas'), count(one, 'readyPodsFromNewRS'));
    const old = sized('foo-old', count(one, 'oldReplicas'), count(one, 'readyPodsFromOldRS'));
    const resizes = shrinkOldSets(deployment, [old], fresh);
    expect(resizes.length > 0).toBe(isSaid(one, 'scaleExpected'));
    if (resizes.length > 0) expect(resizes.at(-1)?.size).toBe(count(one, 'expectedOldReplicas'));
  },
  TestDeploymentController_cleanupUnhealthyReplicas(one) {
    const old = sized('foo-v2', count(one, 'oldReplicas'), count(one, 'readyPods'));
    const resizes = cleanUpUnhealthy([old], count(one, 'maxCleanupCount'));
    const cleaned = resizes.reduce((sum, { set, size }) => sum + replicasOf(set) - size, 0);
    expect(cleaned).toBe(count(one, 'cleanupCountExpected'));
  },
  TestDeploymentController_scaleDownOldReplicaSetsForRollingUpdate(one) {
    const deployment = rolling(count(one, 'deploymentReplicas'), 0, intOrString(one, 'maxUnavailable'));
    const old = sized('foo-v2', count(one, 'oldReplicas'), count(one, 'readyPods'));
    const resizes = shrinkAvailable(deployment, [old], [old]);
    const expected = isSaid(one, 'scaleExpected') ? [count(one, 'expectedOldReplicas')] : [];
    expect(resizes.map(({ size }) => size)).toEqual(expected);
  },
});

/** The Deployment and its ReplicaSets as a sync has found them. */
function found(
  deployment: KubernetesObject,
  newSet: KubernetesObject | undefined,
  oldSets: readonly KubernetesObject[],
  pods: readonly KubernetesObject[] = [],
) {
  const all = newSet === undefined ? oldSets : [...oldSets, newSet];
  return <Value>(run: (work: DeploymentSync) => Value) =>
    inSync([deployment, ...all, ...pods], (context) => {
      const work = new DeploymentSync(context, deployment, all);
      work.newSet = newSet;
      work.oldSets = oldSets;
      return run(work);
    });
}

function scaleCase(one: UpstreamCase): void {
  const before = asDeployment(valueAt(one, 'oldDeployment'));
  const annotated = (set: KubernetesObject): KubernetesObject => {
    const desired = numberAt(one, 'desiredReplicasAnnotations', nameOf(set)) ?? replicasOf(before);
    const counts = { [DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(desired + maxSurge(before)) };
    return withAnnotations(set, counts);
  };
  const given = objectAt(one, 'newRS');
  const fresh = given === undefined ? undefined : annotated(asSet(given));
  const oldSets = setsOf(one, 'oldRSs').map(annotated);
  const unwritten = objectAt(one, 'wasntUpdated') ?? {};
  const run = found(asDeployment(valueAt(one, 'deployment')), fresh, oldSets);
  const { calls } = run(scaleAll).result;
  const sizeOf = (set: KubernetesObject): number => {
    const written = calls.filter(({ name }) => name === nameOf(set) && unwritten[nameOf(set)] !== true).at(-1)?.body;
    return replicasOf((written ?? set) as KubernetesObject);
  };
  const wanted = objectAt(one, 'expectedNew');
  if (wanted !== undefined && fresh !== undefined) expect(sizeOf(fresh)).toBe(replicasOf(asSet(wanted)));
  expect(oldSets.map(sizeOf)).toEqual(setsOf(one, 'expectedOld').map(replicasOf));
}

function cleanUpCase(one: UpstreamCase): readonly string[] {
  const revisionHistoryLimit = count(one, 'revisionHistoryLimit');
  const run = found(rolling(1, 0, 0, { revisionHistoryLimit }), undefined, setsOf(one, 'oldRSs'));
  const { calls } = run((work) => work.cleanUp()).result;
  return calls.flatMap(({ verb, name }) => (verb === 'delete' ? (name ?? '') : [])).sort();
}

runUpstreamTests(data('sync'), {
  TestScale: scaleCase,
  TestDeploymentController_cleanupDeployment: (one) =>
    expect(cleanUpCase(one)).toHaveLength(count(one, 'expectedDeletions')),
  TestDeploymentController_cleanupDeploymentOrder: (one) =>
    expect(cleanUpCase(one)).toEqual(arrayAt(one, 'expectedDeletedRSs')),
  TestGenerateReplicaSetName: (one) =>
    expect(replicaSetName(stringAt(one, 'deploymentName') ?? '', stringAt(one, 'hash') ?? '')).toBe(
      stringAt(one, 'want'),
    ),
});

runUpstreamTests(data('recreate'), {
  TestScaleDownOldReplicaSets(one) {
    const deployment = asDeployment(valueAt(one, 'd'));
    const oldSets = arrayAt(one, 'oldRSSizes').map((size, at) => sized(`foo-${at}`, Number(size)));
    const { result } = found(
      deployment,
      undefined,
      oldSets,
    )((work) => {
      for (const old of activeSets(work.oldSets)) work.scale(old, 0);
    });
    expect(result.calls.map(({ body }) => numberAt(body, 'spec', 'replicas'))).toEqual(oldSets.map(() => 0));
  },
  TestOldPodsRunning(one) {
    const oldSets = setsOf(one, 'oldRSs');
    const fresh = asSet(valueAt(one, 'newRS'));
    const pods = Object.entries(objectAt(one, 'podMap') ?? {}).flatMap(([uid, list]) =>
      arrayAt({ list }, 'list').map((pod, at): KubernetesObject => {
        const owner = uid === uidOf(fresh) ? fresh : (oldSets[0] ?? fresh);
        const ownerReferences = [{ ...controllerReferenceTo(owner) }];
        const metadata = { namespace: 'default', name: `pod-${uid}-${at}`, ownerReferences };
        return { ...asObject(pod), apiVersion: 'v1', kind: 'Pod', metadata };
      }),
    );
    const deployment = rolling(1, 0, 0);
    expect(found(deployment, undefined, oldSets, pods)(runsOldPods).value).toBe(isSaid(one, 'hasOldPodsRunning'));
  },
});

runUpstreamTests(data('progress'), {
  TestRequeueStuckDeployment(one) {
    const after = progressCheckMs(asDeployment(valueAt(one, 'd')), objectAt(one, 'status') ?? {}, msOf(one['nowFn']));
    const expected = count(one, 'expected') / 1e6;
    // A second after the deadline, so that it is over then.
    expect(after).toBe(expected < 0 ? undefined : expected < 1000 ? 0 : expected + 1000);
  },
  TestSyncRolloutStatus(one) {
    const deployment = asDeployment(valueAt(one, 'd'));
    const given = objectAt(one, 'newRS');
    const fresh = given === undefined ? undefined : asSet(given);
    const all = [...setsOf(one, 'allRSs'), ...(fresh === undefined ? [] : [fresh])];
    // Upstream's test takes the time of the machine, which is past all deadlines of the table.
    const status = rolloutStatus(deployment, all, fresh, 3_600_000);
    const condition = findCondition(conditionsOf({ status }), stringAt(one, 'conditionType') ?? '');
    expect(stringAt(condition, 'status')).toBe(stringAt(one, 'conditionStatus'));
    expect(stringAt(condition, 'reason')).toBe(stringAt(one, 'conditionReason'));
  },
});
