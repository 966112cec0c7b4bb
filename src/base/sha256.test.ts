import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { base32, sha256 } from './sha256.ts';

it.each(['', 'abc', 'ns1/svc1:p80tcp', 'é漢字', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'a'.repeat(1000)])(
  'hashes %s as every other SHA-256 does',
  (text) => {
    expect(Buffer.from(sha256(text)).toString('hex')).toBe(createHash('sha256').update(text).digest('hex'));
  },
);

it('writes base 32 (RFC 4648, 10)', () => {
  expect(base32(new TextEncoder().encode('foobar'), 9)).toBe('MZXW6YTBO');
});
