import { parseDurationMs } from '../../apimachinery/duration.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, isJsonObject, objectAt } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { ActReader } from './act-reader.ts';
import type { Model, Told } from './model.ts';
import type { Part } from './picture.ts';

/** How long a message is on its way where nothing else is said. Illustrative: it only keeps steps apart. */
const TOOK_MS = 5;

/** The run of a model: every step that it took, and how things stood after each. */
export interface ModelRun {
  readonly entries: readonly TraceEntry[];
  /** What expressions may speak of, as it stood when a step had happened; before the first one for 0. */
  factsAt(seq: number): Readonly<Record<string, JsonValue>>;
  pictureAt(seq: number): readonly Part[];
  /** A run with the same past up to a step. */
  fork(seq: number): ModelRun;
  /** Does something at the end of what has happened. Throws, with the field, where it cannot be done. */
  act(act: JsonObject): void;
}

/** The run that a lesson describes, to its end. Throws, with the field, where something cannot be done. */
export function playModel<State>(model: Model<State>, run: JsonObject): ModelRun {
  const state = model.begin(new ActReader(objectAt(run, 'given') ?? {}, 'run.given'));
  const played = new States(model, [], [state], 0);
  for (const [index, step] of arrayAt(run, 'steps').entries()) {
    if (!isJsonObject(step)) throw new Error(`run.steps[${index}] is no object`);
    played.act(step, `run.steps[${index}]`);
  }
  return played;
}

class States<State> implements ModelRun {
  readonly entries: TraceEntry[];
  private readonly model: Model<State>;
  /** By seq; the first is that before anything happened. */
  private readonly states: State[];
  private nowMs: number;

  constructor(model: Model<State>, entries: readonly TraceEntry[], states: readonly State[], nowMs: number) {
    this.model = model;
    this.entries = [...entries];
    this.states = [...states];
    this.nowMs = nowMs;
  }

  factsAt(seq: number): Readonly<Record<string, JsonValue>> {
    return this.model.facts(this.stateAt(seq));
  }

  pictureAt(seq: number): readonly Part[] {
    return this.model.picture(this.stateAt(seq));
  }

  fork(seq: number): ModelRun {
    const entries = this.entries.slice(0, seq);
    return new States(this.model, entries, this.states.slice(0, seq + 1), entries.at(-1)?.timeMs ?? 0);
  }

  act(act: JsonObject, where = 'act'): void {
    const given = new ActReader(act, where);
    const name = given.text('act');
    const perform = this.model.acts[name];
    if (perform === undefined)
      throw new Error(
        `${where}.act: ${this.model.name} knows no ${name}, only ${Object.keys(this.model.acts).join(', ')}`,
      );
    const atMs = given.has('at') ? parseDurationMs(given.text('at')) : this.nowMs;
    if (atMs === undefined) throw given.problem('at', 'is no duration');
    if (atMs < this.nowMs) throw given.problem('at', `is before ${this.nowMs} ms, when the act before it ends`);
    this.nowMs = atMs;
    let cause = 0;
    const stateNow = (): State => this.stateAt(this.entries.length);
    perform(
      {
        get state() {
          return stateNow();
        },
        tell: (told, next) => {
          cause = this.push(told, cause, next ?? stateNow());
        },
      },
      given,
    );
  }

  private push(
    { from, to = from, class: kind, verb, object, detail, tookMs }: Told,
    cause: number,
    next: State,
  ): number {
    const seq = this.entries.length + 1;
    this.nowMs += tookMs ?? TOOK_MS;
    this.entries.push({
      seq,
      timeMs: this.nowMs,
      from,
      to,
      class: kind ?? (from === to ? 'internal' : 'request'),
      verb,
      ...(object !== undefined && { object }),
      ...(detail !== undefined && { detail }),
      cause,
    });
    this.states.push(next);
    return seq;
  }

  private stateAt(seq: number): State {
    return this.states[Math.max(0, Math.min(seq, this.states.length - 1))]!;
  }
}
