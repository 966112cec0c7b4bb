import type { ApiCall } from '../client/api-client.ts';
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

/** Asks the API server itself, as its plugins and registries do with their client; `then` says who waits for the answer. */
export function askItself({ state, context }: Server, call: ApiCall, then: OwnCall): void {
  const client = apiClient(context.self, APISERVER_USER, 'kube-apiserver');
  state.ownCalls.set(sendCall(client, call, context), Object.freeze(then));
}
