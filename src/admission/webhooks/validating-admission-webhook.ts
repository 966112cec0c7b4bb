import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { Answer, Refusal } from '../answer.ts';
import { isRefusal } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { Outcome } from './ask-webhook.ts';
import { callFor, internalError, outcomeOf, refusalOfWebhook } from './ask-webhook.ts';
import { shouldCall } from './should-call.ts';
import type { WebhookCall } from './webhook-call.ts';
import type { Webhook } from './webhook-hooks.ts';
import { VALIDATING_CONFIGURATION, isExempt, webhooksOf } from './webhook-hooks.ts';
import { WebhookSaid } from './webhook-said.ts';

/** Source: webhook/validating/dispatcher.go. */
const FAILED_OPEN = 'failed-open.validating.webhook.admission.k8s.io/';

/**
 * Asks all validating webhooks at once; the first that says no refuses the request.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/validating/dispatcher.go `Dispatch`, 1.36.2.
 */
export const validatingAdmissionWebhook: AdmissionPlugin = {
  name: 'ValidatingAdmissionWebhook',
  operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
  validate(request, cluster): Answer {
    if (cluster.webhooks === undefined || isExempt(request)) return undefined;
    const asked: Asked[] = [];
    for (const webhook of webhooksOf(VALIDATING_CONFIGURATION, cluster)) {
      const form = shouldCall(webhook, request, cluster);
      if (form === undefined) continue;
      if (isRefusal(form)) return form;
      asked.push({ webhook, call: callFor(webhook, request, form, cluster, `validating/${webhook.uid}`) });
    }
    if (asked.length === 0) return undefined;
    const said = new WebhookSaid();
    const refusal = firstRefusal(outcomesOf(asked, cluster), said);
    return refusal === undefined ? said : { ...refusal, ...said };
  },
};

interface Asked {
  readonly webhook: Webhook;
  readonly call: WebhookCall | Outcome;
}

interface Told {
  readonly webhook: Webhook;
  readonly outcome: Outcome;
  readonly atMs: number;
}

function outcomesOf(asked: readonly Asked[], cluster: ClusterView): readonly Told[] {
  const calls = asked.flatMap(({ call }) => ('key' in call ? [call] : []));
  const answers = calls.length === 0 ? [] : cluster.webhooks!.call(calls);
  return asked.map(({ webhook, call }) => {
    if (!('key' in call)) return { webhook, outcome: call, atMs: -1 };
    const answer = answers[calls.indexOf(call)]!;
    return { webhook, outcome: outcomeOf(call, answer, false), atMs: answer.atMs };
  });
}

/** Of several that say no the one that was heard first is told. */
function firstRefusal(told: readonly Told[], said: WebhookSaid): Refusal | undefined {
  const refusals: { readonly atMs: number; readonly refusal: Refusal }[] = [];
  for (const [index, { webhook, outcome, atMs }] of told.entries()) {
    if (outcome.type === 'answered') {
      said.hear(webhook.name, outcome.response);
      const { isAllowed, result } = outcome.response;
      if (!isAllowed) refusals.push({ atMs, refusal: refusalOfWebhook(webhook.name, result) });
    } else if (outcome.type === 'refused') refusals.push({ atMs, refusal: outcome.refusal });
    else if (webhook.isIgnored) said.annotate(`${FAILED_OPEN}round_0_index_${index}`, webhook.name);
    else refusals.push({ atMs, refusal: internalError(outcome.words) });
  }
  return refusals.toSorted((a, b) => a.atMs - b.atMs)[0]?.refusal;
}
