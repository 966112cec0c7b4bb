import { THROTTLED, apiClient, askedAgain, resultOf, sendCall, sendRequest } from '../client/api-client.ts';
import { closeWatch } from '../client/informer.ts';
import type { ComponentDefinition, Context } from '../component.ts';
import { FlowRun, resumeFlow } from '../kernel/flow.ts';
import type { AnswerMessage, ApiRequest } from '../messages.ts';
import { stringAt } from '../../base/json.ts';
import { localAnswered, localAsked, localResponded } from './local-ports.ts';
import { runLine } from './run-line.ts';
import { Session } from './session.ts';
import type {
  Answer,
  KubectlOrder,
  KubectlOutcome,
  KubectlSettings,
  KubectlState,
  Question,
  Shell,
} from './shell-state.ts';
import { editedText } from './text-edit.ts';

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

/** Time limits that are none: without `--timeout` kubectl waits a week, or for ever. */
const FAR_MS = 24 * 3_600_000;
/** 128 and SIGINT. */
const INTERRUPTED = 130;
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
      ports: new Map(),
      localRequests: new Map(),
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return timer(state, event.name, event.data, context);
    const { message, from } = event;
    if (message.type === 'call') {
      const local = localAsked(state, from, message, context);
      const { port } = message.parameters as { readonly port: number };
      if (local?.forward !== undefined) say(state, local.forward.stream, `Handling connection for ${port}\n`, context);
    } else if (message.type === 'answer') forwardedBack(state, message, context);
    else if (message.type === 'watch') {
      const watched = state.changes.get(message.id);
      if (watched === undefined) return;
      watched.events = [...watched.events, ...message.events];
      if (message.ended !== undefined) watched.isOver = true;
      deliver(state, message.id, context);
    } else if (message.type === 'response') {
      if (askedAgain(message, context)) return;
      const local = state.localRequests.get(message.id);
      if (local !== undefined) {
        state.localRequests.delete(message.id);
        return localResponded(local, resultOf(message), context);
      }
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

/** A command that reads a stream prints something more. */
function say(state: KubectlState, stream: number, text: string, context: Context): void {
  const watched = state.changes.get(stream);
  if (watched === undefined) return;
  watched.events = [...watched.events, text];
  deliver(state, stream, context);
}

/** A Pod has answered over the stream of a command, which is lost where the connection failed. */
function forwardedBack(state: KubectlState, answer: AnswerMessage, context: Context): void {
  const came = localAnswered(state, answer, context);
  const { forward } = came?.request.local ?? {};
  const watched = forward === undefined ? undefined : state.changes.get(forward.stream);
  if (came?.failure === undefined || forward === undefined || watched === undefined) return;
  const { port } = came.request.order;
  const message = `an error occurred forwarding ${port} -> ${forward.port}: ${came.failure}`;
  watched.failure = { ok: false, code: 500, reason: '', message };
  watched.isOver = true;
  closeWatch(state.client.server, forward.stream, context);
  deliver(state, forward.stream, context);
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
  for (const [port, local] of state.ports) if (local.token === token) state.ports.delete(port);
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
