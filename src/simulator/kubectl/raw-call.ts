import type { ApiCall } from '../client/api-client.ts';
import { connectOptions, queryOptions } from '../client/query-options.ts';
import { requestInfo } from '../client/request-info.ts';

const NOTHING = { group: '', version: '', plural: '' };

/** The GET of a path as it stands in a URL, with its query: `/api/v1/namespaces/shop/pods?limit=5`. */
export function rawCall(path: string): ApiCall {
  const url = new URL(path, 'https://localhost');
  const info = requestInfo('GET', url)!;
  const query = url.searchParams;
  if (info.type === 'path')
    return { verb: 'get', path: query.has('verbose') ? `${info.path}?verbose` : info.path, resource: NOTHING };
  const { type: _, path: further, ...asked } = info;
  const connect = further === undefined ? connectOptions(query) : { path: further };
  const isConnected = further !== undefined || info.subresource === 'log';
  return { ...asked, options: { ...queryOptions(query), ...(isConnected ? { connect } : {}) } };
}
