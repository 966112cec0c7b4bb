import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { assert } from '../../base/assert.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { LeftOut } from '../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { randomSource } from '../kernel/random.ts';
import { failedSchedulingMessage } from './failed-scheduling.ts';
import type { SchedulerPlugin, Verdict } from './plugin.ts';
import { imageLocality } from './plugins/image-locality.ts';
import { podTopologySpread } from './plugins/pod-topology-spread/pod-topology-spread.ts';
import { snapshotOf } from './plugins/testing/snapshot.ts';
import { volumeBinding } from './plugins/volumes/volume-binding.ts';
import { podInfoOf } from './pod-info.ts';
import type { ProfileEntry } from './profile.ts';
import { schedulePod } from './schedule-pod.ts';
import { scoreTable } from './score-table.ts';
import tables from './testdata/schedule-pod-cases.json' with { type: 'json' };

type Case = JsonObject;

const FAILED: Verdict = { code: 'Unschedulable', reasons: ['Nodes failed the fake plugin'] };
const matches = (fits: boolean): Verdict | undefined => (fits ? undefined : FAILED);

/** Upstream's fake plugins. */
const FAKES: Readonly<Record<string, SchedulerPlugin>> = {
  True: { name: 'TrueFilter', filter: () => undefined },
  False: { name: 'FalseFilter', filter: () => FAILED },
  Match: { name: 'MatchFilter', filter: ({ pod }, { name }) => matches(nameOf(pod) === name) },
  NoPods: { name: 'NoPodsFilter', filter: (_pod, { pods }) => matches(pods.length === 0) },
  Equal: { name: 'EqualPrioritizerPlugin', score: () => 1 },
  Numeric: { name: 'NumericMap', score: (_pod, { name }) => Number(name) },
  ReverseNumeric: {
    name: 'ReverseNumericMap',
    score: (_pod, { name }) => Number(name),
    normalize: (scores) => scores.map((score) => Math.max(...scores) + Math.min(...scores) - score),
  },
  Skip: {
    name: 'FakePreScoreAndScorePlugin',
    preScore: () => ({ skip: true }),
    score() {
      throw new Error('it said that it has nothing to score');
    },
  },
  ImageLocality: imageLocality,
  VolumeBinding: { name: 'VolumeBinding', preFilter: volumeBinding.preFilter! } as SchedulerPlugin,
  PodTopologySpread: podTopologySpread() as SchedulerPlugin,
};

function entryOf(plugin: JsonValue): ProfileEntry {
  if (typeof plugin === 'string') {
    const [name = '', weight = '0'] = plugin.split(':');
    return { plugin: FAKES[name]!, weight: Number(weight) };
  }
  const name = stringAt(plugin, 'preFilter');
  if (name === undefined)
    return { plugin: failing(stringAt(plugin, 'filter')!, objectAt(plugin, 'codes')!), weight: 0 };
  const verdict = objectAt(plugin, 'verdict') as unknown as Verdict | undefined;
  const given = (plugin as JsonObject)['nodes'];
  const narrowed = given === undefined ? {} : { nodeNames: new Set(arrayAt(plugin, 'nodes').map(String)) };
  const preFilter = () => (verdict === undefined ? { state: undefined, ...narrowed } : { verdict });
  return { plugin: { name, preFilter }, weight: 0 };
}

function failing(name: string, codes: JsonObject): SchedulerPlugin {
  return {
    name,
    filter({ pod }, node) {
      const code = stringAt(codes, node.name) as Verdict['code'] | undefined;
      return code === undefined ? undefined : { code, reasons: [`injecting failure for pod ${nameOf(pod)}`] };
    },
  };
}

function typed(kind: string, value: JsonValue | undefined): KubernetesObject {
  return { ...(value as JsonObject), apiVersion: 'v1', kind };
}

describe.each(tables)('$source', (table) => {
  const source = { area: 'scheduler', file: table.source, release: table.release } as const;
  const cases = (table.cases as unknown as readonly Case[]).map((one) => [stringAt(one, 'name')!, one] as const);
  upstreamEach(source)(cases)('%s', (name, one) => {
    const nodes = arrayAt(one, 'nodes').map((node) => typed('Node', node));
    const pods = arrayAt(one, 'pods').map((pod) => typed('Pod', pod));
    const snapshot = snapshotOf(nodes, pods, arrayAt(one, 'objects') as unknown as readonly KubernetesObject[]);
    const pod = podInfoOf(typed('Pod', one['pod']));
    const profile = arrayAt(one, 'plugins').map(entryOf);
    if (one['scores'] !== undefined) {
      const table = scoreTable(profile, pod, snapshot.nodes, snapshot);
      assert(typeof table !== 'string', 'the plugins of the case do not fail');
      const totals = table.nodes.map((node, line) => [node.name, table.totals[line]]);
      expect(Object.fromEntries(totals)).toEqual(one['scores']);
      expect(table.columns.map(({ plugin }) => plugin)).toEqual(one['columns']);
      return;
    }
    const decision = schedulePod(profile, pod, undefined, snapshot, 0, randomSource(1, name), name);
    if (one['error'] === null) {
      expect(decision.evaluated).toBe(one['evaluated']);
      if (one['nodesWanted'] !== null) expect(one['nodesWanted']).toContain(decision.node);
      return;
    }
    const message =
      decision.error ??
      failedSchedulingMessage({
        nodeCount: nodes.length,
        preFilter: decision.preFilter?.verdict,
        verdicts: [...decision.rejected.values()].map(({ verdict }) => verdict),
        others: { reasons: decision.others ?? [], count: nodes.length - decision.rejected.size },
        postFilter: [],
      });
    expect(message).toBe(one['error']);
  });
  upstreamLeftOut(source, table.leftOut as unknown as LeftOut);
});
