import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { textOf } from './download.ts';
import { zipOf } from './zip.ts';

const file = (path: string, text: string) => ({ path, content: new TextEncoder().encode(text) });

describe('zipOf', () => {
  it('keeps folders and never leaves its own', () => {
    const zip = unzipSync(zipOf([file('base/web.yaml', 'a'), file('../../etc/passwd', 'b'), file('/abs.yaml', 'c')]));
    expect(Object.keys(zip)).toEqual(['base/web.yaml', 'etc/passwd', 'abs.yaml']);
  });
});

describe('textOf', () => {
  it.each([
    [['kind: A\n', 'kind: B\n'], 'kind: A\n---\nkind: B\n'],
    [['kind: A', 'kind: B\n'], 'kind: A\n---\nkind: B\n'],
    [['kind: A\n---\n', 'kind: B\n'], 'kind: A\n---\nkind: B\n'],
    [['kind: A\n', '---\nkind: B\n'], 'kind: A\n---\nkind: B\n'],
    [['kind: A\n'], 'kind: A\n'],
  ])('joins %j with separators where there is none', (texts, joined) => {
    expect(textOf(texts.map((text, at) => file(`${at}.yaml`, text)))).toBe(joined);
  });
});
