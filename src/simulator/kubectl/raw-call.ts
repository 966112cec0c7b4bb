import type { ApiCall } from '../client/api-client.ts';
import { callOfUrl } from '../client/call-of-url.ts';
import { requestInfo } from '../client/request-info.ts';

/** The GET of a path as it stands in a URL, with its query: `/api/v1/namespaces/shop/pods?limit=5`. */
export function rawCall(path: string): ApiCall {
  const url = new URL(path, 'https://localhost');
  return callOfUrl(requestInfo('GET', url)!, url.searchParams);
}
