import { readFileSync } from 'node:fs';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { EMPTY_DESIGN } from '../../design/design.ts';
import { addFiles } from '../../design/import.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { readManifest } from '../../manifest/read.ts';
import { base64urlOf } from './base64url.ts';
import { DICTIONARY_V1 } from './dictionary.ts';
import { kindOfFragment, readFragment, shareFragment } from './share-link.ts';
import { shareableFiles } from './shareable-files.ts';

const FILES = [
  { path: 'a/web.yaml', content: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n# 注释\n' },
  { path: 'b.json', content: '{"a":1}' },
];
const template = (name: string) =>
  readFileSync(new URL(`../../../templates/architectures/${name}/design.yaml`, import.meta.url), 'utf8');
const design = (text: string) => addFiles(EMPTY_DESIGN, [readManifest('design.yaml', text)], BUILT_IN_KINDS);

const NAMES = ['frontend', 'cart', 'checkout', 'currency', 'email', 'payment', 'catalog', 'ads', 'shipping', 'reviews'];
const workload = (name: string, index: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  replicas: ${1 + (index % 4)}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: server
          image: registry.example.com/shop/${name}:1.${index}.3
          ports:
            - containerPort: ${8000 + index * 37}
          envFrom:
            - configMapRef:
                name: ${name}
          resources:
            requests:
              cpu: ${100 + index * 50}m
              memory: ${64 * (1 + (index % 3))}Mi
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: ${8000 + index * 37}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: shop
data:
  LOG_LEVEL: ${['info', 'debug', 'warn'][index % 3]}
  UPSTREAM: http://${NAMES[(index + 3) % NAMES.length]}
`;

/** A link of the first version. */
const OLD_LINK = 'd1.i45WAjpLrzIxN0dJRwk1lcfkwbu2MXnwEFGohvumNiZPKTYWAA';
const OLD_TEXT = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n';

describe('a link that holds a design', () => {
  it('gives the files back byte for byte', async () => {
    const fragment = await shareFragment(FILES);
    expect(fragment).toMatch(/^d1\.[\w-]+$/);
    expect(await readFragment(`#${fragment}`)).toEqual({ ok: true, files: FILES });
  });

  it('opens for ever', async () => {
    expect(await readFragment(OLD_LINK)).toEqual({ ok: true, files: [{ path: 'web.yaml', content: OLD_TEXT }] });
  });

  it('is about 2,000 characters for thirty objects', async () => {
    const made = NAMES.map((name, index) => workload(name, index)).join('---\n');
    expect(made.match(/^kind: /gm)?.length).toBe(30);
    expect((await shareFragment([{ path: 'design.yaml', content: made }])).length).toBeLessThan(2000);
    // Two architectures with their comments and places, 32 objects.
    const both = ['microservices', 'shop'].map((name) => ({ path: `${name}.yaml`, content: template(name) }));
    expect((await shareFragment(both)).length).toBeLessThan(3000);
  });

  it('opens with its password and with nothing else', async () => {
    const fragment = await shareFragment(FILES, '密码 1');
    expect(kindOfFragment(fragment)).toBe('locked');
    expect(await readFragment(fragment, '密码 1')).toEqual({ ok: true, files: FILES });
    expect(await readFragment(fragment)).toEqual({ ok: false, reason: 'password' });
    expect(await readFragment(fragment, 'wrong')).toEqual({ ok: false, reason: 'password' });
    const at = fragment.length - 8;
    const flipped = `${fragment.slice(0, at)}${fragment[at] === 'A' ? 'B' : 'A'}${fragment.slice(at + 1)}`;
    expect(await readFragment(flipped, '密码 1')).toEqual({ ok: false, reason: 'password' });
    expect(await readFragment(fragment.slice(0, 43), '密码 1')).toEqual({ ok: false, reason: 'password' });
    expect(await shareFragment(FILES, '密码 1')).not.toBe(fragment);
  });

  const dictionary = new TextEncoder().encode(DICTIONARY_V1);
  const packed = (text: string | Uint8Array) =>
    `d1.${base64urlOf(deflateSync(typeof text === 'string' ? new TextEncoder().encode(text) : text, { dictionary }))}`;

  it.each([
    ['nothing', '', 'none'],
    ['another fragment', '#chapter-1', 'none'],
    ['a later version', 'd2.abc', 'newer'],
    ['no base64', 'd1.a b', 'damaged'],
    ['no compressed text', 'd1.AAAA', 'damaged'],
    ['no JSON', packed('hello'), 'damaged'],
    ['no list', packed('{"a":1}'), 'damaged'],
    ['no files', packed('[["a"]]'), 'damaged'],
    ['files of another type', packed('[["a",1]]'), 'damaged'],
    ['a bomb', packed(new Uint8Array(64 << 20)), 'tooLarge'],
    ['too many files', packed(JSON.stringify(Array.from({ length: 3000 }, () => ['a', '']))), 'damaged'],
  ])('refuses %s', async (_, fragment, reason) => {
    const started = performance.now();
    expect(await readFragment(fragment)).toEqual({ ok: false, reason });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('refuses a link that was cut', async () => {
    const fragment = await shareFragment(FILES);
    expect(await readFragment(fragment.slice(0, -10))).toEqual({ ok: false, reason: 'damaged' });
  });

  it('holds no value of a Secret unless that is asked for', () => {
    const text =
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations: {kubectl.kubernetes.io/last-applied-configuration: canary}\nstringData: {key: canary}\n';
    const removed = shareableFiles(design(text), BUILT_IN_KINDS, 'remove');
    expect(removed?.[0]?.content).toContain('key: ""');
    expect(removed?.[0]?.content).not.toContain('canary');
    expect(shareableFiles(design(text), BUILT_IN_KINDS, 'keep')).toEqual([{ path: 'design.yaml', content: text }]);
  });
});
