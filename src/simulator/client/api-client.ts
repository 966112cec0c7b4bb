import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isKubernetesObject } from '../../apimachinery/object.ts';
import { formatGroupKind } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import { numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { ComponentId, Context } from '../component.ts';
import type { ApiRequest, ApiResponse, UserInfo } from '../messages.ts';

/** A request without what the client adds. */
export type ApiCall = Omit<ApiRequest, 'type' | 'id' | 'user' | 'agent' | 'retries'>;

/** What became of a call. `code` 0: nobody answered. */
export type ApiResult =
  | {
      readonly ok: true;
      readonly code: number;
      readonly object: KubernetesObject;
      readonly warnings: readonly string[];
    }
  | {
      readonly ok: false;
      readonly code: number;
      readonly reason: string;
      readonly message: string;
      /** `details` of the Status: the object and the causes. */
      readonly details?: JsonObject;
      /** Warning headers beside the refusal. */
      readonly warnings?: readonly string[];
    };

/** Who a component is to the API server, and how fast it may ask. Plain data. */
export interface ApiClient {
  readonly server: ComponentId;
  readonly user: UserInfo;
  readonly agent: string;
  /** Milliseconds that one request costs, and how many of them may be saved up; 0: no limit. */
  readonly costMs: number;
  readonly burstMs: number;
  /** When the bucket is full again. */
  fullAtMs: number;
}

export function apiClient(
  server: ComponentId,
  user: UserInfo,
  agent: string,
  limit?: { readonly qps: number; readonly burst: number },
): ApiClient {
  const costMs = limit === undefined ? 0 : Math.round(1000 / limit.qps);
  return { server, user, agent, costMs, burstMs: costMs * (limit?.burst ?? 0), fullAtMs: 0 };
}

/** Name of the timer with which a call waits for the client's own limit. */
export const THROTTLED = 'client-throttled';

/** Sends a call, now or when the client's limit lets it; gives the id that the response will carry. */
export function sendCall(client: ApiClient, call: ApiCall, context: Context): number {
  const request: ApiRequest = {
    ...call,
    type: 'request',
    id: context.next('request'),
    user: client.user,
    agent: client.agent,
  };
  const waitMs = takeToken(client, context.nowMs);
  if (waitMs === 0) sendRequest(client, request, context);
  else context.timer(waitMs, THROTTLED, request);
  return request.id;
}

/** Source: staging/src/k8s.io/client-go/rest/request.go `NewRequest`, 1.36. */
const MOST_RETRIES = 10;

/**
 * Asks again later what the server had no time for; false for any other answer, and when it was asked often enough.
 * Source: staging/src/k8s.io/client-go/rest/with_retry.go, 1.36.
 */
export function askedAgain({ code, body, request }: ApiResponse, context: Context): boolean {
  if (code !== 429 || request === undefined) return false;
  const retries = (request.retries ?? 0) + 1;
  if (retries > MOST_RETRIES) return false;
  const waitMs = (numberAt(body, 'details', 'retryAfterSeconds') ?? 1) * 1000;
  context.timer(waitMs, THROTTLED, Object.freeze({ ...request, retries }));
  return true;
}

export function sendRequest(client: ApiClient, request: ApiRequest, context: Context): void {
  context.send(client.server, request, requestDetail(request));
}

/** What the trace says of a request. */
export function requestDetail(request: ApiRequest) {
  return {
    class: 'request',
    verb: METHODS[request.verb],
    object: objectOf(request),
    ...(request.body === undefined ? {} : { body: request.body }),
    detail: { path: pathOf(request), user: request.user.name, ...headersOf(request) },
  } as const;
}

/** What is in its headers and matters: who the client says to be, how a patch is written, whether a table is wanted. */
function headersOf({ agent, options }: ApiRequest): Readonly<Record<string, string>> | undefined {
  const { patchType, asTable } = options ?? {};
  if (agent === undefined && patchType === undefined && asTable !== true) return undefined;
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(patchType === undefined ? {} : { patchType }),
    ...(asTable === true ? { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } : {}),
  };
}

/** A token bucket as one number. Source: golang.org/x/time/rate, which client-go's flow control uses. */
function takeToken(client: ApiClient, nowMs: number): number {
  if (client.costMs === 0) return 0;
  client.fullAtMs = Math.max(client.fullAtMs, nowMs) + client.costMs;
  return Math.max(0, client.fullAtMs - client.burstMs - nowMs);
}

export function resultOf({ code, body, failure, error, warnings }: ApiResponse): ApiResult {
  if (code >= 200 && code < 300 && body !== undefined)
    return { ok: true, code, object: body, warnings: warnings ?? [] };
  if (body !== undefined) {
    const [reason = '', message = ''] = [stringAt(body, 'reason'), stringAt(body, 'message')];
    const details = objectAt(body, 'details');
    return {
      ok: false,
      code,
      reason,
      message,
      ...(details === undefined ? {} : { details }),
      ...(warnings === undefined ? {} : { warnings }),
    };
  }
  const message = error ?? (failure === 'refused' ? 'connection refused' : 'context deadline exceeded');
  return { ok: false, code, reason: failure ?? '', message };
}

const METHODS = {
  get: 'GET',
  list: 'GET',
  watch: 'GET',
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
} as const;

/** The path and query of a request, as they stand in an access log. */
export function pathOf({ path, resource, namespace, name, subresource, options, verb }: ApiCall): string {
  if (path !== undefined) return path;
  const { group, version, plural } = resource;
  const parts = [group === '' ? `/api/${version}` : `/apis/${group}/${version}`];
  if (namespace !== undefined) parts.push('namespaces', namespace);
  parts.push(plural);
  if (name !== undefined && verb !== 'create') parts.push(name);
  else if (name !== undefined && subresource !== undefined) parts.push(name);
  if (subresource !== undefined) parts.push(subresource + (options?.connect?.path ?? ''));
  if (options === undefined && verb !== 'watch') return parts.join('/');
  const query = [
    ...(verb === 'watch' ? ['watch=true'] : []),
    ...QUERY.flatMap((key) => (options?.[key] === undefined ? [] : [`${key}=${String(options[key])}`])),
    ...(options?.dryRun === true ? ['dryRun=All'] : []),
  ];
  return parts.join('/') + (query.length > 0 ? `?${query.join('&')}` : '');
}

const QUERY = [
  'fieldManager',
  'fieldValidation',
  'labelSelector',
  'fieldSelector',
  'metricLabelSelector',
  'limit',
  'continue',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'allowWatchBookmarks',
  'force',
] as const;

function objectOf({ resource, namespace, name, body }: ApiRequest): string {
  const kind = isKubernetesObject(body) ? body.kind : formatGroupKind({ group: resource.group, kind: resource.plural });
  const named = name ?? (isKubernetesObject(body) ? stringAt(body, 'metadata', 'name') : undefined);
  return [kind, namespace ?? '', named ?? ''].join('/');
}
