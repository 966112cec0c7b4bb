import { compileGoPattern } from '../../apimachinery/go-pattern.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import { amountsOf } from '../scheduler/pod-info.ts';
import type { Estimate } from './estimator.ts';
import { readPriorities } from './priorities.ts';
import type { Template } from './templates.ts';

/** A way to help Pods: so many Nodes of a pool. */
export interface Option extends Estimate {
  readonly template: Template;
}

/** Source: cluster-autoscaler/expander/expander.go `AvailableExpanders`, 1.36.1, without those that ask a cloud. */
export const EXPANDERS = ['random', 'most-pods', 'least-waste', 'priority', 'least-nodes'] as const;

export type ExpanderName = (typeof EXPANDERS)[number];

/** What an expander can know beside the options, and whom it tells that its configuration is wrong. */
export interface ExpanderScene {
  readonly priorities: KubernetesObject | undefined;
  /** A number below `count`. */
  draw(count: number): number;
  warn(reason: string, message: string): void;
}

/** The best option: each expander leaves those that it likes best, and chance decides among the last. */
export function bestOption(
  names: readonly ExpanderName[],
  options: readonly Option[],
  scene: ExpanderScene,
): Option | undefined {
  let left = options;
  for (const name of names) {
    left = preferred(name, left, scene);
    if (left.length === 1) return left[0];
  }
  return left.length === 0 ? undefined : left[scene.draw(left.length)];
}

/** The options that an expander likes best. */
export function preferred(name: ExpanderName, options: readonly Option[], scene: ExpanderScene): readonly Option[] {
  return FILTERS[name](options, scene);
}

type Filter = (options: readonly Option[], scene: ExpanderScene) => readonly Option[];

const FILTERS: Readonly<Record<ExpanderName, Filter>> = {
  // Chance decides at the end anyway. Source: cluster-autoscaler/expander/random/random.go, 1.36.1.
  random: (options) => options,
  // Source: cluster-autoscaler/expander/mostpods/mostpods.go, 1.36.1.
  'most-pods': (options) => least(options, ({ pods }) => -pods.length),
  // Source: cluster-autoscaler/expander/leastnodes/leastnodes.go, 1.36.1.
  'least-nodes': (options) => least(options, ({ nodeCount }) => nodeCount),
  // Source: cluster-autoscaler/expander/waste/waste.go, 1.36.1.
  'least-waste': (options) => least(options, wasteOf),
  priority: byPriority,
};

function least(options: readonly Option[], scoreOf: (option: Option) => number): readonly Option[] {
  const scores = options.map(scoreOf);
  const best = Math.min(...scores);
  return options.filter((_, index) => scores[index] === best);
}

/** The shares of CPU and of memory of the new Nodes that no Pod asks for, added. */
function wasteOf({ template, nodeCount, pods }: Option): number {
  const { cpuMilli, memoryBytes } = amountsOf(resourceListOf(valueAt(template.info.node, 'status', 'capacity')));
  const [cpu, memory] = [cpuMilli * nodeCount, memoryBytes * nodeCount];
  const [usedCpu, usedMemory] = [
    pods.reduce((sum, { requests }) => sum + requests.cpuMilli, 0),
    pods.reduce((sum, { requests }) => sum + requests.memoryBytes, 0),
  ];
  return (cpu - usedCpu) / cpu + (memory - usedMemory) / memory;
}

/** Source: cluster-autoscaler/expander/priority/readme.md and priority.go, 1.36.1. */
export const PRIORITY_CONFIG_KEY = 'kube-system/cluster-autoscaler-priority-expander';
const PRIORITY_KEY = 'priorities';

function byPriority(options: readonly Option[], { priorities: config, warn }: ExpanderScene): readonly Option[] {
  if (config === undefined) return options;
  const text = stringAt(config, 'data', PRIORITY_KEY);
  if (text === undefined) {
    const wrong = `Wrong configmap for priority expander, doesn't contain ${PRIORITY_KEY} key. Ignoring update.`;
    warn('PriorityConfigMapInvalid', wrong);
    return options;
  }
  const priorities = readPriorities(text);
  if (typeof priorities === 'string') {
    const wrong = `Wrong configuration for priority expander: ${priorities}. Ignoring update.`;
    warn('PriorityConfigMapInvalid', wrong);
    return options;
  }
  let [highest, best]: [number, readonly Option[]] = [-1, []];
  for (const option of options) {
    const { name } = option.template.pool;
    const own = priorities.filter(({ patterns }) => patterns.some((pattern) => matches(pattern, name)));
    if (own.length === 0) {
      const words = `Priority expander: node group ${name} not found in priority expander configuration.`;
      warn('PriorityConfigMapNotMatchedGroup', `${words} The group won't be used.`);
      continue;
    }
    const priority = Math.max(...own.map((one) => one.priority));
    if (priority < highest) continue;
    best = priority > highest ? [option] : [...best, option];
    highest = priority;
  }
  if (best.length > 0) return best;
  const words = 'Priority expander: no priorities info found for any of the expansion options. No options filtered.';
  warn('PriorityConfigMapNoGroupMatched', words);
  return options;
}

function matches(pattern: string, name: string): boolean {
  const compiled = compileGoPattern(pattern);
  return compiled instanceof RegExp && compiled.test(name);
}
