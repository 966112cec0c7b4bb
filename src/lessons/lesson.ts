import type { JsonObject } from '../base/json.ts';
import type { Finder } from './finder.ts';
import type { Question } from './question.ts';
import type { Said } from './said.ts';

/** What a learner does in it, from least to most. Source: the scale of Naps and others, 2003. */
export const LEVELS = ['viewing', 'responding', 'changing', 'constructing', 'presenting'] as const;
export type Level = (typeof LEVELS)[number];

/** How many steps are told: the chapters' own, those of a lesson, or every message. */
export const DETAILS = ['story', 'standard', 'full'] as const;
export type Detail = (typeof DETAILS)[number];

/** A lesson as one file says it, with the parameters of a variant filled in. Survives a structured clone. */
export interface Lesson {
  /** `C7`. */
  readonly id: string;
  readonly title: Said;
  readonly minutes: number;
  readonly level: Level;
  readonly goals: readonly Said[];
  /** Flows of the checklist that it shows: `F01`. */
  readonly flows: readonly string[];
  /** Numbers of the items of the checklist that it shows. */
  readonly items: readonly number[];
  /** What it says otherwise than the notes: `X33`. */
  readonly corrections: readonly string[];
  /**
   * A Script of `drydock.dev/v1` without its `apiVersion` and `kind`: what is there at first, and what is done. With
   * `model` it is told from a model of that name instead of a cluster: `given` says what is there, `steps` what is done.
   */
  readonly run: JsonObject;
  readonly chapters: readonly Chapter[];
  readonly steps: readonly LessonStep[];
  readonly questions: readonly Question[];
  /** What may go wrong in it: what practice offers first. */
  readonly faults: readonly OfferedFault[];
  /** What the run shows simpler than it is. */
  readonly simplified: readonly Said[];
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly homework?: Homework;
}

/** Whether a lesson is told from a small model and not from a simulated cluster. */
export function isModelLesson({ run }: Pick<Lesson, 'run'>): boolean {
  return run['model'] !== undefined;
}

export interface Chapter {
  readonly id: string;
  readonly title: Said;
}

export interface LessonStep {
  readonly id: string;
  /** Id of its chapter. */
  readonly chapter: string;
  readonly detail: Detail;
  readonly find: Finder;
  /** Names that later steps and sentences may use, and where the entry has them: `object`, `name`, `node`, or a path. */
  readonly keep: Readonly<Record<string, string>>;
  readonly caption: Said;
  /** For who teaches, not for the hall. */
  readonly note?: Said;
  /** Expressions of CEL whose values the caption names. */
  readonly say: Readonly<Record<string, string>>;
  /** The correction that belongs to it. */
  readonly correction?: string;
}

export interface OfferedFault {
  readonly id: string;
  readonly title: Said;
  /** What to look at when it has happened. */
  readonly look: Said;
  /** Steps of a Script without their time. */
  readonly acts: readonly JsonObject[];
}

/** What is done alone with the design of a lesson, and how it is marked. */
export interface Homework {
  readonly task: Said;
  /** What stays as it is: an object by its identity, `Deployment.apps/shop/web`, or a field of one, behind `#`. */
  readonly locked: readonly string[];
  /** Kinds of which objects may be added; all where left out. */
  readonly palette?: readonly string[];
  /** Ids of questions whose answers count a point each. */
  readonly questions: readonly string[];
  readonly checks: readonly AssessedCheck[];
}

/** What the simulator looks at when the design that was handed in has run. */
export interface AssessedCheck {
  readonly id: string;
  readonly title: Said;
  readonly points: number;
  /** An expression of CEL about the cluster at the end of the run, true where it is met. */
  readonly met: string;
}
