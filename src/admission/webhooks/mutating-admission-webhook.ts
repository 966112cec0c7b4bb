import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isKubernetesObject, nameOf } from '../../apimachinery/object.ts';
import { applyJsonPatch } from '../../apimachinery/patch/json-patch.ts';
import type { JsonValue } from '../../base/json.ts';
import { jsonEqual, stringAt } from '../../base/json.ts';
import { objectInVersion } from '../../kinds/equivalent-versions.ts';
import { decodePatchedLoosely, defaultedObject } from '../../kinds/patched-object.ts';
import { syntaxProblem } from '../../kinds/shared/validation/json-syntax.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer, Refusal } from '../answer.ts';
import { isRefusal } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { PolicyReinvocation } from '../policies/policy-reinvocation.ts';
import type { RequestForm } from '../policies/policy-request.ts';
import type { ReinvocationKey } from '../reinvocation-context.ts';
import { ReinvocationContext } from '../reinvocation-context.ts';
import type { ReviewResponse } from './admission-review.ts';
import type { Outcome } from './ask-webhook.ts';
import { REQUEST_OVER, callFor, failed, internalError, outcomeOf, refusalOfWebhook } from './ask-webhook.ts';
import { shouldCall } from './should-call.ts';
import type { Webhook } from './webhook-hooks.ts';
import { MUTATING_CONFIGURATION, isExempt, webhooksOf } from './webhook-hooks.ts';
import { WebhookSaid } from './webhook-said.ts';

/** Source: webhook/mutating/dispatcher.go. */
const PATCH = 'patch.webhook.admission.k8s.io/';
const MUTATION = 'mutation.webhook.admission.k8s.io/';
const FAILED_OPEN = `failed-open.${MUTATION}`;

/** Under which what webhooks remember of a request is kept. Source: webhook/mutating/reinvocationcontext.go, 1.36.2. */
const WEBHOOK_REINVOCATION: ReinvocationKey<PolicyReinvocation> = { make: () => new PolicyReinvocation() };

/**
 * Asks the mutating webhooks one after another, each with the object as the one before has left it.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/mutating/dispatcher.go `Dispatch`, 1.36.2.
 */
export const mutatingAdmissionWebhook: AdmissionPlugin = {
  name: 'MutatingAdmissionWebhook',
  operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
  admit(request, cluster): Answer {
    if (cluster.webhooks === undefined || isExempt(request)) return undefined;
    const webhooks = webhooksOf(MUTATING_CONFIGURATION, cluster);
    return webhooks.length === 0 ? undefined : new Mutation(request, cluster).run(webhooks);
  },
};

/** The webhooks at work on one request. */
class Mutation {
  private readonly request: AdmissionRequest;
  private readonly cluster: ClusterView;
  private readonly context: ReinvocationContext;
  private readonly reinvocation: PolicyReinvocation;
  private readonly said = new WebhookSaid();
  private object: KubernetesObject | undefined;

  constructor(request: AdmissionRequest, cluster: ClusterView) {
    this.request = request;
    this.cluster = cluster;
    this.object = request.object;
    this.context = request.reinvocation ?? new ReinvocationContext();
    this.reinvocation = this.context.valueOf(WEBHOOK_REINVOCATION);
  }

  run(webhooks: readonly Webhook[]): Answer {
    const { context, reinvocation, said, request } = this;
    if (context.isReinvoke && reinvocation.isChangedSinceLast(request.object)) reinvocation.requireInvokedAgain();
    for (const [index, webhook] of webhooks.entries()) {
      const refusal = this.ask(webhook, index);
      if (refusal !== undefined) return { ...refusal, ...said };
    }
    reinvocation.setLastOutput(this.object);
    const { object } = this;
    return object === undefined || object === request.object ? said : { ...said, object };
  }

  private ask(webhook: Webhook, index: number): Refusal | undefined {
    const { context, reinvocation, cluster, said } = this;
    const request = this.object === undefined ? this.request : { ...this.request, object: this.object };
    const form = shouldCall(webhook, request, cluster);
    if (form === undefined || isRefusal(form)) return form;
    if (context.isReinvoke && !reinvocation.shouldReinvoke(webhook.uid)) return undefined;
    const place = `round_${context.isReinvoke ? 1 : 0}_index_${index}`;
    const call = callFor(webhook, request, form, cluster, `mutating/${place}/${webhook.uid}`);
    const outcome = 'key' in call ? outcomeOf(call, cluster.webhooks!.call([call])[0]!, true) : call;
    const after = this.heard(webhook, form, outcome, place);
    const isChanged = 'isChanged' in after && after.isChanged;
    const named = { configuration: nameOf(webhook.configuration), webhook: webhook.name };
    said.annotate(`${MUTATION}${place}`, JSON.stringify({ ...named, mutated: isChanged }));
    if (isChanged) {
      reinvocation.requireInvokedAgain();
      context.shouldReinvoke = true;
    }
    if (stringAt(webhook.spec, 'reinvocationPolicy') === 'IfNeeded') reinvocation.addInvoked(webhook.uid);
    if ('isChanged' in after) return undefined;
    if (after.type === 'refused') return after.refusal;
    if (!webhook.isIgnored) return internalError(after.words);
    said.annotate(`${FAILED_OPEN}${place}`, webhook.name);
    return after.isOver === true ? REQUEST_OVER : undefined;
  }

  /** Whether the webhook changed the object; or what stands against it. */
  private heard(
    webhook: Webhook,
    form: RequestForm,
    outcome: Outcome,
    place: string,
  ): { readonly isChanged: boolean } | Exclude<Outcome, { type: 'answered' }> {
    if (outcome.type !== 'answered') return outcome;
    const { name, configuration } = webhook;
    const { response } = outcome;
    this.said.hear(name, response);
    if (!response.isAllowed) return { type: 'refused', refusal: refusalOfWebhook(name, response.result) };
    const operations = operationsOf(response);
    if (typeof operations === 'string')
      return failed(name, `received undecodable patch in webhook response: ${operations}`);
    if (operations.length === 0) return { isChanged: false };
    const { object } = this;
    if (object === undefined)
      return refused(
        `admission webhook "${name}" attempted to modify the object, which is not supported for this operation`,
      );
    if (response.patchType !== 'JSONPatch') return failed(name, `unsupported patch type "${response.patchType}"`);
    const patched = patchedObject(object, form, operations, this.cluster);
    if (typeof patched === 'string') return refused(patched);
    const patch = { configuration: nameOf(configuration), webhook: name, patch: operations, patchType: 'JSONPatch' };
    this.said.annotate(`${PATCH}${place}`, JSON.stringify(patch));
    this.object = patched.object;
    return { isChanged: patched.isChanged };
  }
}

function refused(words: string): Outcome & { readonly type: 'refused' } {
  return { type: 'refused', refusal: internalError(words) };
}

function operationsOf({ patch }: ReviewResponse): readonly JsonValue[] | string {
  if (patch === '') return [];
  try {
    const operations: unknown = JSON.parse(patch);
    return Array.isArray(operations)
      ? (operations as readonly JsonValue[])
      : 'json: cannot unmarshal object into Go value of type jsonpatch.Patch';
  } catch {
    return syntaxProblem(patch.trim());
  }
}

/** The object after a patch that was written for it in the version that the webhook saw; the words of an error. */
function patchedObject(
  object: KubernetesObject,
  { kind }: RequestForm,
  operations: readonly JsonValue[],
  { kinds }: ClusterView,
): { readonly object: KubernetesObject; readonly isChanged: boolean } | string {
  const shown = objectInVersion(object, kind, kinds);
  const patched = applyJsonPatch(shown, operations);
  if (!patched.ok) return patched.message;
  if (!isKubernetesObject(patched.value)) return "Object 'Kind' is missing in the patched object";
  const decoded = decodePatchedLoosely(patched.value, kinds);
  if (!decoded.ok) return decoded.message;
  return {
    object: defaultedObject(decoded.object, kinds),
    isChanged: !jsonEqual(decoded.object, shown),
  };
}
