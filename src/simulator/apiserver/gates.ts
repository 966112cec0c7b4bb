import type { ApiRequest } from '../messages.ts';
import { authorization } from './gates/authorization.ts';
import { authentication } from './gates/authentication.ts';
import type { ServedResource } from './served-resources.ts';
import type { Refusal } from './status.ts';
import type { Server } from './state.ts';

/** What every request must pass before it is looked at. */
export interface Gate {
  readonly name: string;
  /** `resource` is undefined for a path that is no resource. */
  check(request: ApiRequest, resource: ServedResource | undefined, server: Server): Refusal | undefined;
}

/**
 * In the order of the handler chain: before a request may wait for its turn, and after. Decoding, admission and validation
 * follow for writes.
 * Source: staging/src/k8s.io/apiserver/pkg/server/config.go `DefaultBuildHandlerChain`, 1.36.
 */
export const GATES_BEFORE_QUEUE: readonly Gate[] = [authentication];
export const GATES_AFTER_QUEUE: readonly Gate[] = [authorization];
