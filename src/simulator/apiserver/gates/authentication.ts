import type { Gate } from '../gates.ts';
import type { Refusal } from '../status.ts';
import { expiredWords } from '../trouble.ts';

const UNAUTHORIZED: Refusal = { code: 401, reason: 'Unauthorized', message: 'Unauthorized' };

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/filters/authentication.go, 1.36. */
export const authentication: Gate = {
  name: 'authenticate',
  check({ user }, _resource, { state, context }) {
    if (user.name === '') return UNAUTHORIZED;
    const expiredMs = state.trouble.expiredUsers[user.name];
    if (expiredMs === undefined) return undefined;
    // The client is not told why; the server writes it into its log.
    const error = expiredWords(context.nowMs, expiredMs);
    context.cause = context.note({ class: 'internal', verb: 'Unable to authenticate the request', detail: { error } });
    return UNAUTHORIZED;
  },
};
