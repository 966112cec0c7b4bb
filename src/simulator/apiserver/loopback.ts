import type { ApiCall, ApiClient } from '../client/api-client.ts';
import { apiClient, sendCall } from '../client/api-client.ts';
import type { UserInfo } from '../messages.ts';
import type { OwnCall, Server } from './state.ts';

/**
 * Who an API server is to itself. Source: staging/src/k8s.io/apiserver/pkg/server/config.go `AuthorizeClientBearerToken`,
 * 1.36.
 */
export const APISERVER_USER: UserInfo = {
  name: 'system:apiserver',
  groups: ['system:authenticated', 'system:masters'],
};

/** The client with which the API server asks itself. */
export function loopbackClient({ context }: Pick<Server, 'context'>): ApiClient {
  return apiClient(context.self, APISERVER_USER, 'kube-apiserver');
}

/** Asks the API server itself, as its plugins and registries do with their client; `then` says who waits for the answer. */
export function askItself({ state, context }: Server, call: ApiCall, then: OwnCall): void {
  state.ownCalls.set(sendCall(loopbackClient({ context }), call, context), Object.freeze(then));
}
