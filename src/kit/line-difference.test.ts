import { describe, expect, it } from 'vitest';
import { lineDifference, withContext } from './line-difference.ts';

const signs = (before: string, after: string) => lineDifference(before, after).map((line) => line.sign + line.text);

describe('lineDifference', () => {
  it('shows one changed line between kept ones', () => {
    expect(signs('a\nb\nc', 'a\nB\nc')).toEqual([' a', '-b', '+B', ' c']);
  });
  it('shows an added line only', () => {
    expect(signs('a\nc', 'a\nb\nc')).toEqual([' a', '+b', ' c']);
  });
  it('keeps common lines inside a changed middle', () => {
    expect(signs('a\nx\nm\ny\nz', 'a\nX\nm\nY\nz')).toEqual([' a', '-x', '+X', ' m', '-y', '+Y', ' z']);
  });
  it('says nothing changed', () => {
    expect(withContext(lineDifference('a\nb', 'a\nb'))).toEqual([]);
  });
  it('leaves far lines out', () => {
    const before = Array.from({ length: 20 }, (_, at) => `l${at}`).join('\n');
    const shown = withContext(lineDifference(before, before.replace('l10', 'new')));
    expect(shown.map((line) => line?.text)).toEqual(['l8', 'l9', 'l10', 'new', 'l11', 'l12']);
  });
});
