import type { ComponentDefinition, ComponentId } from '../component.ts';
import type { ApiResponse, UserInfo, WatchEvents } from '../messages.ts';
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
}

/** A timer of a client component: make this request. */
export interface RequestOrder {
  readonly token: string;
  readonly call: ApiCall;
  /** Who asks, where it is not the administrator. */
  readonly user?: UserInfo;
}

export const REQUEST = 'request';

/** Somebody outside the cluster who makes single requests: a script's `request`, a test. */
export const client: ComponentDefinition<ClientState> = {
  kind: 'client',
  start(_context, settings) {
    const { server, user } = settings as ClientSettings;
    return { client: apiClient(server, user, 'kubectl'), answers: new Map(), events: new Map(), tokens: new Map() };
  },
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === THROTTLED) return sendRequest(state.client, event.data as ApiRequest, context);
      const { token, call, user = state.client.user } = event.data as RequestOrder;
      state.tokens.set(sendCall({ ...state.client, user }, call, context), token);
      return;
    }
    const { message } = event;
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
