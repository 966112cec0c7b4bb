import type { TraceDetail } from '../kernel/trace.ts';

/** How a request to a server that is no API server stands in the trace; its method is `GET /metrics/resource`. */
export function askedByHttp(method: string, path = method.slice(method.indexOf(' ') + 1)): TraceDetail {
  return { class: 'request', verb: method.slice(0, method.indexOf(' ')), detail: { path } };
}

export function answeredByHttp(code: number, detail: NonNullable<TraceDetail['detail']> = {}): TraceDetail {
  return { class: 'response', verb: String(code), detail };
}
