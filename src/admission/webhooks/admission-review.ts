import { formatApiVersion, parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import { objectInVersion } from '../../kinds/equivalent-versions.ts';
import { textOfBase64 } from '../../kinds/shared/base64-text.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, booleanAt, objectAt, stringAt } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { RequestForm } from '../policies/policy-request.ts';
import { requestVariable } from '../policies/policy-request.ts';
import type { Webhook } from './webhook-hooks.ts';

const GROUP = 'admission.k8s.io';
const KNOWN_VERSIONS = ['v1', 'v1beta1'];

/**
 * The review that a webhook is sent, in the first version of those it takes that the server knows; undefined where there is none.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/request/admissionreview.go `CreateAdmissionObjects`, 1.36.2.
 */
export function admissionReview(
  { spec }: Webhook,
  uid: string,
  request: AdmissionRequest,
  form: RequestForm,
  { kinds }: ClusterView,
): JsonObject | undefined {
  const version = arrayAt(spec, 'admissionReviewVersions')
    .map(String)
    .find((one) => KNOWN_VERSIONS.includes(one));
  if (version === undefined) return undefined;
  const inForm = (object: KubernetesObject | undefined): JsonObject | null =>
    object === undefined ? null : objectInVersion(object, form.kind, kinds);
  return Object.freeze({
    kind: 'AdmissionReview',
    apiVersion: formatApiVersion(GROUP, version),
    request: Object.freeze({
      ...requestVariable(request, form),
      uid,
      object: inForm(request.object),
      oldObject: inForm(request.oldObject),
    }),
  });
}

/** What a webhook has said. */
export interface ReviewResponse {
  readonly isAllowed: boolean;
  /** A JSON patch as text; '' for none. */
  readonly patch: string;
  readonly patchType: string;
  /** The Status of a refusal. */
  readonly result: JsonObject | undefined;
  readonly warnings: readonly string[];
  readonly auditAnnotations: Readonly<Record<string, string>>;
}

/**
 * Reads the answer to a review; words where it is none.
 * Source: request/admissionreview.go `VerifyAdmissionResponse`, 1.36.2.
 */
export function readResponse(body: JsonValue, asked: JsonObject, isMutating: boolean): ReviewResponse | string {
  const response = objectAt(body, 'response');
  if (response === undefined) return 'webhook response was absent';
  const patch = textOfBase64(stringAt(response, 'patch') ?? '');
  const patchType = stringAt(response, 'patchType');
  const isFirst = stringAt(asked, 'apiVersion') === formatApiVersion(GROUP, 'v1');
  if (isFirst) {
    const wrong = wrongUid(response, asked) ?? wrongKind(body) ?? wrongPatch(patch, patchType, isMutating);
    if (wrong !== undefined) return wrong;
  }
  return {
    isAllowed: booleanAt(response, 'allowed') === true,
    patch: isMutating ? patch : '',
    patchType: isFirst ? (patchType ?? '') : 'JSONPatch',
    result: objectAt(response, 'status'),
    warnings: arrayAt(response, 'warnings').map(String),
    auditAnnotations: Object.fromEntries(
      Object.entries(objectAt(response, 'auditAnnotations') ?? {}).map(([key, value]) => [key, String(value)]),
    ),
  };
}

function wrongUid(response: JsonObject, asked: JsonObject): string | undefined {
  const [wanted, got] = [stringAt(asked, 'request', 'uid') ?? '', stringAt(response, 'uid') ?? ''];
  return wanted === got ? undefined : `expected response.uid="${wanted}", got "${got}"`;
}

function wrongKind(body: JsonValue): string | undefined {
  const review = asObject(body) ?? {};
  const { group, version } = parseApiVersion(stringAt(review, 'apiVersion') ?? '');
  const kind = stringAt(review, 'kind') ?? '';
  if (group === GROUP && version === 'v1' && kind === 'AdmissionReview') return undefined;
  return `expected webhook response of ${GROUP}/v1, Kind=AdmissionReview, got ${group}/${version}, Kind=${kind}`;
}

function wrongPatch(patch: string, patchType: string | undefined, isMutating: boolean): string | undefined {
  if (!isMutating) {
    if (patch !== '') return 'validating webhook may not return response.patch';
    return patchType === undefined ? undefined : 'validating webhook may not return response.patchType';
  }
  if (patch !== '' && patchType === undefined) return 'webhook returned response.patch but not response.patchType';
  if (patch === '' && patchType !== undefined) return 'webhook returned response.patchType but not response.patch';
  return patchType === '' ? 'webhook returned invalid response.patchType of ""' : undefined;
}
