import type { ApiResponse } from '../messages.ts';
import type { Decided } from './eviction/eviction.ts';
import { budgetAnswered } from './eviction/eviction.ts';
import { identityAnswered } from './identity-lease.ts';
import { quotaWritten } from './quota/quota-admission.ts';
import type { Server } from './state.ts';
import { callBeforeAnswered, quotaDecided, refuseWrite, writeAnew } from './writing.ts';

const EVICTION: Decided = { allowed: writeAnew, refused: refuseWrite };

/** The server has answered itself: whoever waits for that goes on. */
export function answeredItself(server: Server, response: ApiResponse): void {
  const { ownCalls } = server.state;
  const call = ownCalls.get(response.id);
  ownCalls.delete(response.id);
  if (call === undefined || call.type === 'nobody') return;
  if (call.type === 'quota') quotaWritten(server, call.namespace, response, quotaDecided);
  else if (call.type === 'identity') identityAnswered(server, response);
  else if (call.type === 'before') callBeforeAnswered(server, call.pending, response);
  else budgetAnswered(server, call, response, EVICTION);
}
