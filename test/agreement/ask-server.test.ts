import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askServer } from './ask-server.ts';

/** A stand-in for an API server: remembers what it is asked, accepts, and refuses what is called `bad`. */
const asked: string[] = [];
let server: Server;
let folder: string;

beforeEach(async () => {
  asked.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'agreement-'));
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      const bad = body.includes('"bad"');
      const accepted = request.method === 'POST' ? 201 : 200;
      response.writeHead(bad ? 422 : accepted, { 'content-type': 'application/json' });
      response.end(
        bad ? REFUSAL : body === '' ? '{}' : body.replace('"metadata":{', '"metadata":{"resourceVersion":"7",'),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  writeFileSync(
    join(folder, 'config'),
    `apiVersion: v1
kind: Config
current-context: here
contexts: [{name: here, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "http://127.0.0.1:${(server.address() as AddressInfo).port}"}}]
users: [{name: u, user: {token: letmein}}]
`,
  );
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const REFUSAL = JSON.stringify({
  kind: 'Status',
  code: 422,
  reason: 'Invalid',
  message: 'ConfigMap "bad" is invalid: metadata.name: Invalid value: "bad": no',
  details: { causes: [{ field: 'metadata.name', reason: 'FieldValueInvalid', message: 'Invalid value: "bad": no' }] },
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const settings = (name: string, more: object = {}): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, ...more });

describe('asking a real API server', () => {
  it('sends dry runs with strict validation, after the namespaces they need, and reads the answers', async () => {
    const path = file(
      'cases.ndjson',
      `{"id":"good","object":${settings('good')}}\n{"id":"bad","object":${settings('bad')}}\n`,
    );
    const cases = await askServer(join(folder, 'config'), [path]);
    expect(asked).toEqual([
      'POST /api/v1/namespaces Bearer letmein',
      'POST /api/v1/namespaces/shop/configmaps?dryRun=All&fieldValidation=Strict Bearer letmein',
      'POST /api/v1/namespaces/shop/configmaps?dryRun=All&fieldValidation=Strict Bearer letmein',
      'DELETE /api/v1/namespaces/shop Bearer letmein',
    ]);
    expect(cases.map(({ id, answer }) => [id, answer.accepted, answer.code])).toEqual([
      ['good', true, 201],
      ['bad', false, 422],
    ]);
    expect(cases[1]!.answer.causes).toEqual([
      { field: 'metadata.name', reason: 'FieldValueInvalid', message: 'Invalid value: "bad": no' },
    ]);
  });

  it('makes the old object of an update, updates it as a dry run, and deletes it', async () => {
    const path = file(
      'cases.ndjson',
      `{"id":"u","object":${settings('x', { data: { a: 'b' } })},"old":${settings('x')}}\n`,
    );
    const [one] = await askServer(join(folder, 'config'), [path]);
    expect(asked.slice(1, 4).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'POST /api/v1/namespaces/shop/configmaps',
      'PUT /api/v1/namespaces/shop/configmaps/x?dryRun=All&fieldValidation=Strict',
      'DELETE /api/v1/namespaces/shop/configmaps/x',
    ]);
    expect(one).toMatchObject({ op: 'update', answer: { accepted: true, code: 200 } });
    expect(one!.answer.stored).toMatchObject({ metadata: { resourceVersion: '7' } });
  });

  it('reads files of manifests too', async () => {
    const path = file('web.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n---\na: 1\n');
    const cases = await askServer(join(folder, 'config'), [path]);
    expect(cases.map(({ object }) => object.kind)).toEqual(['Deployment']);
    expect(asked[0]).toContain('POST /apis/apps/v1/namespaces/default/deployments?dryRun=All');
  });
});
