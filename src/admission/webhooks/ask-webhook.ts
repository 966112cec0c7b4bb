import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Refusal, RefusalDetails } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { RequestForm } from '../policies/policy-request.ts';
import type { ReviewResponse } from './admission-review.ts';
import { admissionReview, readResponse } from './admission-review.ts';
import type { WebhookAnswer, WebhookCall } from './webhook-call.ts';
import type { Webhook } from './webhook-hooks.ts';

/** What came of asking a webhook. */
export type Outcome =
  | { readonly type: 'answered'; readonly response: ReviewResponse }
  /** Nobody could be asked: the webhook's failure policy says what that means. `isOver`: the request has run out of time. */
  | { readonly type: 'failed'; readonly words: string; readonly isOver?: true }
  /** The request is refused whatever the failure policy says. */
  | { readonly type: 'refused'; readonly refusal: Refusal };

/**
 * The call that asks a webhook about a request, or why there can be none.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/mutating/dispatcher.go `callAttrMutatingHook`,
 * validating/dispatcher.go `callHook` and util/webhook/client.go `hookClientConfig`, 1.36.2.
 */
export function callFor(
  webhook: Webhook,
  request: AdmissionRequest,
  form: RequestForm,
  cluster: ClusterView,
  key: string,
): WebhookCall | Outcome {
  const { spec, name, configuration } = webhook;
  const sideEffects = stringAt(spec, 'sideEffects');
  if (request.dryRun && sideEffects === undefined) return failed(name, 'Webhook SideEffects is nil');
  if (request.dryRun && sideEffects !== 'None' && sideEffects !== 'NoneOnDryRun')
    return { type: 'refused', refusal: badRequest(`admission webhook "${name}" does not support dry run`) };
  const review = admissionReview(webhook, cluster.webhooks?.uidFor(key) ?? '', request, form, cluster);
  if (review === undefined)
    return failed(
      name,
      'could not create admission objects: webhook does not accept known AdmissionReview versions (v1, v1beta1)',
    );
  const clientConfig = objectAt(spec, 'clientConfig') ?? {};
  if (objectAt(clientConfig, 'service') === undefined && stringAt(clientConfig, 'url') === undefined)
    return failed(
      name,
      `could not get REST client: ${callError(name, 'webhook configuration must have either service or URL')}`,
    );
  return {
    key,
    configuration: nameOf(configuration),
    webhook: name,
    clientConfig,
    timeoutSeconds: numberAt(spec, 'timeoutSeconds'),
    review,
  };
}

/** Reads what came of a call. */
export function outcomeOf(call: WebhookCall, answer: WebhookAnswer, isMutating: boolean): Outcome {
  if ('error' in answer) {
    const over = answer.isOver === true ? ({ isOver: true } as const) : {};
    return { ...failed(call.webhook, `failed to call webhook: ${answer.error}`), ...over };
  }
  const response = readResponse(answer.body, call.review, isMutating);
  if (typeof response === 'string') return failed(call.webhook, `received invalid webhook response: ${response}`);
  return { type: 'answered', response };
}

export function failed(webhook: string, words: string): Outcome & { readonly type: 'failed' } {
  return { type: 'failed', words: callError(webhook, words) };
}

/** Source: staging/src/k8s.io/apiserver/pkg/util/webhook/error.go `ErrCallingWebhook`, 1.36.2. */
function callError(webhook: string, words: string): string {
  return `failed calling webhook "${webhook}": ${words}`;
}

/**
 * The Status with which a webhook refuses, made fit to be one.
 * Source: webhook/errors/statuserror.go `ToStatusErr`, 1.36.2.
 */
export function refusalOfWebhook(webhook: string, result: JsonObject | undefined): Refusal {
  const denied = `admission webhook "${webhook}" denied the request`;
  const [message, reason] = [stringAt(result, 'message') ?? '', stringAt(result, 'reason') ?? ''];
  const words = message !== '' ? `: ${message}` : reason !== '' ? `: ${reason}` : ' without explanation';
  return {
    code: Math.max(numberAt(result, 'code') ?? 0, 400),
    reason,
    message: `${denied}${words}`,
    details: detailsOf(objectAt(result, 'details')),
  };
}

function detailsOf(details: JsonObject | undefined): RefusalDetails {
  const said = (field: 'name' | 'group' | 'kind'): RefusalDetails => {
    const text = stringAt(details, field);
    return text === undefined ? {} : { [field]: text };
  };
  const causes = arrayAt(details, 'causes').map((cause) => ({
    reason: stringAt(cause, 'reason') ?? '',
    message: stringAt(cause, 'message') ?? '',
    field: stringAt(cause, 'field') ?? '',
  }));
  const retryAfterSeconds = numberAt(details, 'retryAfterSeconds');
  return {
    ...said('name'),
    ...said('group'),
    ...said('kind'),
    ...(causes.length === 0 ? {} : { causes }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go `NewBadRequest`, `NewInternalError`, `NewTimeoutError`, 1.36.2. */
export function badRequest(message: string): Refusal {
  return { code: 400, reason: 'BadRequest', message, details: {} };
}

export function internalError(words: string): Refusal {
  const message = `Internal error occurred: ${words}`;
  return { code: 500, reason: 'InternalError', message, details: { causes: [{ reason: '', message: words }] } };
}

export const REQUEST_OVER: Refusal = {
  code: 504,
  reason: 'Timeout',
  message: 'Timeout: request did not complete within requested timeout',
  details: {},
};
