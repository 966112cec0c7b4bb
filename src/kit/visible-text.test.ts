import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

describe('visibleText', () => {
  it.each([
    ['web', 'web'],
    ['a\u202Eb', 'a\\u202Eb'],
    ['line\nend', 'line\\u000Aend'],
    ['zero\u200Bwidth', 'zero\\u200Bwidth'],
    ['tag\u{E0041}', 'tag\\u{E0041}'],
    ['船坞 é 🚢', '船坞 é 🚢'],
  ])('%j is shown as %j', (text, shown) => expect(visibleText(text)).toBe(shown));
});
