import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { numberAt, stringAt } from '../base/json.ts';
import { statusOf } from '../simulator/apiserver/status.ts';
import type { ApiCall } from '../simulator/client/api-client.ts';
import type { Heard } from '../simulator/client/client-component.ts';
import type { RequestOptions, UserInfo } from '../simulator/messages.ts';
import { wantedForm } from './accept.ts';
import { answerOpenApi } from './answer-openapi.ts';
import type { Wanted } from './accept.ts';
import type { ServerCertificate } from './authority.ts';
import { Channels } from './channels.ts';
import { discoveryBehind } from './openapi-paths.ts';
import { actingUser } from './impersonation.ts';
import { BodyError, readBody } from './read-body.ts';
import { requestInfo } from '../simulator/client/request-info.ts';
import type { RequestInfo } from '../simulator/client/request-info.ts';
import { callOfUrl } from '../simulator/client/call-of-url.ts';
import { connectOptions } from '../simulator/client/query-options.ts';
import { PATCH_CONTENT_TYPES, deleteOptions, patchTypeOf } from './request-options.ts';
import { unaggregatedPage } from './unaggregated.ts';
import { metadataOf, watchLines } from './watch-lines.ts';

/** What the server asks: requests are made, and what comes of them is heard, until the client goes. */
export type Ask = (call: ApiCall, user: UserInfo, agent: string, listener: (message: Heard) => void) => () => void;

const ADMIN: UserInfo = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };
const ANONYMOUS: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
const NO_QUERY = new URLSearchParams();
const DISCOVERY_TYPE = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

const NO_RESOURCE = 'the server could not find the requested resource';
/** What the server asks of itself. */
const SERVER_AGENT = 'kube-apiserver';

/** Parts of a Pod to which a connection is opened both ways. */
const STREAMED = ['exec', 'attach', 'portforward'];
/** Those that are carried over a WebSocket. */
const CARRIED = ['exec', 'attach'];
const NOT_STREAMED = statusOf({
  code: 501,
  reason: 'NotImplemented',
  message:
    'this cluster is simulated: of connections to its containers exec and attach over a WebSocket are carried, without what is typed',
});

/** The Kubernetes API over HTTPS; everything is asked of a simulated API server, which has the last word. */
export function apiServerOver(ask: Ask, { certificate, key }: ServerCertificate, token: string): Server {
  const server = createServer({ cert: certificate, key, minVersion: 'TLSv1.2' }, (request, response) => {
    answer(ask, token, request, response).catch((error: unknown) => {
      const { code, reason, message } = bodyErrorOf(error);
      refuse(response, code, reason, message);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const channels = new Channels(request, socket, head, NOT_STREAMED);
    try {
      connectBothWays(ask, token, request, channels, (end) => socket.on('close', end));
    } catch (error) {
      const { code, reason, message } = bodyErrorOf(error);
      channels.refuse(code, statusOf({ code, reason, message }));
    }
  });
  return server;
}

/** What is not foreseen is an error of the server. */
function bodyErrorOf(error: unknown): BodyError {
  return error instanceof BodyError ? error : new BodyError(500, 'InternalError', String(error));
}

/** A connection in both directions: what is written in a container is handed on, what is typed is let go. */
function connectBothWays(
  ask: Ask,
  token: string,
  request: IncomingMessage,
  channels: Channels,
  untilClosed: (end: () => void) => void,
): void {
  const user = authenticated(request, token);
  const url = new URL(request.url ?? '/', 'https://localhost');
  const info = requestInfo(request.method ?? '', url);
  if (info?.type !== 'resource' || !CARRIED.includes(info.subresource ?? '')) return channels.refuse(501, NOT_STREAMED);
  const { type: _, ...asked } = info;
  // To open it by GET needs the right to create it. Source: feature AuthorizePodWebsocketUpgradeCreatePermission, 1.36.
  const call: ApiCall = { ...asked, verb: 'create', options: { connect: connectOptions(url.searchParams) } };
  untilClosed(ask(call, user, agentOf(request), (message) => channels.tell(message)));
}

function authenticated(request: IncomingMessage, token: string): UserInfo {
  const requestor = userOf(request.headers.authorization, token);
  if (requestor === undefined) throw new BodyError(401, 'Unauthorized', 'Unauthorized');
  return actingUser(requestor, request.headersDistinct);
}

function agentOf({ headers }: IncomingMessage): string {
  return (headers['user-agent'] ?? 'unknown').split('/')[0]!;
}

async function answer(ask: Ask, token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const user = authenticated(request, token);
  const url = new URL(request.url ?? '/', 'https://localhost');
  const info = requestInfo(request.method ?? '', url);
  if (info === undefined) return refuse(response, 405, 'MethodNotAllowed', `${request.method} is not supported`);
  const form = wantedForm(request.headers.accept);
  if (form === undefined)
    return refuse(
      response,
      406,
      'NotAcceptable',
      'only the following media types are accepted: application/json, application/yaml',
    );
  if (info.type === 'resource' && STREAMED.includes(info.subresource ?? '')) return send(response, 501, NOT_STREAMED);
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]!.trim();
  const body = await readBody(request, contentType);
  const call = info.type === 'path' ? pathCall(info.path, url) : resourceCall(info, url, form, contentType, body);
  if (call === undefined)
    return refuse(
      response,
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${PATCH_CONTENT_TYPES.join(', ')}`,
    );
  const agent = agentOf(request);
  if (info.type === 'path' && discoveryBehind(info.path) !== undefined)
    return sendOpenApi(response, url.pathname, await askOnce(ask, call, user, agent), (own) =>
      askOnce(ask, own, ADMIN, SERVER_AGENT),
    );
  const end = ask(call, user, agent, (message) => write(response, { call, form, path: url.pathname }, message));
  response.on('close', end);
}

/** The first answer to a request. */
function askOnce(ask: Ask, call: ApiCall, user: UserInfo, agent: string): Promise<KubernetesObject | undefined> {
  return new Promise((resolve) => {
    ask(call, user, agent, (message) => resolve(message.type === 'watch' ? undefined : message.body));
  });
}

async function sendOpenApi(
  response: ServerResponse,
  path: string,
  discovery: KubernetesObject | undefined,
  list: (call: ApiCall) => Promise<KubernetesObject | undefined>,
): Promise<void> {
  if (discovery?.kind !== 'APIGroupDiscoveryList')
    return send(response, numberAt(discovery, 'code') ?? 500, discovery ?? {});
  const page = await answerOpenApi(path, discovery, list);
  if (page === undefined) refuse(response, 404, 'NotFound', NO_RESOURCE);
  else send(response, 200, page);
}

/** Who has the token of this run is the administrator; who has none is nobody in particular. */
function userOf(authorization: string | undefined, token: string): UserInfo | undefined {
  if (authorization === undefined) return ANONYMOUS;
  const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? ADMIN : undefined;
}

/** Discovery is asked for whole, whatever page of it is wanted. */
function pathCall(path: string, url: URL): ApiCall {
  const [root = ''] = path.split('/').filter((part) => part !== '');
  const asked = discoveryBehind(path) ?? (root === 'api' || root === 'apis' ? `/${root}` : undefined);
  return callOfUrl({ type: 'path', path: asked ?? path }, asked === undefined ? url.searchParams : NO_QUERY);
}

function resourceCall(
  info: Extract<RequestInfo, { type: 'resource' }>,
  url: URL,
  form: Wanted,
  contentType: string,
  body: JsonValue | undefined,
): ApiCall | undefined {
  const query = url.searchParams;
  const patchType = info.verb === 'patch' ? patchTypeOf(contentType) : undefined;
  if (info.verb === 'patch' && patchType === undefined) return undefined;
  const isDelete = info.verb === 'delete' || info.verb === 'deletecollection';
  const include = query.get('includeObject');
  const asked = callOfUrl(info, query);
  const options: RequestOptions = {
    ...asked.options,
    ...(isDelete ? deleteOptions(body) : {}),
    ...(patchType === undefined ? {} : { patchType }),
    ...(form === 'table' ? { asTable: true } : {}),
    ...(include === 'Object' || include === 'None' ? { includeObject: include } : {}),
  };
  return { ...asked, options, ...(isDelete || body === undefined ? {} : { body: body as KubernetesObject }) };
}

interface Asked {
  readonly call: ApiCall;
  readonly form: Wanted;
  readonly path: string;
}

/** Hands on what the simulated server says. */
function write(response: ServerResponse, { call, form, path }: Asked, message: Heard): void {
  if (response.destroyed || response.writableEnded) return;
  if (message.type === 'watch') {
    begin(response, 200, 'application/json');
    for (const line of watchLines(call, form, message)) response.write(line);
    if (message.ended !== undefined) response.end();
    return;
  }
  const { code, body, warnings = [] } = message;
  if (body === undefined) return void response.destroy();
  // A watch that cannot begin tells so in its stream. Source: storage/cacher/cacher.go `newErrWatcher`, 1.36.
  if (call.verb === 'watch' && code === 410) {
    begin(response, 200, 'application/json');
    return void response.end(`${JSON.stringify({ type: 'ERROR', object: body })}\n`);
  }
  if (body.kind === 'Stream') {
    begin(response, code, 'text/plain');
    response.write(stringAt(body, 'text') ?? '');
    if (message.isOpen !== true) response.end();
    return;
  }
  for (const warning of warnings) response.appendHeader('Warning', `299 - ${JSON.stringify(warning)}`);
  if (code === 429) response.setHeader('Retry-After', '1');
  if (code !== 200 || call.path === undefined)
    return send(response, code, form === 'metadata' ? metadataOf(body) : body);
  sendPath(response, form, path, body);
}

function sendPath(response: ServerResponse, form: Wanted, path: string, body: KubernetesObject): void {
  if (body.kind !== 'APIGroupDiscoveryList') return send(response, 200, body);
  const isRoot = /^\/apis?\/?$/.test(path);
  if (form === 'aggregated' && isRoot) return send(response, 200, body, DISCOVERY_TYPE);
  const page = unaggregatedPage(path, body);
  if (page === undefined) return refuse(response, 404, 'NotFound', NO_RESOURCE);
  send(response, 200, page);
}

function begin(response: ServerResponse, code: number, contentType: string): void {
  if (response.headersSent) return;
  response.writeHead(code, { 'content-type': contentType, 'cache-control': 'no-cache, private' });
  response.flushHeaders();
}

function send(response: ServerResponse, code: number, body: JsonObject, contentType = 'application/json'): void {
  begin(response, code, contentType);
  response.end(`${JSON.stringify(body)}\n`);
}

function refuse(response: ServerResponse, code: number, reason: string, message: string): void {
  if (response.headersSent) return void response.destroy();
  send(response, code, statusOf({ code, reason, message }));
}
