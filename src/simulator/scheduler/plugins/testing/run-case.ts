import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import { assert } from '../../../../base/assert.ts';
import type { ClusterEvent } from '../../cluster-event.ts';
import { Action } from '../../cluster-event.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { SchedulerPlugin, Verdict } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import { podInfoOf } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { imageLocality } from '../image-locality.ts';
import { interPodAffinity } from '../inter-pod-affinity/inter-pod-affinity.ts';
import { nodeAffinity } from '../node-affinity.ts';
import { nodeName } from '../node-name.ts';
import { nodePorts } from '../node-ports.ts';
import { nodeResourcesBalancedAllocation } from '../node-resources/balanced-allocation.ts';
import type { NodeResourcesFitArgs } from '../node-resources/fit.ts';
import { nodeResourcesFit } from '../node-resources/fit.ts';
import type { ScoredResource } from '../node-resources/scored-resources.ts';
import { nodeUnschedulable } from '../node-unschedulable.ts';
import { normalizedScores } from '../normalized-scores.ts';
import { podTopologySpread } from '../pod-topology-spread/pod-topology-spread.ts';
import type { SpreadState } from '../pod-topology-spread/filtering.ts';
import type { SpreadScoring } from '../pod-topology-spread/scoring.ts';
import { schedulingGates } from '../scheduling-gates.ts';
import { taintToleration } from '../taint-toleration.ts';
import { nodeVolumeLimits } from '../volumes/node-volume-limits.ts';
import { volumeBinding } from '../volumes/volume-binding.ts';
import { volumeRestrictions } from '../volumes/volume-restrictions.ts';
import { volumeZone } from '../volumes/volume-zone.ts';
import { snapshotOf } from './snapshot.ts';

/** A case of one of upstream's tables: what the plugin is given, and in `want` what it must answer. */
export type PluginCase = JsonObject;

const PLUGINS: ReadonlyMap<string, (args: JsonObject) => SchedulerPlugin> = new Map<
  string,
  (args: JsonObject) => SchedulerPlugin
>([
  ['ImageLocality', () => imageLocality],
  ['InterPodAffinity', (args) => interPodAffinity(args) as SchedulerPlugin],
  ['NodeAffinity', (args) => nodeAffinity(args) as SchedulerPlugin],
  ['NodeName', () => nodeName as SchedulerPlugin],
  ['NodePorts', () => nodePorts],
  [
    'NodeResourcesBalancedAllocation',
    (args) => nodeResourcesBalancedAllocation(args['resources'] as unknown as readonly ScoredResource[]),
  ],
  ['NodeResourcesFit', (args) => nodeResourcesFit(args as unknown as NodeResourcesFitArgs)],
  ['NodeUnschedulable', () => nodeUnschedulable],
  [
    'PodTopologySpread',
    (args) => podTopologySpread(args as { defaultConstraints?: readonly JsonValue[] }) as SchedulerPlugin,
  ],
  ['SchedulingGates', () => schedulingGates],
  ['TaintToleration', () => taintToleration],
  ['NodeVolumeLimits', () => nodeVolumeLimits],
  ['VolumeBinding', () => volumeBinding as SchedulerPlugin],
  ['VolumeRestrictions', () => volumeRestrictions as SchedulerPlugin],
  ['VolumeZone', () => volumeZone as SchedulerPlugin],
]);

/** What the plugin answers, in the form of the case's `want`: equal to it where the case passes. */
export function runPluginCase(test: PluginCase): JsonObject {
  const want = objectAt(test, 'want') ?? {};
  const raw = valueAt(test, 'raw');
  if (raw !== undefined)
    return { normalized: normalizedScores(raw as readonly number[], valueAt(test, 'reverse') === true) };
  const make = PLUGINS.get(stringAt(test, 'plugin') ?? '');
  assert(make !== undefined, 'the plugin of a case is known');
  const plugin = make(objectAt(test, 'args') ?? {});
  const pod = podInfoOf(typed('v1', 'Pod', test['pod']));
  const nodes = arrayAt(test, 'nodes').map((node) => typed('v1', 'Node', node));
  const others = arrayAt(test, 'otherNodes').map((node) => typed('v1', 'Node', node));
  const pods = arrayAt(test, 'pods').map((existing) => typed('v1', 'Pod', existing));
  const objects = arrayAt(test, 'objects').map((object) => object as KubernetesObject);
  const snapshot = snapshotOf([...nodes, ...others], pods, objects);
  const feasible = nodes.flatMap((node) => snapshot.find(nameOf(node)) ?? []);
  const run = { plugin, pod, snapshot, feasible, test };
  return Object.fromEntries(Object.keys(want).map((question) => [question, ANSWERS[question]!(run)]));
}

interface Run {
  readonly plugin: SchedulerPlugin;
  readonly pod: PodInfo;
  readonly snapshot: Snapshot;
  readonly feasible: readonly NodeInfo[];
  readonly test: PluginCase;
}

const ANSWERS: Readonly<Record<string, (run: Run) => JsonValue>> = {
  preEnqueue: ({ plugin, pod }) => told(plugin.preEnqueue?.(pod, { isPreempting: () => false })),
  preFilter({ plugin, pod, snapshot }) {
    const result = plugin.preFilter!(pod, snapshot);
    if ('skip' in result) return ['Skip'];
    return 'verdict' in result ? told(result.verdict) : null;
  },
  nodeNames({ plugin, pod, snapshot }) {
    const result = plugin.preFilter!(pod, snapshot);
    return 'nodeNames' in result && result.nodeNames !== undefined ? [...result.nodeNames].sort() : null;
  },
  filter: (run) => Object.fromEntries(verdicts(run).map(([name, verdict]) => [name, told(verdict)])),
  codes: (run) => Object.fromEntries(verdicts(run).map(([name, verdict]) => [name, verdict?.code ?? 'Success'])),
  fits: (run) => verdicts(run).every(([, verdict]) => verdict === undefined),
  preScore({ plugin, pod, snapshot, feasible }) {
    const result = plugin.preScore!(pod, feasible, snapshot);
    return 'skip' in result ? 'Skip' : null;
  },
  scores({ plugin, pod, snapshot, feasible }) {
    const prepared = plugin.preScore?.(pod, feasible, snapshot) ?? { state: undefined };
    if (!('state' in prepared)) return 'Skip';
    const raw = feasible.map((node) => plugin.score!(pod, node, prepared.state, snapshot));
    const scores = plugin.normalize?.(raw, feasible, prepared.state, pod) ?? raw;
    return Object.fromEntries(feasible.map(({ name }, index) => [name, scores[index]!]));
  },
  hint({ plugin, pod, snapshot, test }) {
    const [before, after] = [eventObject(test, 'before'), eventObject(test, 'after')];
    const resource = stringAt(test, 'event', 'resource') as ClusterEvent['resource'];
    const action = after === undefined ? Action.Delete : before === undefined ? Action.Add : Action.Update;
    const registered = (plugin.events ?? []).filter(
      ({ event }) => event.resource === resource && ((event.actions & action) !== 0 || action === Action.Update),
    );
    const matching = registered.filter(({ event }) => (event.actions & action) !== 0);
    return matching.some(({ hint }) => hint === undefined || hint(pod, before, after, snapshot) === 'Queue')
      ? 'Queue'
      : 'QueueSkip';
  },
  counts: (run) =>
    spreadState(run).constraints.map(({ domains, changes }) => {
      const values = new Map([...domains].map(([value, { pods }]) => [value, pods]));
      for (const [value, delta] of changes) values.set(value, (values.get(value) ?? 0) + delta);
      return Object.fromEntries(values);
    }),
  least: (run) => spreadState(run).constraints.map(({ least }) => least[0].pods),
  weights: (run) => spreadScoringOf(run).weights,
  ignored: (run) => [...spreadScoringOf(run).ignored].sort(),
};

function verdicts({ plugin, pod, snapshot, feasible }: Run): readonly (readonly [string, Verdict | undefined])[] {
  const result = plugin.preFilter?.(pod, snapshot) ?? { state: undefined };
  return feasible.map((node) => [
    node.name,
    'state' in result
      ? plugin.filter!(pod, node, result.state, snapshot)
      : 'verdict' in result
        ? result.verdict
        : undefined,
  ]);
}

function spreadState({ plugin, pod, snapshot, test }: Run): SpreadState {
  const result = plugin.preFilter!(pod, snapshot);
  if (!('state' in result)) return { constraints: [] };
  const changed = objectAt(test, 'changed');
  if (changed === undefined) return result.state as SpreadState;
  const node = snapshot.find(stringAt(changed, 'node') ?? '');
  const change = stringAt(changed, 'change') === 'add' ? 'add' : 'remove';
  return plugin.withPod!(
    result.state,
    pod,
    podInfoOf(typed('v1', 'Pod', changed['pod'])),
    node!,
    change,
  ) as SpreadState;
}

function spreadScoringOf({ plugin, pod, snapshot, feasible }: Run): SpreadScoring {
  const result = plugin.preScore!(pod, feasible, snapshot);
  return (result as { state: unknown }).state as SpreadScoring;
}

function told(verdict: Verdict | undefined): JsonValue {
  return verdict === undefined ? null : [verdict.code, ...verdict.reasons];
}

function eventObject(test: PluginCase, which: 'before' | 'after'): KubernetesObject | undefined {
  const value = valueAt(test, 'event', which);
  return value === undefined ? undefined : typed('v1', '', value);
}

function typed(apiVersion: string, kind: string, value: JsonValue | undefined): KubernetesObject {
  return { apiVersion, kind, ...(value as JsonObject) };
}
