import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { ApiResponse } from '../../messages.ts';
import { isDryRun } from '../dry-run.ts';
import { askItself } from '../loopback.ts';
import type { Pending, Server } from '../state.ts';
import { refusalIn } from '../status.ts';
import type { Refusal } from '../status.ts';
import { SEVERAL_BUDGETS, budgetsOf, decremented, isUnguarded, stillProcessed, whyNot } from './budget.ts';

/** How far an eviction has come. Never changes. */
export interface Eviction {
  /** `look`: at the Pod and its budgets; `mark`: it may go and is told why; `delete`. */
  readonly step: 'look' | 'mark' | 'delete';
  /** The Pod that was looked at must still be that one: a Pod that was not ready may have become so. */
  readonly podVersion?: string;
  readonly budget?: string;
}

/** The server has asked itself for budgets. Never changes. */
export interface OwnBudgetCall {
  /** `list` and `get` read; `update` takes one disruption. */
  readonly type: 'list' | 'get' | 'update';
  readonly pending: Pending;
  readonly pod: KubernetesObject;
  readonly budget?: string;
  /** How often it was tried before. */
  readonly attempt: number;
}

/** What becomes of the eviction when the budget has been asked. */
export interface Decided {
  allowed(server: Server, pending: Pending): void;
  refused(server: Server, pending: Pending, refusal: Refusal): void;
}

/** Source: eviction.go `EvictionsRetry`, 1.36: 20 steps of 500 ms, and up to a tenth of that more. */
export const RETRY_MS = 500;
const MOST_ATTEMPTS = 20;
/** Name of the timer with which an eviction tries again. */
export const EVICT_AGAIN = 'evict-again';

const BUDGETS = { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets' } as const;

/** Reads the budgets of a Pod's namespace; one that covers the Pod has to let it go. */
export function askBudgets(server: Server, pending: Pending, pod: KubernetesObject): void {
  const call: ApiCall = { verb: 'list', resource: BUDGETS, namespace: namespaceOf(pod) ?? '' };
  askItself(server, call, { type: 'list', pending, pod, attempt: 0 });
}

/** The server has answered itself about budgets. */
export function budgetAnswered(server: Server, call: OwnBudgetCall, response: ApiResponse, then: Decided): void {
  const { pending, pod } = call;
  const refusal = refusalIn(response);
  const { body } = response;
  if (call.type === 'update') {
    if (refusal === undefined) then.allowed(server, marking(pending, call.budget));
    else if (refusal.reason !== 'Conflict' || call.attempt + 1 >= MOST_ATTEMPTS) then.refused(server, pending, refusal);
    else readAgain(server, call);
    return;
  }
  if (refusal !== undefined) return then.refused(server, pending, refusal);
  if (call.type === 'get') return body === undefined ? undefined : askBudget(server, call, body, then);
  const items = arrayAt(body, 'items').filter((item) => isKubernetesObject(item));
  const [budget, ...others] = budgetsOf(pod, items);
  if (others.length > 0) return then.refused(server, pending, SEVERAL_BUDGETS);
  if (budget === undefined) return then.allowed(server, marking(pending, undefined));
  if (isUnguarded(pod, budget)) {
    const podVersion = stringAt(pod, 'metadata', 'resourceVersion') ?? '';
    return then.allowed(server, marking(pending, nameOf(budget), podVersion));
  }
  askBudget(server, call, budget, then);
}

function marking(pending: Pending, budget: string | undefined, podVersion?: string): Pending {
  return {
    ...pending,
    eviction: {
      step: 'mark',
      ...(budget === undefined ? {} : { budget }),
      ...(podVersion === undefined ? {} : { podVersion }),
    },
  };
}

/** Takes one disruption from a budget, where it has one. */
function askBudget(server: Server, call: OwnBudgetCall, budget: KubernetesObject, then: Decided): void {
  const { pending, pod, attempt } = call;
  const refusal = whyNot(budget);
  if (refusal !== undefined) return then.refused(server, pending, refusal);
  const name = nameOf(budget);
  if (isDryRun(pending.request)) return then.allowed(server, marking(pending, name));
  const body = decremented(budget, pod, timeOf(server.context.nowMs));
  askItself(
    server,
    { verb: 'update', resource: BUDGETS, namespace: namespaceOf(pod) ?? '', name, subresource: 'status', body },
    { type: 'update', pending, pod, budget: name, attempt },
  );
}

/** Another was quicker: the budget is read anew after a while. */
function readAgain(server: Server, call: OwnBudgetCall): void {
  const again: OwnBudgetCall = Object.freeze({ ...call, type: 'get', attempt: call.attempt + 1 });
  server.context.timer(retryDelayMs(server), EVICT_AGAIN, again);
}

/** Half a second and a little. */
export function retryDelayMs({ context }: Server): number {
  return RETRY_MS + context.random.integer(`eviction/${context.next('eviction')}`, 0, RETRY_MS / 10);
}

/** The budget is read anew. */
export function readBudget(server: Server, call: OwnBudgetCall): void {
  const namespace = namespaceOf(call.pod) ?? '';
  askItself(server, { verb: 'get', resource: BUDGETS, namespace, name: call.budget ?? '' }, call);
}

/** A Pod that was let go because it was not ready, and has changed since: clients are to ask again. */
export function changedSince({ eviction }: Pending, { code, reason }: Refusal): Refusal | undefined {
  if (eviction?.podVersion === undefined || code !== 409 || reason !== 'Conflict') return undefined;
  return stillProcessed(eviction.budget ?? '');
}
