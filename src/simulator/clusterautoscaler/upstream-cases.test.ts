import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { assert } from '../../base/assert.ts';
import type { LeftOut } from '../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { msOf } from '../kernel/clock.ts';
import { NUMBERS_1_36 } from '../release/1.36.ts';
import { nodeInfoOf } from '../scheduler/node-info.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';
import { podInfoOf } from '../scheduler/pod-info.ts';
import { balanced } from './balancing.ts';
import type { Drainability, DrainScene } from './drainability.ts';
import { DRAIN_RULES } from './drainability.ts';
import type { ExpanderName, Option } from './expander.ts';
import { preferred } from './expander.ts';
import { RemainingBudgets } from './remaining-budgets.ts';

function tableOf<Table>(name: string): Table {
  return JSON.parse(readFileSync(new URL(`./testdata/${name}.json`, import.meta.url), 'utf8')) as Table;
}

interface DrainTable {
  readonly source: string;
  readonly release: string;
  readonly nowTime: string;
  readonly systemPodTimeoutMs: number;
  readonly rules: readonly { readonly rule: string; readonly cases: readonly DrainCase[] }[];
  readonly leftOut: LeftOut;
}

interface DrainCase {
  readonly name: string;
  readonly pod: KubernetesObject;
  readonly budgets?: readonly KubernetesObject[];
  readonly skipsCustom?: boolean;
  readonly want?: Omit<Extract<Drainability, { readonly outcome: 'block' }>, 'error'> | { readonly outcome: string };
}

const drain = tableOf<DrainTable>('drainability');

for (const { rule: name, cases } of drain.rules) {
  const source = { area: 'controllers', file: `${drain.source}/${name}/rule_test.go`, release: drain.release } as const;
  describe(source.file, () => {
    const known = DRAIN_RULES.find((one) => one.name === name);
    upstreamEach(source, 'TestDrainable')(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
      const flags = NUMBERS_1_36.clusterAutoscaler;
      const scene: DrainScene = {
        rules: {
          ...flags,
          systemPodTimeoutMs: drain.systemPodTimeoutMs,
          skipNodesWithCustomControllerPods: one.skipsCustom ?? flags.skipNodesWithCustomControllerPods,
        },
        budgets: new RemainingBudgets(one.budgets ?? []),
        nowMs: msOf(drain.nowTime) ?? 0,
        owner: () => undefined,
      };
      assert(known !== undefined, `no rule ${name}`);
      const verdict = known.rule(podInfoOf(one.pod), scene);
      if (one.want === undefined) expect(verdict).toBeUndefined();
      else expect(verdict).toMatchObject(one.want);
    });
  });
}

describe(drain.source, () => {
  upstreamLeftOut({ area: 'controllers', file: drain.source, release: drain.release }, drain.leftOut);
});

interface ExpanderTable {
  readonly source: string;
  readonly release: string;
  readonly priority: readonly {
    readonly name: string;
    readonly config: string;
    readonly options: readonly string[];
    readonly want: readonly string[];
    readonly warnings?: readonly (readonly [string, string])[];
  }[];
  /** Name, CPU and memory of a Node as so many Pods, and Pods of an option. */
  readonly waste: readonly OptionCase<readonly [string, number, number, number]>[];
  readonly mostPods: readonly OptionCase<readonly [string, number]>[];
}

interface OptionCase<Given> {
  readonly name: string;
  readonly options: readonly Given[];
  readonly want: readonly string[];
}

const expanders = tableOf<ExpanderTable>('expander');
const POD_CPU = 500;
const POD_MEMORY = 1000 * 1024 * 1024;

const POD: PodInfo = podInfoOf({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pod' },
  spec: { containers: [{ resources: { requests: { cpu: `${POD_CPU}m`, memory: String(POD_MEMORY) } } }] },
});

function optionOf(name: string, cpus: number, memories: number, pods: number): Option {
  const capacity = { cpu: `${cpus * POD_CPU}m`, memory: String(memories * POD_MEMORY), pods: '100' };
  const info = nodeInfoOf({ apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { capacity } });
  const size = { name, capacity, labels: {}, taints: [], zones: [] };
  const pool = { name, size, min: 1, max: 2, nodes: 1, bootMs: 0 };
  return { template: { pool, info }, nodeCount: 1, pods: Array.from({ length: pods }, () => POD) };
}

function choice(name: ExpanderName, options: readonly Option[], config?: string) {
  const warnings: (readonly [string, string])[] = [];
  const priorities: KubernetesObject | undefined =
    config === undefined
      ? undefined
      : { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { priorities: config } };
  const scene = {
    priorities,
    draw: () => 0,
    warn: (reason: string, words: string) => void warnings.push([reason, words]),
  };
  return { names: preferred(name, options, scene).map(({ template }) => template.pool.name), warnings };
}

describe(expanders.source, () => {
  const sourceOf = (file: string) =>
    ({ area: 'controllers', file: `${expanders.source}/${file}`, release: expanders.release }) as const;

  upstreamEach(sourceOf('priority/priority_test.go'))(expanders.priority.map((one) => [one.name, one] as const))(
    '%s',
    (_, { config, options, want, warnings }) => {
      const found = choice(
        'priority',
        options.map((name) => optionOf(name, 1, 1, 1)),
        config,
      );
      expect(found.names).toEqual(want);
      if (warnings !== undefined) expect(found.warnings).toEqual(warnings);
    },
  );

  upstreamEach(sourceOf('waste/waste_test.go'))(expanders.waste.map((one) => [one.name, one] as const))(
    '%s',
    (_, { options, want }) => {
      expect(
        choice(
          'least-waste',
          options.map((given) => optionOf(...given)),
        ).names,
      ).toEqual(want);
    },
  );

  upstreamEach(sourceOf('mostpods/mostpods_test.go'))(expanders.mostPods.map((one) => [one.name, one] as const))(
    '%s',
    (_, { options, want }) => {
      expect(
        choice(
          'most-pods',
          options.map(([name, pods]) => optionOf(name, 1, 1, pods)),
        ).names,
      ).toEqual(want);
    },
  );
});

interface BalancingTable {
  readonly source: string;
  readonly release: string;
  readonly cases: readonly {
    readonly name: string;
    readonly pools: readonly { readonly name: string; readonly max: number; readonly target: number }[];
    readonly nodes: number;
    readonly want: Readonly<Record<string, number>>;
  }[];
}

const balancing = tableOf<BalancingTable>('balancing');

describe(balancing.source, () => {
  const source = { area: 'controllers', file: balancing.source, release: balancing.release } as const;
  upstreamEach(source)(balancing.cases.map((one) => [one.name, one] as const))('%s', (_, { pools, nodes, want }) => {
    expect(Object.fromEntries(balanced(pools, nodes).map(({ pool, wanted }) => [pool, wanted]))).toEqual(want);
  });
});
