import { isRefusal as isAnswerRefusal } from '../../../admission/answer.ts';
import { RESOURCE_QUOTA } from '../../../admission/quota/check-request.ts';
import { chargeQuotas } from '../../../admission/quota/resource-quota.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { resourceListOf, sameResources } from '../../../apimachinery/resource-list.ts';
import { valueAt } from '../../../base/json.ts';
import type { ApiResponse } from '../../messages.ts';
import { letThrough, told } from '../admission.ts';
import type { QuotaQuestion } from '../admission.ts';
import { clusterViewOf } from '../cluster-view.ts';
import { askItself } from '../loopback.ts';
import type { Pending, Server } from '../state.ts';
import { internalError, refusalIn } from '../status.ts';
import type { Refusal } from '../status.ts';

/** Requests of one namespace that are judged together against its quotas. */
export interface QuotaBatch {
  readonly waiters: QuotaWaiter[];
  /** Those that came while the batch was under way. */
  readonly next: QuotaWaiter[];
  /** Quotas with what is used then, still to be written; the first is on its way. */
  left: readonly KubernetesObject[];
  /** Names of quotas that could not be written. */
  failed: readonly string[];
  lastRefusal: Refusal | undefined;
  retriesLeft: number;
}

export interface QuotaWaiter {
  readonly number: number;
  readonly question: QuotaQuestion;
  /** Undefined once nobody waits any more. */
  pending: Pending | undefined;
  /** Undefined while the quotas that the request uses are not written. */
  verdict: Refusal | 'allowed' | undefined;
}

/** What becomes of a request when its quotas have been asked. */
type Decide = (server: Server, pending: Pending, refusal: Refusal | undefined) => void;

/** Source: `checkAttributes`. */
const RETRIES = 3;
/** Name of the timer after which a request has waited too long for its quotas. */
export const QUOTA_TIMEOUT = 'quota-timeout';
/** Source: `Evaluate`. */
const TIMEOUT_MS = 10_000;

/**
 * Quotas are written before what uses them is: a request waits until they are. The requests of a namespace that come
 * meanwhile are judged together, one after another, and what they use is written at once.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go `quotaEvaluator`, 1.36.
 */
export function askQuotas(server: Server, pending: Pending, question: QuotaQuestion, decide: Decide): void {
  const { state, context } = server;
  const { namespace } = question;
  const waiter: QuotaWaiter = { number: context.next('quota'), question, pending, verdict: undefined };
  context.timer(TIMEOUT_MS, QUOTA_TIMEOUT, { namespace, number: waiter.number }, { periodic: true });
  const batch = state.quotaBatches.get(namespace);
  if (batch !== undefined) batch.next.push(waiter);
  else begin(server, namespace, [waiter], decide);
}

function begin(server: Server, namespace: string, waiters: QuotaWaiter[], decide: Decide): void {
  const batch: QuotaBatch = {
    waiters,
    next: [],
    left: [],
    failed: [],
    lastRefusal: undefined,
    retriesLeft: RETRIES,
  };
  server.state.quotaBatches.set(namespace, batch);
  check(server, namespace, batch, quotasOf(server, namespace), decide);
}

/** The quotas of a namespace; as this server has written them where its cache is behind. Source: resource_access.go. */
function quotasOf(server: Server, namespace: string): readonly KubernetesObject[] {
  const { writtenQuotas } = server.state;
  return clusterViewOf(server)
    .list(RESOURCE_QUOTA, namespace)
    .map((quota) => {
      const key = `${namespace}/${nameOf(quota)}`;
      const written = writtenQuotas.get(key);
      if (written === undefined) return quota;
      if (revisionOf(quota) < revisionOf(written)) return written;
      writtenQuotas.delete(key);
      return quota;
    });
}

function revisionOf(object: KubernetesObject): number {
  return Number(valueAt(object, 'metadata', 'resourceVersion') ?? 0);
}

/** Source: `checkQuotas`. */
function check(
  server: Server,
  namespace: string,
  batch: QuotaBatch,
  quotas: readonly KubernetesObject[],
  decide: Decide,
): void {
  const view = clusterViewOf(server);
  let running = quotas;
  for (const waiter of batch.waiters) {
    const request = { ...waiter.question, generateName: (prefix: string) => prefix };
    const answer = chargeQuotas(request, view, running);
    if (isAnswerRefusal(answer)) {
      const { code, reason, message, details } = answer;
      waiter.verdict = { code, reason, message, details };
      continue;
    }
    const charged = new Map((answer?.writes ?? []).map((quota) => [nameOf(quota), quota]));
    if (charged.size === 0) waiter.verdict = 'allowed';
    running = running.map((quota) => charged.get(nameOf(quota)) ?? quota);
  }
  batch.left = running.filter((quota, index) => !hasSameUse(quota, quotas[index]));
  batch.failed = [];
  writeNext(server, namespace, batch, decide);
}

function hasSameUse(quota: KubernetesObject, before: KubernetesObject | undefined): boolean {
  const [now, then] = [quota, before].map((one) => resourceListOf(valueAt(one, 'status', 'used')));
  return quota === before || sameResources(now!, then!);
}

function writeNext(server: Server, namespace: string, batch: QuotaBatch, decide: Decide): void {
  const [quota] = batch.left;
  if (quota !== undefined)
    return askItself(
      server,
      {
        verb: 'update',
        resource: { group: '', version: 'v1', plural: 'resourcequotas' },
        namespace,
        name: nameOf(quota),
        subresource: 'status',
        body: quota,
      },
      { type: 'quota', namespace },
    );
  if (batch.failed.length > 0 && batch.retriesLeft > 0) {
    batch.retriesLeft--;
    const again = quotasOf(server, namespace).filter((one) => batch.failed.includes(nameOf(one)));
    return check(server, namespace, batch, again, decide);
  }
  const last = batch.failed.length === 0 ? 'allowed' : batch.lastRefusal;
  server.state.quotaBatches.delete(namespace);
  const { waiters, next } = batch;
  for (const [index, { pending, verdict = last }] of waiters.entries())
    if (pending !== undefined) finish(server, pending, verdict, index === 0, decide);
  if (next.length > 0) begin(server, namespace, next, decide);
}

/** The first of a batch goes on because its quotas are written; the others because they were asked for with it. */
function finish(
  server: Server,
  pending: Pending,
  verdict: QuotaWaiter['verdict'],
  isFirst: boolean,
  decide: Decide,
): void {
  const { context } = server;
  const { cause } = context;
  if (!isFirst) context.cause = pending.cause;
  if (verdict === 'allowed' || verdict === undefined) {
    letThrough(server);
    decide(server, pending, undefined);
  } else decide(server, pending, told(server, 'validatingAdmission', 'ResourceQuota', verdict));
  context.cause = cause;
}

/** The API server has answered itself whether a quota is written. */
export function quotaWritten(server: Server, namespace: string, response: ApiResponse, decide: Decide): void {
  const { state } = server;
  const batch = state.quotaBatches.get(namespace);
  const quota = batch?.left[0];
  if (batch === undefined || quota === undefined) return;
  batch.left = batch.left.slice(1);
  const refusal = refusalIn(response);
  if (refusal !== undefined) {
    batch.failed = [...batch.failed, nameOf(quota)];
    batch.lastRefusal = refusal;
  } else if (response.body !== undefined) state.writtenQuotas.set(`${namespace}/${nameOf(quota)}`, response.body);
  writeNext(server, namespace, batch, decide);
}

/** A request has waited too long: it is refused; what it uses may be counted all the same. */
export function quotaTimedOut(server: Server, data: unknown, decide: Decide): void {
  const { namespace, number } = data as { readonly namespace: string; readonly number: number };
  const batch = server.state.quotaBatches.get(namespace);
  const waiter = [...(batch?.waiters ?? []), ...(batch?.next ?? [])].find((one) => one.number === number);
  if (waiter?.pending === undefined) return;
  const { pending } = waiter;
  waiter.pending = undefined;
  decide(server, pending, internalError('resource quota evaluation timed out'));
}
