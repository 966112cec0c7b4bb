import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { controllerReferenceTo } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { booleanAt, isJsonObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { runSync } from '../testing/run-sync.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { daemonSet } from './daemonset.ts';
import { nodeShouldRun, pinnedTo } from './nodes.ts';
import { isUpdated } from './rolling.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

const LABELS = { name: 'simple-daemon', type: 'production' };
/** Source: `updateStrategies` of pkg/controller/daemon/daemon_controller_test.go. */
const STRATEGIES: readonly JsonObject[] = [
  { type: 'OnDelete' },
  { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
];

function asSet(value: JsonValue | undefined, updateStrategy: JsonObject): KubernetesObject {
  const given = isJsonObject(value) ? value : {};
  const metadata = { name: 'foo', namespace: 'default', uid: 'daemon', ...objectAt(given, 'metadata') };
  const spec = { ...objectAt(given, 'spec'), updateStrategy };
  return { ...given, apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec };
}

function nodeOf(name: string, labels: JsonObject, spec: JsonObject = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec };
}

/** Labels of the Pods that the DaemonSet makes now. */
function labelsOfMade(set: KubernetesObject, node: KubernetesObject): JsonObject {
  const { calls } = runSync(daemonSet, { objects: [set, node], key: 'default/foo' });
  const made = calls.find(({ verb, resource }) => verb === 'create' && resource.plural === 'pods');
  return objectAt(made?.body, 'metadata', 'labels') ?? {};
}

runUpstreamTests(data('daemon_controller'), {
  TestNodeShouldRunDaemonPod(one) {
    const node = nodeOf('test-node', LABELS, { unschedulable: booleanAt(one, 'nodeUnschedulable') === true });
    for (const strategy of STRATEGIES)
      expect(nodeShouldRun(asSet(valueAt(one, 'ds'), strategy), node)).toEqual({
        shouldRun: booleanAt(one, 'shouldRun') === true,
        shouldContinue: booleanAt(one, 'shouldContinueRunning') === true,
      });
  },
  TestDaemonKillFailedPods(one) {
    for (const strategy of STRATEGIES) {
      const template = { metadata: { labels: LABELS }, spec: { containers: [{ image: 'foo/bar' }] } };
      const set = asSet({ spec: { selector: { matchLabels: LABELS }, template } }, strategy);
      const node = nodeOf('node-0', {});
      const labels = labelsOfMade(set, node);
      const pods = (['numFailedPods', 'numNormalPods'] as const).flatMap((key) =>
        Array.from({ length: numberAt(one, key) ?? 0 }, (_, at): KubernetesObject => {
          const name = `${key.toLowerCase()}-${at}`;
          const ownerReferences = [{ ...controllerReferenceTo(set) }];
          const metadata = { name, namespace: 'default', uid: name, labels, ownerReferences };
          const status = { phase: key === 'numFailedPods' ? 'Failed' : 'Running' };
          return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName: 'node-0' }, status };
        }),
      );
      const { calls, events } = runSync(daemonSet, {
        objects: [set, node, ...pods],
        key: 'default/foo',
      });
      const made = (verb: string): number =>
        calls.filter((call) => call.verb === verb && call.resource.plural === 'pods').length;
      expect({
        creates: made('create'),
        deletes: made('delete'),
        events: events.filter((event) => event.includes('FailedDaemonPod')).length,
      }).toEqual({
        creates: numberAt(one, 'expectedCreates') ?? 0,
        deletes: numberAt(one, 'expectedDeletes') ?? 0,
        events: numberAt(one, 'expectedEvents') ?? 0,
      });
    }
  },
});

runUpstreamTests(data('daemonset_util'), {
  TestIsPodUpdated(one) {
    const generation = numberAt(one, 'templateGeneration');
    const annotations: JsonObject =
      generation === undefined ? {} : { 'deprecated.daemonset.template.generation': String(generation) };
    const set = asSet({ metadata: { annotations } }, { type: 'OnDelete' });
    const given = objectAt(one, 'pod') ?? {};
    const updated = isUpdated(set, { ...given, apiVersion: 'v1', kind: 'Pod' }, stringAt(one, 'hash') ?? '');
    expect(updated).toBe(booleanAt(one, 'isUpdated') === true);
  },
  TestReplaceDaemonSetPodNodeNameNodeAffinity(one) {
    const affinity = objectAt(one, 'affinity');
    const pinned = pinnedTo(affinity === undefined ? {} : { affinity }, stringAt(one, 'hostname') ?? '');
    expect(pinned['affinity']).toEqual(valueAt(one, 'expected'));
  },
});
