import type { ApiResult } from '../client/api-client.ts';
import { refusalText } from './resources.ts';

/**
 * Why a stream both ways was not opened: a refusal of the API server in its own words, what the kubelet says as text.
 * Source: staging/src/k8s.io/client-go/transport/spdy/spdy.go `NewConnection`, 1.36.
 */
export function streamError(failure: ApiResult & { readonly ok: false }): string {
  const { code, reason, message } = failure;
  if (code === 0 && reason === 'refused') return 'error: unexpected EOF';
  return code > 0 && reason === '' ? `error: unable to upgrade connection: ${message}` : refusalText(failure);
}
