import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import { canonicalQuantity, parseQuantity, valueOf } from '../../../apimachinery/quantity.ts';
import { assert } from '../../../base/assert.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, nameAt } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { evictionWords } from './message.ts';
import type { LastObserved, Observations } from './observe.ts';
import {
  byEvictionPriority,
  conditionsOfThresholds,
  firstObserved,
  lastObserved,
  metGracePeriod,
  observedSince,
  reclaimable,
  thresholdsMet,
  thresholdsUpdated,
} from './observe.ts';
import type { Compare, PodUsage, UsageOf } from './rank.ts';
import { byDisk, byMemory, byPriority, byProcesses, exceedsDisk, exceedsMemory, orderedBy } from './rank.ts';
import type { PressureType, Signal } from './signals.ts';
import type { EvictionSettings, Threshold, ThresholdValue } from './thresholds.ts';
import { isSameValue, parsePercentage, parseThresholds, withAllocatable } from './thresholds.ts';
import table from './testdata/helpers.json' with { type: 'json' };

const source = { area: 'kubelet', file: table.source, release: table.release } as const;

interface ValueCase {
  readonly quantity?: string;
  readonly percentage?: number;
}
interface ThresholdCase {
  readonly signal: string;
  readonly value?: ValueCase;
  readonly graceMs?: number;
  readonly minReclaim?: ValueCase;
}
interface ObservedCase {
  readonly threshold: ThresholdCase;
  readonly atMs: number;
}
type ObservationCases = Readonly<Record<string, { available?: string; capacity?: string; atMs?: number }>>;
interface PodCase {
  readonly name: string;
  readonly spec: JsonObject;
  readonly usage?: { memory?: string; root?: string; logs?: string; volume?: string; processes?: number };
}
/** The fields of a case; a test has those that it needs. */
interface Case extends EvictionSettings {
  readonly name: string;
  readonly thresholds: readonly ThresholdCase[];
  readonly observations: ObservationCases;
  readonly last: unknown;
  readonly observed: readonly ObservedCase[];
  readonly isReclaiming: boolean;
  readonly nowMs: number;
  readonly periodMs: number;
  readonly conditions: readonly PressureType[];
  readonly fails: boolean;
  readonly wanted: unknown;
  readonly by: string | readonly string[];
  readonly pods: readonly PodCase[];
  readonly a: ValueCase;
  readonly b: ValueCase;
  readonly spec: JsonObject;
  readonly used: Readonly<Record<string, string>>;
  readonly podUsed?: string;
  readonly offenders: readonly (readonly [name: string, used: string, asked: string])[];
  readonly annotations: Readonly<Record<string, string>>;
}

function quantity(text: string): Quantity {
  const found = parseQuantity(text);
  assert(found !== undefined, `no quantity: ${text}`);
  return found;
}

function bytes(text: string | undefined): number {
  return text === undefined ? 0 : Number(valueOf(quantity(text)));
}

function value({ quantity: text, percentage = 0 }: ValueCase): ThresholdValue {
  return text === undefined ? { percentage: Math.fround(percentage) } : { quantity: quantity(text) };
}

function threshold({ signal, value: own = {}, graceMs = 0, minReclaim }: ThresholdCase): Threshold {
  const reclaim = minReclaim === undefined ? {} : { minReclaim: value(minReclaim) };
  return { signal: signal as Signal, value: value(own), graceMs, ...reclaim };
}

/** Thresholds as words, for comparing them whatever their order. */
function inWords(thresholds: readonly Threshold[]): readonly string[] {
  const word = (one: ThresholdValue | undefined): string =>
    one === undefined ? '' : 'quantity' in one ? canonicalQuantity(one.quantity) : `${one.percentage * 100}%`;
  return thresholds
    .map(({ signal, value: own, graceMs, minReclaim }) => `${signal}<${word(own)} ${graceMs} ${word(minReclaim)}`)
    .toSorted();
}

function wantedThresholds(one: Case): readonly string[] {
  return inWords((one.wanted as readonly ThresholdCase[]).map(threshold));
}

function observationsOf(cases: ObservationCases): Observations {
  return Object.fromEntries(
    Object.entries(cases).map(([signal, { available, capacity, atMs }]) => [
      signal,
      { available: bytes(available), capacity: bytes(capacity), ...(atMs === undefined ? {} : { atMs }) },
    ]),
  );
}

function observedOf(cases: readonly ObservedCase[]) {
  return cases.map(({ threshold: own, atMs }) => ({ threshold: threshold(own), atMs }));
}

function podOf({ name, spec }: PodCase): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, uid: name }, spec };
}

/** A disk of which bytes and inodes are the same number. */
function diskUsage(text: string | undefined) {
  return { bytes: bytes(text), inodes: bytes(text) };
}

function usageOf({ spec, usage = {} }: PodCase): PodUsage {
  const { memory, root, logs, volume, processes } = usage;
  const volumes = arrayAt(spec, 'volumes').map((one) => [nameAt(one, 'name') ?? '', diskUsage(volume)]);
  return {
    memoryBytes: bytes(memory),
    containers: arrayAt(spec, 'containers').map((container) => ({
      name: nameAt(container, 'name') ?? '',
      root: diskUsage(root),
      logs: diskUsage(logs),
    })),
    volumes: Object.fromEntries(volumes) as Record<string, ReturnType<typeof diskUsage>>,
    ...(processes === undefined ? {} : { processes }),
  };
}

const PARTS = ['root', 'logs', 'localVolumes'] as const;

function compareBy(by: string, usage: UsageOf<KubernetesObject>): Compare<KubernetesObject> {
  const known: Readonly<Record<string, Compare<KubernetesObject>>> = {
    priority: byPriority,
    memory: byMemory(usage),
    exceedsMemory: exceedsMemory(usage),
    processes: byProcesses(usage),
    disk: byDisk(usage, PARTS, 'ephemeral-storage'),
    inodes: byDisk(usage, PARTS, 'inodes'),
    exceedsDisk: exceedsDisk(usage, PARTS, 'ephemeral-storage'),
  };
  const found = known[by];
  assert(found !== undefined, `no order: ${by}`);
  return found;
}

function order({ by, pods, wanted }: Case): void {
  const usages = new Map(pods.map((pod) => [pod.name, usageOf(pod)]));
  const compares = [by].flat().map((one) => compareBy(one, (pod) => usages.get(nameOf(pod))));
  expect(orderedBy(pods.map(podOf), ...compares).map(nameOf)).toEqual(wanted);
}

function met(one: Case): void {
  const found = thresholdsMet(one.thresholds.map(threshold), observationsOf(one.observations), one.isReclaiming);
  expect(inWords(found)).toEqual(wantedThresholds(one));
}

const RUN: Readonly<Record<string, (one: Case) => void>> = {
  TestGetReclaimableThreshold(one) {
    const found = reclaimable(byEvictionPriority(one.thresholds));
    const wanted = one.wanted as { threshold: ThresholdCase; resource: string } | undefined;
    expect(found?.resource).toBe(wanted?.resource);
    expect(found?.threshold.signal).toBe(wanted?.threshold.signal);
    expect(found?.threshold.value).toEqual(wanted?.threshold.value);
  },
  TestParseThresholdConfig(one) {
    const found = parseThresholds(one);
    expect('problem' in found).toBe(one.fails);
    if (!('problem' in found)) expect(inWords(found)).toEqual(wantedThresholds(one));
  },
  TestAddAllocatableThresholds(one) {
    expect(inWords(withAllocatable(one.thresholds.map(threshold)))).toEqual(wantedThresholds(one));
  },
  TestOrderedByExceedsRequestMemory: order,
  TestOrderedByExceedsRequestDisk: order,
  TestOrderedByPriority: order,
  TestOrderedbyDisk: order,
  TestOrderedbyInodes: order,
  TestOrderedByPriorityDisk: order,
  TestOrderedByPriorityInodes: order,
  TestOrderedByMemory: order,
  TestOrderedByPriorityMemory: order,
  TestOrderedByPriorityProcess: order,
  TestSortByEvictionPriority(one) {
    expect(byEvictionPriority(one.thresholds).map(({ signal }) => signal)).toEqual(one.wanted);
  },
  TestThresholdsMet: met,
  TestPercentageThresholdsMet: met,
  TestThresholdsUpdatedStats(one) {
    const last = observationsOf(one.last as ObservationCases);
    const found = thresholdsUpdated(one.thresholds.map(threshold), observationsOf(one.observations), last);
    expect(inWords(found)).toEqual(wantedThresholds(one));
  },
  TestThresholdsFirstObservedAt(one) {
    const last = observedOf(one.last as readonly ObservedCase[]);
    const found = firstObserved(one.thresholds.map(threshold), last, one.nowMs);
    expect(found).toEqual(observedOf(one.wanted as readonly ObservedCase[]));
  },
  TestThresholdsMetGracePeriod(one) {
    expect(inWords(metGracePeriod(observedOf(one.observed), one.nowMs))).toEqual(wantedThresholds(one));
  },
  TestNodeConditions(one) {
    expect(conditionsOfThresholds(one.thresholds.map(threshold))).toEqual(one.wanted);
  },
  TestNodeConditionsLastObservedAt(one) {
    expect(lastObserved(one.conditions, one.last as LastObserved, one.nowMs)).toEqual(one.wanted);
  },
  TestNodeConditionsObservedSince(one) {
    expect(observedSince(one.last as LastObserved, one.periodMs, one.nowMs)).toEqual(one.wanted);
  },
  TestParsePercentage(one) {
    const wanted = one.wanted as number | undefined;
    expect(parsePercentage(one.name)).toBe(wanted === undefined ? undefined : Math.fround(wanted));
  },
  TestCompareThresholdValue(one) {
    expect(isSameValue(value(one.a), value(one.b))).toBe(one.wanted);
    expect(isSameValue(value(one.b), value(one.a))).toBe(one.wanted);
  },
  TestStatsNotFoundForPod({ by }) {
    const [a, b] = ['fake-pod1', 'fake-pod2'].map((name) => podOf({ name, spec: { containers: [] } }));
    expect([by].flat().map((one) => compareBy(one, () => undefined)(a!, b!))).toEqual([0]);
  },
  TestEvictionMessage({ spec, used, podUsed, offenders, annotations }) {
    const pod = podOf({ name: 'pod-eviction-message', spec });
    const containers = Object.entries(used).map(([name, text]) => ({ name, memoryBytes: bytes(text) }));
    const usage: PodUsage = { containers, ...(podUsed === undefined ? {} : { memoryBytes: bytes(podUsed) }) };
    const words = evictionWords('memory', pod, usage, [], {});
    const ofPod =
      podUsed === undefined
        ? ''
        : `Pod pod-eviction-message was using ${podUsed}, request is 250Mi, has larger consumption of memory. `;
    const told = offenders.map(
      ([name, own, asked]) =>
        `Container ${name} was using ${own}, request is ${asked}, has larger consumption of memory. `,
    );
    expect(words.message).toBe(`The node was low on resource: memory. ${ofPod}${told.join('')}`);
    expect(words.annotations).toEqual({ ...annotations, starved_resource: 'memory' });
  },
};

describe(table.source, () => {
  const tests = table.tests as unknown as Readonly<Record<string, readonly Case[]>>;
  for (const [test, cases] of Object.entries(tests))
    upstreamEach(source, test)(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => RUN[test]!(one));
  upstreamLeftOut(source, table.leftOut as LeftOut);
});
