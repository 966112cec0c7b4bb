import type { JsonObject, JsonValue } from '../../base/json.ts';

/** One request of an API server to a webhook. Plain data, and never changes. */
export interface WebhookCall {
  /** Tells the calls of one request apart: phase, round, configuration and webhook. */
  readonly key: string;
  /** Name of the configuration. */
  readonly configuration: string;
  /** Name of the webhook in it. */
  readonly webhook: string;
  /** `clientConfig` of the webhook: a Service or a URL. */
  readonly clientConfig: JsonObject;
  /** How long the server waits; undefined where the webhook does not say. */
  readonly timeoutSeconds: number | undefined;
  /** What is sent: an AdmissionReview. */
  readonly review: JsonObject;
}

/** What came of a call. `atMs` is when, by which the answers to calls that went out together are ordered. */
export type WebhookAnswer =
  | { readonly body: JsonValue; readonly atMs: number }
  /** The words of the client's error. `isOver`: the request that is judged has itself run out of time. */
  | { readonly error: string; readonly atMs: number; readonly isOver?: true };

/** Who calls webhooks. An API server has one; a design, in which nothing runs, has none. */
export interface WebhookCaller {
  /** The uid of the review of a call: the same each time it is asked for. */
  uidFor(key: string): string;
  /** Calls all at once; the answers stand in the order of the calls. */
  call(calls: readonly WebhookCall[]): readonly WebhookAnswer[];
}
