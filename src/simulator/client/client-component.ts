import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { ApiResponse, Message, UserInfo, WatchEvents } from '../messages.ts';
import type { ApiCall, ApiClient } from './api-client.ts';
import { THROTTLED, apiClient, sendCall, sendRequest } from './api-client.ts';
import type { ApiRequest } from '../messages.ts';

export interface ClientSettings {
  readonly server: ComponentId;
  readonly user: UserInfo;
}

interface ClientState {
  readonly client: ApiClient;
  /** Answers to requests, by the token with which they were asked for. */
  readonly answers: Map<string, ApiResponse>;
  readonly events: Map<string, WatchEvents[]>;
  readonly tokens: Map<number, string>;
  /** All that was heard on a stream that is open, by its token. */
  readonly streams: Map<string, Heard[]>;
  /** Messages heard on streams so far. */
  heard: number;
}

/** What a client hears on a stream: an answer, or a piece of one, or changes that a watch brings. */
export type Heard = ApiResponse | WatchEvents;

/** A timer of a client component: make this request. */
export interface RequestOrder {
  readonly token: string;
  readonly call: ApiCall;
  /** Who asks, where it is not the administrator. */
  readonly user?: UserInfo;
  /** First word of the user agent; `kubectl` where left out. */
  readonly agent?: string;
  /** Every message is wanted, until the stream is closed. */
  readonly isStream?: true;
}

export const REQUEST = 'request';
/** A timer of a client component: the stream with this token is closed and forgotten. */
export const CLOSE = 'close';

/** Somebody outside the cluster who makes single requests: a script's `request`, a test. */
export const client: ComponentDefinition<ClientState> = {
  kind: 'client',
  start(_context, settings) {
    const { server, user } = settings as ClientSettings;
    return {
      client: apiClient(server, user, 'kubectl'),
      answers: new Map(),
      events: new Map(),
      tokens: new Map(),
      streams: new Map(),
      heard: 0,
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === THROTTLED) return sendRequest(state.client, event.data as ApiRequest, context);
      if (event.name === CLOSE) return close(state, event.data as string, context);
      const {
        token,
        call,
        user = state.client.user,
        agent = state.client.agent,
        isStream,
      } = event.data as RequestOrder;
      state.tokens.set(sendCall({ ...state.client, user, agent }, call, context), token);
      if (isStream === true) state.streams.set(token, []);
      return;
    }
    const { message } = event;
    if (hear(state, message)) return;
    if (message.type === 'response') state.answers.set(state.tokens.get(message.id) ?? '', message);
    else if (message.type === 'watch') {
      const token = state.tokens.get(message.id) ?? '';
      state.events.set(token, [...(state.events.get(token) ?? []), message]);
    }
  },
};

export function answerOf(state: unknown, token: string): ApiResponse | undefined {
  return (state as ClientState).answers.get(token);
}

/** Keeps what comes on an open stream; false where the message is of none. */
function hear(state: ClientState, message: Message): boolean {
  if (message.type !== 'response' && message.type !== 'watch') return false;
  const stream = state.streams.get(state.tokens.get(message.id) ?? '');
  if (stream === undefined) return !state.tokens.has(message.id);
  stream.push(message);
  state.heard++;
  return true;
}

/** The client goes: who still sends is told. */
function close(state: ClientState, token: string, context: Context): void {
  const stream = state.streams.get(token);
  if (stream === undefined) return;
  state.streams.delete(token);
  for (const [id, known] of state.tokens) {
    if (known !== token) continue;
    state.tokens.delete(id);
    if (isOver(stream.at(-1))) continue;
    context.send(state.client.server, { type: 'watch-closed', id }, { class: 'request', verb: 'CLOSE' });
  }
}

/** Whether nothing more comes after a message. */
export function isOver(last: Heard | undefined): boolean {
  if (last === undefined) return false;
  return last.type === 'watch' ? last.ended !== undefined : last.isOpen !== true;
}

/** All that was heard on an open stream so far, oldest first; undefined where it is closed. */
export function heardOn(state: unknown, token: string): readonly Heard[] | undefined {
  return (state as ClientState).streams.get(token);
}

/** How many messages were heard on streams: where it has not grown, nothing new has come. */
export function heardSoFar(state: unknown): number {
  return (state as ClientState).heard;
}
