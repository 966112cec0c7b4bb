import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';

describe('values of Secrets', () => {
  it.each([
    ['', { as: 'text', text: '', bytes: 0 }],
    ['Y2hhbmdlLW1l', { as: 'text', text: 'change-me', bytes: 9 }],
    ['5a+G56CB', { as: 'text', text: '密码', bytes: 6 }],
    ['Y2hhbmdl\nLW1l', { as: 'text', text: 'change-me', bytes: 9 }],
    ['AAEC', { as: 'binary', bytes: 3 }],
    ['/w==', { as: 'binary', bytes: 1 }],
    ['77u/YQ==', { as: 'text', text: '\ufeffa', bytes: 4 }],
    ['change-me', { as: 'broken', problem: 'illegal base64 data at input byte 6' }],
  ])('reads %j', (encoded, expected) => expect(decodeBase64(encoded)).toEqual(expected));

  it('gives every text back that it wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const decoded = decodeBase64(encodeBase64(text));
        // A text with controls is shown as bytes: a field of text could not hold it.
        if (decoded.as === 'text') expect(decoded.text).toBe(text);
        else expect(decoded.as).toBe('binary');
      }),
    );
  });
});
