import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { parseQuantity, valueOf } from '../../../apimachinery/quantity.ts';
import { assert } from '../../../base/assert.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { NO_PRESSURE, look, reclaimable } from './observe.ts';
import { pressureRejection } from './pressure-rejection.ts';
import { rankFor } from './rank.ts';
import type { PressureType } from './signals.ts';
import type { EvictionSettings } from './thresholds.ts';
import { isHard, parseThresholds } from './thresholds.ts';
import table from './testdata/manager.json' with { type: 'json' };

const source = { area: 'kubelet', file: table.source, release: table.release } as const;

interface Step {
  readonly minutes: number;
  readonly available: string;
  readonly short: boolean;
  readonly evicted?: string;
  readonly isHard?: boolean;
}

function bytes(text: string): number {
  const quantity = parseQuantity(text);
  assert(quantity !== undefined, `no quantity: ${text}`);
  return Number(valueOf(quantity));
}

function podOf(name: string, resources: JsonObject, priority = 0): KubernetesObject {
  const containers = [{ name: 'c', resources }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { priority, containers } };
}

const ASKS = { cpu: '100m', memory: '1Gi' };
const RESOURCES: Readonly<Record<string, JsonObject>> = {
  Guaranteed: { requests: ASKS, limits: ASKS },
  Burstable: { requests: ASKS },
  BestEffort: {},
};

function isTaken(qos: string, conditions: readonly PressureType[]): boolean {
  return pressureRejection(podOf('p', RESOURCES[qos]!), conditions) === undefined;
}

describe(table.source, () => {
  upstreamEach(source, 'TestAdmitUnderNodeConditions')(table.admissions)('$name', ({ qos, conditions, wanted }) =>
    expect(isTaken(qos, conditions as readonly PressureType[])).toBe(wanted),
  );

  upstreamEach(source)(table.sequences)('$name', ({ settings, steps }) => {
    const thresholds = parseThresholds(settings as EvictionSettings);
    assert('length' in thresholds, 'the settings can be read');
    const pods = table.pods.map(({ name, priority, requests }) =>
      podOf(name, requests === undefined ? {} : { requests: { memory: requests } }, priority),
    );
    const used = new Map(table.pods.map((pod) => [pod.name, { memoryBytes: bytes(pod.used) }]));
    let [pressure, nowMs] = [NO_PRESSURE, 0];
    for (const { minutes, available, short, evicted, isHard: hard } of steps as readonly Step[]) {
      nowMs += minutes * 60_000;
      const observations = { 'memory.available': { available: bytes(available), capacity: bytes('4Gi'), atMs: nowMs } };
      const after = look(pressure, thresholds, observations, 300_000, nowMs);
      pressure = after.pressure;
      expect(pressure.conditions).toEqual(short ? ['MemoryPressure'] : []);
      expect([isTaken('BestEffort', pressure.conditions), isTaken('Burstable', pressure.conditions)]).toEqual([
        !short,
        true,
      ]);
      const found = reclaimable(after.starved);
      const ranked = found && rankFor(found.threshold.signal, pods, (pod) => used.get(nameOf(pod)));
      expect(ranked?.map(nameOf)[0]).toBe(evicted);
      expect(found && isHard(found.threshold)).toBe(hard);
    }
  });

  upstreamLeftOut(source, table.leftOut as LeftOut);
});
