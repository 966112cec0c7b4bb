import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { assert } from '../../../base/assert.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { randomSource } from '../../kernel/random.ts';
import type { Filters } from '../filtering.ts';
import { preFilter } from '../filtering.ts';
import type { NodeInfo } from '../node-info.ts';
import type { FailedSearch, PostFiltered, SchedulerPlugin, Verdict } from '../plugin.ts';
import { defaultPreemption } from '../plugins/default-preemption.ts';
import { interPodAffinity } from '../plugins/inter-pod-affinity/inter-pod-affinity.ts';
import { nodeResourcesFit } from '../plugins/node-resources/fit.ts';
import { podTopologySpread } from '../plugins/pod-topology-spread/pod-topology-spread.ts';
import { snapshotOf } from '../plugins/testing/snapshot.ts';
import type { PodInfo } from '../pod-info.ts';
import { podInfoOf } from '../pod-info.ts';
import { pickCandidate } from './candidate.ts';
import { dryRun } from './dry-run.ts';
import upstream from './testdata/default-preemption.json' with { type: 'json' };

type Case = JsonObject;

const ALL = { offset: 0, wanted: 100 };
const random = randomSource(1, 'preemption');

const FILTERS: Readonly<Record<string, () => SchedulerPlugin>> = {
  NodeResourcesFit: () => nodeResourcesFit(),
  InterPodAffinity: () => interPodAffinity() as SchedulerPlugin,
  PodTopologySpread: () => podTopologySpread() as SchedulerPlugin,
  TrueFilter: () => ({ name: 'TrueFilter', filter: () => undefined }),
  FalseFilter: () => ({ name: 'FalseFilter', filter: () => verdict('Unschedulable', 'Fake Filter Failed') }),
  MatchFilter: () => ({
    name: 'MatchFilter',
    filter: ({ pod }, { name }) => (nameOf(pod) === name ? undefined : verdict('Unschedulable', 'Fake Filter Failed')),
  }),
};

function verdict(code: Verdict['code'], reason: string): Verdict {
  return { code, reasons: [reason] };
}

function typed(apiVersion: string, kind: string, value: JsonValue | undefined): KubernetesObject {
  return { apiVersion, kind, ...(value as JsonObject) };
}

function podAt(one: Case, field = 'pod'): PodInfo {
  return podInfoOf(typed('v1', 'Pod', one[field]));
}

/** A search in which all Nodes were refused as the case says. */
function searchOf(
  one: Case,
  pod: PodInfo,
  counter: SchedulerPlugin,
  statusOf: (node: string) => Verdict,
): FailedSearch {
  const nodes = arrayAt(one, 'nodes').map((node) => typed('v1', 'Node', node));
  const budgets = arrayAt(one, 'budgets').map((budget) => typed('policy/v1', 'PodDisruptionBudget', budget));
  const pods = arrayAt(one, 'pods').map((existing) => typed('v1', 'Pod', existing));
  const snapshot = snapshotOf(nodes, pods, budgets);
  const plugins = arrayAt(one, 'plugins').map((name) => FILTERS[String(name)]!());
  const profile = [counter, ...plugins].map((plugin) => ({ plugin, weight: 0 }));
  const prepared = preFilter(profile, pod, snapshot);
  assert('states' in prepared, 'the Pod of a case is not refused before the Nodes');
  return {
    snapshot,
    random,
    attempt: stringAt(one, 'name') ?? '',
    changes: prepared.filters,
    verdictOf: statusOf,
    refusal: (node, changes) => (changes as Filters).refusalWithNominated(node)?.verdict,
  };
}

const COUNTS_NOTHING: SchedulerPlugin = { name: 'FakeFilter', filter: () => undefined };
const UNSCHEDULABLE = verdict('Unschedulable', '');

const ANSWERS: Readonly<Record<string, (one: Case) => JsonValue>> = {
  dryRun(one) {
    let calls = 0;
    const code = stringAt(one, 'fakeFilter') as Verdict['code'] | 'Success';
    const counter: SchedulerPlugin = {
      name: 'FakeFilter',
      filter() {
        calls++;
        return code === 'Success' ? undefined : verdict(code, 'injecting failure for pod');
      },
    };
    return arrayAt(one, 'cycles').map((cycle) => {
      calls = 0;
      const pod = podInfoOf(typed('v1', 'Pod', objectAt(cycle, 'pod')));
      const search = searchOf(one, pod, counter, () => UNSCHEDULABLE);
      const limits = { offset: numberAt(cycle, 'offset')!, wanted: numberAt(cycle, 'wanted')! };
      const { candidates } = dryRun(pod, byName(search.snapshot.nodes), budgetsOf(search), search, limits);
      const found = candidates.map(({ node, victims, budgetViolations }) => ({
        node,
        victims: victims.map((victim) => nameOf(victim.pod)).sort(),
        budgetViolations,
      }));
      return { candidates: found.sort((a, b) => (a.node < b.node ? -1 : 1)), filterCalls: calls };
    });
  },
  pick(one) {
    const pod = podAt(one);
    const search = searchOf(one, pod, COUNTS_NOTHING, () => UNSCHEDULABLE);
    const { candidates } = dryRun(pod, search.snapshot.nodes, [], search, ALL);
    const { node } = pickCandidate(candidates, random, stringAt(one, 'name')!);
    // Upstream's test is content with any of the Nodes that it lists.
    return arrayAt(one, 'want').includes(node) ? arrayAt(one, 'want') : [node];
  },
  postFilter(one) {
    const statuses = objectAt(one, 'statuses') ?? {};
    const result = postFiltered(one, (node) =>
      verdict((stringAt(statuses, node) ?? 'UnschedulableAndUnresolvable') as Verdict['code'], ''),
    );
    return { code: result.code, reasons: result.reasons, nominate: result.nominate ?? null };
  },
  eligible(one) {
    const status = stringAt(one, 'nominatedStatus') ?? 'Unschedulable';
    const { reasons } = postFiltered(one, () => verdict(status as Verdict['code'], ''));
    return !reasons.some((reason) => reason.startsWith('preemption: not eligible'));
  },
  preempt(one) {
    const { nominate = null, victims = [] } = postFiltered(one, () => UNSCHEDULABLE);
    return { nominate, victims: victims.map(({ pod }) => nameOf(pod)).sort() };
  },
  preEnqueue(one) {
    const refused = defaultPreemption().preEnqueue!(podAt(one), {
      isPreempting: (uid) => uid === stringAt(one, 'preempting'),
    });
    return refused === undefined ? null : { code: refused.code, plugin: '', reasons: refused.reasons };
  },
};

function postFiltered(one: Case, statusOf: (node: string) => Verdict): PostFiltered {
  const pod = podAt(one);
  return defaultPreemption().postFilter!(pod, searchOf(one, pod, COUNTS_NOTHING, statusOf));
}

function byName(nodes: readonly NodeInfo[]): readonly NodeInfo[] {
  return nodes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function budgetsOf({ snapshot }: FailedSearch): readonly KubernetesObject[] {
  return snapshot.view('poddisruptionbudgets').list();
}

describe('preemption', () => {
  const source = { area: 'scheduler', file: upstream.source, release: upstream.release } as const;
  const cases = (upstream.cases as unknown as readonly Case[]).map((one) => [stringAt(one, 'name')!, one] as const);
  upstreamEach(source)(cases)('%s', (_name, one) => {
    expect(ANSWERS[stringAt(one, 'what')!]!(one)).toEqual(one['want']);
  });
  upstreamLeftOut(source, upstream.leftOut as LeftOut);
});
