import { describe, expect, it } from 'vitest';
import { fileText } from './records.ts';
import { contextOf, designOf } from './testing/design-of.ts';
import { holdsSecrets, withoutSecrets } from './without-secrets.ts';

const CANARY = 'c4n4ry';
const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"a":"${CANARY}"}}'
    note: kept
stringData:
  a: ${CANARY} # the password
  b: |
    ${CANARY}
data:
  c: ${btoa(CANARY)}
`;

function shown(text: string): string | undefined {
  const design = designOf(text);
  const masked = withoutSecrets(design, contextOf(design).registry);
  return masked && [...masked.files.values()].map((file) => fileText(masked, file)).join('');
}

describe('a design without the values of its Secrets', () => {
  it('keeps the keys and everything else', () => {
    const text = shown(SECRET) ?? '';
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(btoa(CANARY).slice(0, 6));
    expect(text).toContain('note: kept');
    for (const key of ['a', 'b', 'c']) expect(text).toContain(`  ${key}: `);
  });

  it.each([
    [
      'a Secret in a List',
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: s}\n  stringData: {a: ${CANARY}}\n`,
    ],
    ['JSON', `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"a":"${CANARY}"}}`],
    ['data that is no map', `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: ${CANARY}\n`],
  ])('finds %s', (_, text) => {
    expect(holdsSecrets(designOf(text))).toBe(true);
    expect(shown(text) ?? '').not.toContain(CANARY);
  });

  it('leaves what holds none byte for byte', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: x} # y\n';
    expect(holdsSecrets(designOf(text))).toBe(false);
    expect(shown(text)).toBe(text);
  });
});
