import type { ApiCall, ApiClient, ApiResult } from '../client/api-client.ts';
import { THROTTLED, apiClient, askedAgain, resultOf, sendCall, sendRequest } from '../client/api-client.ts';
import type { ClientSettings } from '../client/client-component.ts';
import { closeWatch } from '../client/informer.ts';
import type { ComponentDefinition, Context } from '../component.ts';
import { FlowRun, resumeFlow } from '../kernel/flow.ts';
import type { ApiRequest, WatchEvent } from '../messages.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import { stringAt } from '../../base/json.ts';
import type { ManifestFiles, Pieces, Terminal } from './command.ts';
import { runLine } from './run-line.ts';
import type { TextEdit } from './text-edit.ts';
import { editedText } from './text-edit.ts';

export interface KubectlSettings extends ClientSettings {
  readonly kinds: JudgeContext;
}

/** A timer of the component: run this line. */
export interface KubectlOrder {
  readonly token: string;
  readonly line: string;
  readonly files: ManifestFiles;
  /** What is done in its editor, each time that it opens; somebody sits at it where left out. */
  readonly edits?: readonly TextEdit[];
}

export const RUN = 'run';

/** A timer of the component: the editor of a command is closed. */
export interface SaveOrder {
  readonly token: string;
  /** The text as it was left. */
  readonly text: string;
}

export const SAVE = 'save';

/** A timer of the component: Ctrl+C at the terminal of a command, by its token. */
export const INTERRUPT = 'interrupt';

/** What became of a command line. */
export interface KubectlOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A command under way. */
interface Shell {
  readonly order: KubectlOrder;
  readonly journal: unknown[];
  /** Number of the wait: a time limit of an earlier one does not count. */
  wait: number;
  answers: (ApiResult | undefined)[];
  missing: number;
  /** Watches and streams whose next changes are waited for. */
  watching: readonly number[];
  /** It waits for whatever else may come, without end. */
  isFollowing: boolean;
  /** What it has printed so far. */
  stdout: string;
  stderr: string;
  /** Text that lies in the editor, and how often it was opened. */
  editing: string | undefined;
  launches: number;
}

/** What has come of a watch or a stream: changes of objects, or pieces of text. */
interface Watched {
  readonly token: string;
  events: readonly (WatchEvent | string)[];
  isOver: boolean;
  /** How the server refused it, or how it broke off. */
  failure: Failure | undefined;
}

type Failure = ApiResult & { readonly ok: false };

/** What was waited for, of one watch; null where the time came first. */
type Came = {
  readonly watch: number;
  readonly events: readonly (WatchEvent | string)[];
  readonly isOver: boolean;
  readonly failure: Failure | undefined;
} | null;

interface KubectlState {
  readonly settings: KubectlSettings;
  readonly client: ApiClient;
  readonly shells: Map<string, Shell>;
  readonly calls: Map<number, { readonly token: string; readonly index: number }>;
  /** Changes that nobody has asked for yet, by watch. */
  readonly changes: Map<number, Watched>;
  readonly outcomes: Map<string, KubectlOutcome>;
}

/** What a command waits for: an answer to a request, changes of a watch, or somebody who edits a text. */
type Question = ApiCall | { readonly watches: readonly number[]; readonly untilMs: number } | { readonly text: string };
type Answer = ApiResult | Came | string;

/** Time limits that are none: without `--timeout` kubectl waits a week, or for ever. */
const FAR_MS = 24 * 3_600_000;
/** 128 and SIGINT. */
const INTERRUPTED = 130;
/** Source: staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go, 1.36. */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const TOO_LATE = 'too late';
const AWAKE = 'awake';

/** kubectl on somebody's laptop: runs command lines against the API server. */
export const kubectl: ComponentDefinition<KubectlState> = {
  kind: 'kubectl',
  start(_context, settings) {
    const own = settings as KubectlSettings;
    return {
      settings: Object.freeze(own),
      client: apiClient(own.server, own.user, 'kubectl'),
      shells: new Map(),
      calls: new Map(),
      changes: new Map(),
      outcomes: new Map(),
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return timer(state, event.name, event.data, context);
    const { message } = event;
    if (message.type === 'watch') {
      const watched = state.changes.get(message.id);
      if (watched === undefined) return;
      watched.events = [...watched.events, ...message.events];
      if (message.ended !== undefined) watched.isOver = true;
      deliver(state, message.id, context);
    } else if (message.type === 'response') {
      if (askedAgain(message, context)) return;
      const watched = state.changes.get(message.id);
      if (watched !== undefined) {
        const result = resultOf(message);
        if (result.ok) watched.events = [...watched.events, stringAt(result.object, 'text') ?? ''];
        else watched.failure = result;
        watched.isOver = message.isOpen !== true;
        return deliver(state, message.id, context);
      }
      const call = state.calls.get(message.id);
      const shell = call === undefined ? undefined : state.shells.get(call.token);
      if (call === undefined || shell === undefined) return;
      state.calls.delete(message.id);
      shell.answers[call.index] = resultOf(message);
      if (--shell.missing > 0) return;
      shell.journal.push(shell.answers);
      goOn(state, shell, context);
    }
  },
};

function timer(state: KubectlState, name: string, data: unknown, context: Context): void {
  if (name === THROTTLED) return sendRequest(state.client, data as ApiRequest, context);
  if (name === RUN) {
    const order = data as KubectlOrder;
    const shell: Shell = {
      order,
      journal: [],
      wait: 0,
      answers: [],
      missing: 0,
      watching: [],
      isFollowing: false,
      stdout: '',
      stderr: '',
      editing: undefined,
      launches: 0,
    };
    state.shells.set(order.token, shell);
    context.cause = context.note({ class: 'internal', verb: 'kubectl', detail: { line: order.line } });
    return goOn(state, shell, context);
  }
  if (name === INTERRUPT) return interrupt(state, String(data), context);
  if (name === SAVE) {
    const { token, text } = data as SaveOrder;
    const shell = state.shells.get(token);
    if (shell?.editing === undefined) return;
    shell.editing = undefined;
    shell.journal.push([text]);
    context.cause = context.note({ class: 'internal', verb: 'editor closes', detail: { line: shell.order.line } });
    return goOn(state, shell, context);
  }
  const { token, wait } = data as { readonly token: string; readonly wait: number };
  const shell = state.shells.get(token);
  if (shell === undefined || shell.wait !== wait) return;
  shell.watching = [];
  shell.journal.push(name === TOO_LATE ? [null] : null);
  goOn(state, shell, context);
}

/** Hands changes to the command that waits for them. */
function deliver(state: KubectlState, watch: number, context: Context): void {
  const watched = state.changes.get(watch);
  const shell = watched === undefined ? undefined : state.shells.get(watched.token);
  if (watched === undefined || shell?.watching.includes(watch) !== true) return;
  const { events, isOver, failure } = watched;
  if (events.length === 0 && !isOver) return;
  shell.watching = [];
  shell.journal.push([Object.freeze({ watch, events: Object.freeze(events), isOver, failure })]);
  watched.events = [];
  goOn(state, shell, context);
}

/** Somebody presses Ctrl+C: what is open is closed, and nothing more is printed. */
function interrupt(state: KubectlState, token: string, context: Context): void {
  const shell = state.shells.get(token);
  if (shell === undefined) return;
  context.cause = context.note({
    class: 'internal',
    verb: 'kubectl is interrupted',
    detail: { line: shell.order.line },
  });
  for (const [id, watched] of state.changes)
    if (watched.token === token && !watched.isOver) closeWatch(state.client.server, id, context);
  const { stdout, stderr } = shell;
  end(state, shell, { stdout, stderr, exitCode: INTERRUPTED }, context);
}

function end(state: KubectlState, { order }: Shell, outcome: KubectlOutcome, context: Context): void {
  const { token, line } = order;
  state.outcomes.set(token, Object.freeze(outcome));
  state.shells.delete(token);
  for (const [watch, watched] of state.changes) if (watched.token === token) state.changes.delete(watch);
  context.note({ class: 'internal', verb: 'kubectl exits', detail: { line, exitCode: outcome.exitCode } });
}

/** Runs a command up to its next wait, or to its end. */
function goOn(state: KubectlState, shell: Shell, context: Context): void {
  const { token, line } = shell.order;
  const run = new FlowRun<Question, Answer>(shell);
  const session = new Session(state, shell, run, context);
  const step = resumeFlow(run, () => runLine(session, line));
  shell.wait++;
  shell.isFollowing = false;
  [shell.stdout, shell.stderr] = [session.stdout, session.stderr];
  if (step.done)
    return end(state, shell, { stdout: session.stdout, stderr: session.stderr, exitCode: step.result }, context);
  const { wait } = step;
  if (wait.type === 'sleep') return context.timer(wait.delayMs, AWAKE, { token, wait: shell.wait });
  const [first] = wait.calls;
  if (first !== undefined && 'text' in first) {
    const { edits } = shell.order;
    shell.editing = first.text;
    context.note({ class: 'internal', verb: 'editor opens', detail: { line } });
    if (edits === undefined) return;
    // Who has said nothing more closes it as it is.
    const next = edits[shell.launches++] ?? {};
    const order: SaveOrder = Object.freeze({ token, text: editedText(first.text, next) });
    return context.timer(next.takesMs ?? 0, SAVE, order);
  }
  if (first !== undefined && 'watches' in first) {
    shell.watching = first.watches;
    const delayMs = Math.max(0, first.untilMs - context.nowMs);
    // Nobody waits for the end of a week: a limit that far keeps no run from settling.
    shell.isFollowing = delayMs >= FAR_MS;
    if (delayMs < Infinity)
      context.timer(delayMs, TOO_LATE, { token, wait: shell.wait }, { periodic: shell.isFollowing });
    for (const watch of first.watches) if (shell.watching.length > 0) deliver(state, watch, context);
    return;
  }
  shell.answers = wait.calls.map(() => undefined);
  shell.missing = wait.calls.length;
  wait.calls.forEach((call, index) => {
    if ('verb' in call) state.calls.set(sendCall(state.client, call, context), { token, index });
  });
}

class Session implements Terminal {
  stdout = '';
  stderr = '';
  readonly files: ManifestFiles;
  readonly kinds: JudgeContext;
  private readonly state: KubectlState;
  private readonly shell: Shell;
  private readonly flow: FlowRun<Question, Answer>;
  private readonly context: Context;

  constructor(state: KubectlState, shell: Shell, flow: FlowRun<Question, Answer>, context: Context) {
    this.state = state;
    this.shell = shell;
    this.flow = flow;
    this.context = context;
    this.files = shell.order.files;
    this.kinds = state.settings.kinds;
  }

  call(call: ApiCall): ApiResult {
    return this.flow.call(call) as ApiResult;
  }

  callAll(calls: readonly ApiCall[]): readonly ApiResult[] {
    return this.flow.callAll(calls) as readonly ApiResult[];
  }

  watch(call: ApiCall): number {
    return this.flow.once(() => {
      const id = sendCall(this.state.client, call, this.context);
      const { token } = this.shell.order;
      this.state.changes.set(id, { token, events: [], isOver: false, failure: undefined });
      return id;
    });
  }

  changes(watch: number, untilMs: number): readonly WatchEvent[] | undefined {
    const came = this.flow.call({ watches: [watch], untilMs }) as Came;
    const events = (came?.events ?? []).filter((event) => typeof event !== 'string');
    return events.length === 0 ? undefined : events;
  }

  pieces(streams: readonly number[], untilMs: number): Pieces | undefined {
    const came = this.flow.call({ watches: streams, untilMs }) as Came;
    if (came === null) return undefined;
    const { watch: stream, events, isOver, failure } = came;
    return { stream, text: events.filter((event) => typeof event === 'string').join(''), isOver, failure };
  }

  edit(text: string): string {
    return this.flow.call({ text }) as string;
  }

  sleep(delayMs: number): void {
    this.flow.sleep(delayMs);
  }

  now(): number {
    return this.flow.once(() => this.context.nowMs);
  }

  letters(count: number): string {
    const { random } = this.context;
    return this.flow.once(() => random.letters(`letters/${this.context.next('letters')}`, NAME_LETTERS, count));
  }

  once<Value>(make: () => Value): Value {
    return this.flow.once(make);
  }

  out(text: string): void {
    this.stdout += text;
  }

  err(text: string): void {
    this.stderr += text;
  }
}

/** What a command line gave; undefined while it runs. */
export function outcomeOf(state: unknown, token: string): KubectlOutcome | undefined {
  return (state as KubectlState).outcomes.get(token);
}

/** The text that lies in the editor of a command; undefined while none is open. */
export function textInEditor(state: unknown, token: string): string | undefined {
  return (state as KubectlState).shells.get(token)?.editing;
}

/** What a command that runs has printed so far, and whether it only waits for whatever may come; undefined where none runs. */
export function progressOf(
  state: unknown,
  token: string,
): (Omit<KubectlOutcome, 'exitCode'> & { readonly isFollowing: boolean }) | undefined {
  const shell = (state as KubectlState).shells.get(token);
  return shell && { stdout: shell.stdout, stderr: shell.stderr, isFollowing: shell.isFollowing };
}

/** Command lines that have not ended. */
export function runningLines(state: unknown): readonly string[] {
  return [...(state as KubectlState).shells.values()].map(({ order }) => order.line);
}
