import type { ComponentId } from '../component.ts';

/** What a fault does to the machinery, as data: each has its contrary, with which it is undone. */
export type FaultEffect =
  | { readonly type: 'stop'; readonly process: string; readonly how: 'crash' | 'power' }
  /** The way between two machines, processes or components is cut in both directions. */
  | { readonly type: 'cut'; readonly a: string; readonly b: string }
  /** A component is told how many times slower its disk is; 1 when it is over. */
  | { readonly type: 'disk'; readonly component: ComponentId; readonly slowness: number };

/** One way in which things go wrong, one file each. */
export interface FaultDefinition {
  /** `node-failure`. */
  readonly name: string;
  /** What it can be done to: a Node, or a component by its id. */
  readonly target: 'Node' | 'component';
  /** Start of the ids of components that it applies to; the first of them where the script names none. */
  readonly components?: string;
  readonly parameters: readonly FaultParameter[];
  /** The effects; `node` and `component` are what runs, in order of id. */
  effects(target: string, parameters: FaultParameters, running: readonly ComponentId[]): readonly FaultEffect[];
}

export interface FaultParameter {
  readonly name: string;
  readonly values: readonly string[];
  readonly default: string;
}

export type FaultParameters = Readonly<Record<string, string>>;

/** A fault as a script orders it. */
export interface FaultOrder {
  readonly fault: string;
  /** A Node's name or the id of a component; undefined for the first that it applies to. */
  readonly target?: string;
  readonly parameters?: FaultParameters;
  /** When it is undone; never where left out. */
  readonly forMs?: number;
}

/** Processes on a Node: those whose components have its name behind a slash (`kubelet/w1`). */
export function processesOn(node: string, running: readonly ComponentId[]): readonly string[] {
  return running.filter((id) => id.endsWith(`/${node}`));
}
