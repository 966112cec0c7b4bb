import type { LogEntry } from '../../workspace/simulation/simulation.ts';

/** What of the steps of a run is shown in the trace and on the timeline. */
export interface TraceFilter {
  readonly preset: Preset;
  /** `request`, `watch`…; '' for any. */
  readonly class: string;
  readonly component: string;
  readonly namespace: string;
  /** `Pod/shop/web-0`; of the preset of a Pod’s life, the Pod. */
  readonly object: string;
  /** Seqs of the first and last step of a range. */
  readonly range: readonly [from: number, to: number] | undefined;
}

export const PRESETS = ['all', 'controlPlane', 'dataPlane', 'pod'] as const;
export type Preset = (typeof PRESETS)[number];

export const NO_FILTER: TraceFilter = {
  preset: 'all',
  class: '',
  component: '',
  namespace: '',
  object: '',
  range: undefined,
};

export function isFiltering(filter: TraceFilter): boolean {
  return Object.entries(NO_FILTER).some(([name, value]) => filter[name as keyof TraceFilter] !== value);
}

/** The steps that a filter lets through, in their order. */
export function filteredSteps(steps: readonly LogEntry[], filter: TraceFilter): readonly LogEntry[] {
  if (!isFiltering(filter)) return steps;
  return steps.filter((step) => passes(step, filter));
}

function passes(step: LogEntry, filter: TraceFilter): boolean {
  const { preset, component, namespace, object, range } = filter;
  if (range !== undefined && (step.seq < range[0] || step.seq > range[1])) return false;
  if (filter.class !== '' && step.class !== filter.class) return false;
  if (component !== '' && step.from !== component && step.to !== component) return false;
  if (namespace !== '' && namespaceOfStep(step) !== namespace) return false;
  if (preset === 'pod') return object === '' || concerns(step, object);
  if (object !== '' && !concerns(step, object)) return false;
  return preset === 'all' || isDataPlane(step) === (preset === 'dataPlane');
}

/** Ways of data and of containers: packets, what runtime, network and volumes are asked on a Node, and probes. */
const DATA_CLASSES: ReadonlySet<string> = new Set(['packet', 'cri', 'cni', 'csi', 'probe']);

function isDataPlane({ class: kind }: LogEntry): boolean {
  return DATA_CLASSES.has(kind);
}

/** Whether a step is about an object: itself, a message about it, its key in etcd, or an Event named after it. */
export function concerns(step: LogEntry, object: string): boolean {
  const [kind = '', namespace = '', name = ''] = object.split('/');
  if (step.object === object) return true;
  const fact = step.fact ?? '';
  if (fact.startsWith('/registry/')) return keyIs(fact, kind, namespace, name);
  const parts = step.object?.split('/') ?? [];
  const isSame = parts[1] === namespace && parts[2] === name;
  // A patch, or a deletion, names the resource: `pods/shop/web-0`, `deployments.apps/shop/web`.
  return isSame && parts[0]!.split('.')[0] === pluralOf(kind);
}

function keyIs(key: string, kind: string, namespace: string, name: string): boolean {
  const parts = key.split('/');
  return (
    parts.at(-1) === name && (namespace === '' || parts.at(-2) === namespace) && key.includes(`/${pluralOf(kind)}/`)
  );
}

/** Enough for the kinds that the trace names. */
function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word.endsWith('s') || word.endsWith('x')) return `${word}es`;
  return word.endsWith('y') && !word.endsWith('ey') ? `${word.slice(0, -1)}ies` : `${word}s`;
}

export function namespaceOfStep({ object }: LogEntry): string {
  return object?.split('/')[1] ?? '';
}

/** What the filters can be set to, of the steps that there are. */
export interface FilterChoices {
  readonly classes: readonly string[];
  readonly components: readonly string[];
  readonly namespaces: readonly string[];
  readonly objects: readonly string[];
  readonly pods: readonly string[];
}

/** Objects that are offered; what is typed in the search finds the rest. */
const MOST_OBJECTS = 400;

export function choicesOf(steps: readonly LogEntry[]): FilterChoices {
  const [classes, components, namespaces, objects] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ];
  for (const step of steps) {
    classes.add(step.class);
    components.add(step.from).add(step.to);
    if (namespaceOfStep(step) !== '') namespaces.add(namespaceOfStep(step));
    const { object } = step;
    // A new object has no name yet, and a resource as a whole is no object.
    if (object !== undefined && /^[A-Z]\w*\/[^/]*\/[^/]+$/.test(object)) objects.add(object);
  }
  const sorted = (words: ReadonlySet<string>): readonly string[] => [...words].sort();
  const all = sorted(objects);
  return {
    classes: sorted(classes),
    components: sorted(components),
    namespaces: sorted(namespaces),
    objects: all.slice(0, MOST_OBJECTS),
    pods: all.filter((object) => object.startsWith('Pod/')).slice(0, MOST_OBJECTS),
  };
}
