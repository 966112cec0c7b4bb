import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { JsonObject, JsonValue } from '../../src/base/json.ts';
import { arrayAt, asObject, booleanAt, objectAt, stringAt } from '../../src/base/json.ts';

/** What the server said: status, body and Warning headers. */
export interface Response {
  readonly code: number;
  readonly body: JsonObject;
  readonly warnings: readonly string[];
}

/** A line to an API server: one request at a time over one kept connection. */
export interface KubeClient {
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: JsonValue): Promise<Response>;
  close(): void;
}

/** Reads the current context of a kubeconfig: server, CA, and a token or client certificate. */
export function kubeClient(file: string): KubeClient {
  const config = parse(readFileSync(file, 'utf8')) as JsonObject;
  const folder = dirname(resolve(file));
  const named = (list: string, name: string | undefined): JsonObject | undefined =>
    arrayAt(config, list)
      .map(asObject)
      .find((entry) => stringAt(entry, 'name') === name);
  const context = objectAt(named('contexts', stringAt(config, 'current-context')), 'context');
  const cluster = objectAt(named('clusters', stringAt(context, 'cluster')), 'cluster');
  const user = objectAt(named('users', stringAt(context, 'user')), 'user');
  const server = stringAt(cluster, 'server');
  if (server === undefined) throw new Error(`${file}: the current context names no server`);
  const fileOrData = (owner: JsonObject | undefined, name: string): Buffer | undefined => {
    const data = stringAt(owner, `${name}-data`);
    const path = stringAt(owner, name);
    if (data !== undefined) return Buffer.from(data, 'base64');
    return path === undefined ? undefined : readFileSync(resolve(folder, path));
  };
  const token = stringAt(user, 'token') ?? readText(stringAt(user, 'tokenFile'), folder);
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    ca: fileOrData(cluster, 'certificate-authority'),
    cert: fileOrData(user, 'client-certificate'),
    key: fileOrData(user, 'client-key'),
    rejectUnauthorized: booleanAt(cluster, 'insecure-skip-tls-verify') !== true,
  });
  const base = new URL(server);
  return {
    send: (method, path, body) => send(base, agent, token, method, path, body),
    close: () => agent.destroy(),
  };
}

function readText(path: string | undefined, folder: string): string | undefined {
  return path === undefined ? undefined : readFileSync(resolve(folder, path), 'utf8').trim();
}

function send(
  base: URL,
  agent: Agent,
  token: string | undefined,
  method: string,
  path: string,
  body: JsonValue | undefined,
): Promise<Response> {
  const text = body === undefined ? undefined : JSON.stringify(body, bigints);
  const options: RequestOptions = {
    method,
    headers: {
      accept: 'application/json',
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  };
  const url = new URL(base.pathname.replace(/\/$/, '') + path, base);
  return new Promise((done, failed) => {
    const request = base.protocol === 'http:' ? httpRequest(url, options) : httpsRequest(url, { ...options, agent });
    request.on('error', failed);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () =>
        done({
          code: response.statusCode ?? 0,
          body: bodyOf(Buffer.concat(chunks)),
          warnings: warningsOf(response.rawHeaders),
        }),
      );
    });
    request.end(text);
  });
}

function bodyOf(bytes: Buffer): JsonObject {
  try {
    return asObject(JSON.parse(bytes.toString('utf8')) as JsonValue) ?? {};
  } catch {
    return { message: bytes.toString('utf8') };
  }
}

/** `299 - "text"`, one header each. Source: staging/src/k8s.io/apimachinery/pkg/util/net/http.go `NewWarningHeader`, 1.36. */
function warningsOf(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.flatMap((name, index) => {
    if (index % 2 !== 0 || name.toLowerCase() !== 'warning') return [];
    const text = /^\d{3} \S+ "(.*)"$/s.exec(rawHeaders[index + 1] ?? '')?.[1];
    if (text === undefined) return [];
    const unquoted = text.replace(/\\(.)/gs, '$1');
    return [Buffer.from(unquoted, 'latin1').toString('utf8')];
  });
}

/** Whole numbers beyond 2^53 go out as they were written. */
function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
