import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { TraceClass } from '../../simulator/kernel/trace.ts';
import type { ActReader } from './act-reader.ts';
import type { Part } from './picture.ts';

/**
 * A small deterministic model that a lesson is told from, where no cluster is needed: servers, virtual machines, a Linux
 * host, images. What happens is told message by message, and each leaves the model in a state of its own.
 */
export interface Model<State> {
  /** As `run.model` of a lesson names it. */
  readonly name: string;
  /** The state it begins with, as the lesson says. Throws, with the field, where something cannot be used. */
  begin(given: ActReader): State;
  readonly acts: Readonly<Record<string, Act<State>>>;
  /** What expressions may speak of, by name. JSON. */
  facts(state: State): Readonly<Record<string, JsonValue>>;
  picture(state: State): readonly Part[];
}

/** Something that is done to a model. Throws, with the field, where it cannot be done. */
export type Act<State> = (stage: Stage<State>, given: ActReader) => void;

/** What an act is done on. */
export interface Stage<State> {
  readonly state: State;
  /** Tells what happens now, and how things stand when it has. What follows in the same act is its effect. */
  tell(told: Told, next?: State): void;
}

export interface Told {
  /** Id of a part of the picture. */
  readonly from: string;
  /** The same as `from` where left out: something inside it. */
  readonly to?: string;
  readonly class?: TraceClass;
  readonly verb: string;
  readonly object?: string;
  readonly detail?: JsonObject;
  /** Milliseconds that it takes. */
  readonly tookMs?: number;
}
