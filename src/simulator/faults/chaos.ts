import { parseDurationMs } from '../../apimachinery/duration.ts';
import type { ComponentId } from '../component.ts';
import type { RandomSource } from '../kernel/random.ts';
import type { FaultDefinition, FaultOrder, FaultParameters } from './fault.ts';

/**
 * Something breaks again and again, drawn by a seed, and is mended after a while: `every` and `duration` are means, `faults`
 * the names that are drawn from (all that can be mended by themselves where left out). It ends as other faults do.
 */
export const chaos: FaultDefinition = {
  name: 'chaos',
  target: 'cluster',
  parameters: [
    { name: 'seed', default: '1' },
    { name: 'every', default: '30s' },
    { name: 'duration', default: '20s' },
    { name: 'faults', default: '' },
  ],
  effects: () => [],
};

/** What chaos does next, and how long after the moment before. */
export interface ChaosDraw {
  readonly order: FaultOrder | undefined;
  readonly nextMs: number;
}

/** Faults that chaos leaves alone: they cannot be undone, or are no accident. */
const NEVER: ReadonlySet<string> = new Set([
  'chaos',
  'mend',
  'node-join',
  'node-leave',
  'load-spike',
  'api-overload',
  'etcdctl',
]);
const DEFAULT_EVERY_MS = 30_000;
const DEFAULT_DURATION_MS = 20_000;

/** The draw with a number: the same for the same seed, whatever was drawn before. */
export function drawChaos(
  faults: readonly FaultDefinition[],
  { seed = '', every = '', duration = '', faults: wanted = '' }: FaultParameters,
  number: number,
  running: readonly ComponentId[],
  random: RandomSource,
): ChaosDraw {
  const name = (what: string): string => `chaos/${seed}/${number}/${what}`;
  const around = (meanMs: number, what: string): number =>
    random.integer(name(what), Math.ceil(meanMs / 2), Math.max(1, Math.floor(meanMs * 1.5)));
  const nextMs = Math.max(1000, around(parseDurationMs(every) ?? DEFAULT_EVERY_MS, 'next'));
  const forMs = Math.max(1, around(parseDurationMs(duration) ?? DEFAULT_DURATION_MS, 'duration'));
  const names = wanted.split(',').map((one) => one.trim());
  const known = faults
    .filter((fault) => !NEVER.has(fault.name) && fault.target !== 'Pod')
    .filter((fault) => wanted === '' || names.includes(fault.name))
    .map((fault) => ({ fault, targets: targetsOf(fault, running) }))
    .filter(({ targets }) => targets.length > 0);
  if (known.length === 0) return { order: undefined, nextMs };
  const { fault, targets } = known[random.integer(name('fault'), 0, known.length - 1)]!;
  const target = targets[random.integer(name('target'), 0, targets.length - 1)]!;
  return { order: Object.freeze({ fault: fault.name, forMs, ...(target === '' ? {} : { target }) }), nextMs };
}

/** What a fault can be done to now; one empty name for the cluster as a whole. */
function targetsOf(
  { target, components, instances }: FaultDefinition,
  running: readonly ComponentId[],
): readonly string[] {
  if (target === 'cluster') return [''];
  if (target === 'Node')
    return running.flatMap((id) => (id.startsWith('kubelet/') ? [id.slice('kubelet/'.length)] : []));
  const prefixes = [components, instances].filter((prefix) => prefix !== undefined);
  return running.filter((id) => prefixes.some((prefix) => id.startsWith(prefix)) && !isInside(id));
}

/** A part of a process that has faults as a whole: `kube-apiserver-0/establishing`. */
function isInside(id: ComponentId): boolean {
  return id.includes('/') && !id.startsWith('kubelet/');
}
