import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import type { Behaviour, ReviewAnswer } from './behaviour.ts';
import { isWithin } from './behaviour.ts';
import { isLike } from './behaviour-of.ts';
import { conversionAnswer, convertedReview } from './conversion-answer.ts';

/** A review on its way, with what its receiver is called. */
export interface AskedReview {
  /** Name of the webhook. */
  readonly webhook: string;
  /** `namespace/name` of its Service, or its URL. */
  readonly service?: string;
  readonly url?: string;
  /** An AdmissionReview or ConversionReview with its request. */
  readonly review: JsonObject;
}

/** What comes back: nobody listens, or an HTTP status, with a review where it is 200. */
export type Reviewed =
  | { readonly isDown: true }
  | { readonly isDown: false; readonly code: number; readonly body?: JsonObject; readonly takesMs: number };

/** What a webhook answers to a review: as the first behaviour says whose `match` fits it, and that the request may pass where none does. */
export function answerReview(behaviours: readonly Behaviour[], asked: AskedReview, nowMs: number): Reviewed {
  const { review } = asked;
  const { reviews = [], conversions = [] } = behaviours.find(({ match }) => isOf(match, asked)) ?? {};
  if (stringAt(review, 'kind') === 'ConversionReview') {
    const answer = conversionAnswer(conversions, review, nowMs);
    return reviewed(answer, () => convertedReview(answer, review));
  }
  const answer = reviews.find((one) => isWithin(one, nowMs) && isAbout(one, review)) ?? {};
  return reviewed(answer, () => reviewWith(answer, review));
}

function reviewed(
  { takesMs = 0, down = false, code }: Pick<ReviewAnswer, 'takesMs' | 'down' | 'code'>,
  body: () => JsonObject,
): Reviewed {
  if (down) return { isDown: true };
  if (code !== undefined && code >= 300) return { isDown: false, code, takesMs };
  return { isDown: false, code: 200, body: body(), takesMs };
}

function isOf({ webhook, service, url }: Behaviour['match'], asked: AskedReview): boolean {
  if (webhook === undefined && service === undefined && url === undefined) return false;
  const fits = (pattern: string | undefined, text = ''): boolean => pattern === undefined || isLike(text, pattern);
  return fits(webhook, asked.webhook) && fits(service, asked.service) && fits(url, asked.url);
}

function isAbout({ of = {} }: ReviewAnswer, review: JsonObject): boolean {
  const { kinds, operations, namespace, name } = of;
  const said = (...path: readonly string[]): string => stringAt(review, 'request', ...path) ?? '';
  if (kinds !== undefined && !kinds.includes(said('kind', 'kind'))) return false;
  if (operations !== undefined && !operations.includes(said('operation'))) return false;
  if (namespace !== undefined && namespace !== said('namespace')) return false;
  return name === undefined || isLike(said('name') || said('object', 'metadata', 'generateName'), name);
}

function reviewWith(answer: ReviewAnswer, review: JsonObject): JsonObject {
  const { allowed = true, status, patch = [], warnings = [], auditAnnotations } = answer;
  return Object.freeze({
    kind: 'AdmissionReview',
    apiVersion: stringAt(review, 'apiVersion') ?? '',
    response: Object.freeze({
      uid: stringAt(review, 'request', 'uid') ?? '',
      allowed,
      ...(status === undefined ? {} : { status: { ...status } }),
      ...(patch.length === 0 ? {} : { patchType: 'JSONPatch', patch: base64(JSON.stringify(patch)) }),
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(auditAnnotations === undefined ? {} : { auditAnnotations: { ...auditAnnotations } }),
    }),
  });
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
