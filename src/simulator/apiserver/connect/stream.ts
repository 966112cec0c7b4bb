import type { KubernetesObject } from '../../../apimachinery/object.ts';

/** What a stream or a proxied request brought, as one body; no kind of the API. */
export function streamOf(text: string, exitCode = 0): KubernetesObject {
  return Object.freeze({ apiVersion: 'v1', kind: 'Stream', text, exitCode });
}

/** What is answered instead of a stream by somebody who sends no Status: text that the client tells in its own words. */
export function noStream(message: string): KubernetesObject {
  return Object.freeze({ apiVersion: 'v1', kind: 'Stream', text: message, message });
}
