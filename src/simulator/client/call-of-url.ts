import type { ApiCall } from './api-client.ts';
import { connectOptions, queryOptions } from './query-options.ts';
import type { RequestInfo } from './request-info.ts';

const NOTHING = { group: '', version: '', plural: '' };

/** What a URL asks for by itself: a body, and a form of answer that is wanted, are added by who has them. */
export function callOfUrl(info: RequestInfo, query: URLSearchParams): ApiCall {
  if (info.type === 'path')
    return { verb: 'get', path: query.has('verbose') ? `${info.path}?verbose` : info.path, resource: NOTHING };
  const { type: _, path: further, ...asked } = info;
  const connect = further === undefined ? connectOptions(query) : { path: further };
  const isConnected = further !== undefined || info.subresource === 'log';
  return { ...asked, options: { ...queryOptions(query), ...(isConnected ? { connect } : {}) } };
}
