import type { JsonObject, JsonValue } from '../base/json.ts';
import type { Finder } from './finder.ts';
import type { Said } from './said.ts';

/** What the question asks for. */
export const QUESTION_TYPES = ['choice', 'object', 'number', 'order', 'arrow', 'truth'] as const;

/** What one of is picked on the canvas: an object of a cluster, or a part of a model. */
export const PICKED_KINDS = ['Node', 'Pod', 'app'] as const;
export type PickedKind = (typeof PICKED_KINDS)[number];

/**
 * A question that is put before its answer is shown. The right answer is an expression of CEL that the simulator works
 * out: nobody writes it down, so it is right for every change of the design.
 */
export type Question = QuestionBase & QuestionForm;

export interface QuestionBase {
  readonly id: string;
  /** Id of the step after which it is put. */
  readonly after: string;
  readonly ask: Said;
  /** The moment of the run that answers it: a step, or `end`; the step after which it is put where left out. */
  readonly moment?: string;
  /** What is done, in a branch of its own, before it can be answered. */
  readonly whatIf?: WhatIf;
  /** Said when the answer is known. */
  readonly explain: Said;
  readonly say: Readonly<Record<string, string>>;
  /** The trace entry that shows it. */
  readonly proof?: Finder;
  /** Lines of kubectl whose output is all that a learner sees before answering. */
  readonly evidence?: readonly string[];
}

export interface WhatIf {
  /** Steps of a Script without their time, done at the step after which the question is put. */
  readonly acts: readonly JsonObject[];
  /** One of these is done instead, as the seed of the variant has it; `chosen` is its value. */
  readonly oneOf?: readonly { readonly value: string; readonly acts: readonly JsonObject[] }[];
  readonly forMs: number;
}

export type QuestionForm =
  | { readonly type: 'choice'; readonly answer: string; readonly options: readonly Option[] }
  /** One object of a kind, on the canvas; `answer` is its name, or a list of names that are all right. */
  | { readonly type: 'object'; readonly kind: PickedKind; readonly answer: string; readonly from: string }
  | { readonly type: 'number'; readonly answer: string; readonly unit?: Said }
  /** Into the order in which they happen. */
  | { readonly type: 'order'; readonly items: readonly OrderItem[] }
  /** Who sends the message of a step, and to whom. */
  | { readonly type: 'arrow'; readonly step: string }
  | { readonly type: 'truth'; readonly answer: string; readonly reason: string; readonly reasons: readonly Option[] };

export interface Option {
  readonly value: JsonValue;
  readonly say: Said;
}

export interface OrderItem {
  readonly id: string;
  readonly say: Said;
  readonly find: Finder;
}

/** What somebody answers. */
export type Given =
  | { readonly type: 'choice'; readonly value: JsonValue }
  | { readonly type: 'object'; readonly name: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'order'; readonly ids: readonly string[] }
  | { readonly type: 'arrow'; readonly from: string; readonly to: string }
  | { readonly type: 'truth'; readonly value: boolean; readonly reason: JsonValue };

/** What the simulator says is right. */
export type Right =
  | { readonly type: 'choice'; readonly value: JsonValue }
  | { readonly type: 'object'; readonly names: readonly string[] }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'order'; readonly ids: readonly string[] }
  | { readonly type: 'arrow'; readonly from: string; readonly to: string }
  | { readonly type: 'truth'; readonly value: boolean; readonly reason: JsonValue };
