import type { Said } from '../said.ts';

/** The chapters of the checklist, in its order. */
export const CATEGORIES = [
  'ideas',
  'virtualisation',
  'containers',
  'cluster',
  'controllers',
  'scheduler',
  'node',
  'pod',
  'workloads',
  'configuration',
  'network',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Parts of the page on which something of the checklist is seen. */
export const SCREENS = [
  'canvas',
  'cluster-picture',
  'palette',
  'inspector',
  'yaml',
  'export',
  'terminal',
  'control-plane',
  'inside',
  'message',
  'scores',
  'why',
  'workloads',
  'etcd',
  'events',
  'timeline',
  'faults',
  'compose',
] as const;
export type Screen = (typeof SCREENS)[number];

/**
 * Where something is seen beside the lessons: a kind with its card and form (`kind:Deployment.apps`), a template or a
 * pattern by its folder, a file or folder below `src/simulator` that plays its part in a run, or a part of the page.
 */
export type Place =
  | `kind:${string}`
  | `template:${string}`
  | `pattern:${string}`
  | `simulator:${string}`
  | `screen:${Screen}`;

/** One item of the checklist: what it is, told in both languages. */
export interface Card {
  /** Its number in the checklist, from 1. */
  readonly number: number;
  readonly term: Said;
  /** What it is also called today, in either language. */
  readonly words?: readonly string[];
  /** What it was called once, or what notes call it. */
  readonly old?: readonly string[];
  readonly says: Said;
  /** Numbers of items that belong to it. */
  readonly see: readonly number[];
  /** Ids of the lessons of the catalogue that are to show it. */
  readonly lessons: readonly string[];
  readonly shown: readonly Place[];
  /** The checklist asks for no more than its card: an idea, a name, a piece of history. */
  readonly cardOnly?: true;
}

/** A card with its chapter. */
export interface GlossaryCard extends Card {
  readonly category: Category;
}

/** A flow of the checklist. */
export interface Flow {
  /** `F01`. */
  readonly id: string;
  readonly title: Said;
  /** Ids of the lessons of the catalogue that are to show it. */
  readonly lessons: readonly string[];
  /** Where a run shows it without a lesson. */
  readonly shown: readonly Place[];
}

/** A: a wrong mechanism. B: out of date. C: not exact. D: an opinion. */
export const CLASSES = ['A', 'B', 'C', 'D'] as const;

/** Something that lecture notes say, and how it is today. */
export interface Correction {
  /** `X33`. */
  readonly id: string;
  readonly class: (typeof CLASSES)[number];
  /** What it is about, in a few words. */
  readonly title: Said;
  readonly notes: Said;
  readonly today: Said;
  /** The release, version or date since when; left out where it was never otherwise, or there is no such day. */
  readonly since?: string;
  /** Where that can be read: a path upstream with its release, a proposal, an address. */
  readonly source: string;
  /** Numbers of the items that it belongs to. */
  readonly items: readonly number[];
}
