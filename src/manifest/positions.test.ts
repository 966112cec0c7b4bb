import { describe, expect, it } from 'vitest';
import { linesOf, locate, positionInFile, segmentStart } from './positions.ts';
import { readManifest } from './read.ts';

const TEXT = `# c
apiVersion: v1
kind: Pod
metadata:
  labels: {é: "ü", b: c}
spec:
  containers:
  - name: a # x
    args: []
    env:
`;

const at = (...path: (string | number)[]): unknown => {
  const found = locate(TEXT, 'yaml', path);
  if (!found) return undefined;
  const { key, value } = found;
  return [key && TEXT.slice(key.start, key.end), TEXT.slice(value.start, value.end), value.line, value.column];
};

describe('positions', () => {
  it('finds key and value of a field', () => {
    expect(at('kind')).toEqual(['kind', 'Pod', 3, 7]);
    expect(at('metadata', 'labels', 'b')).toEqual(['b', 'c', 5, 23]);
    expect(at('spec', 'containers', 0, 'name')).toEqual(['name', 'a', 8, 11]);
    expect(at('spec', 'containers', 0, 'env')).toEqual(['env', '', 10, 9]);
    expect(at('spec', 'nothing')).toBeUndefined();
    expect(locate('a: b: c', 'yaml', ['a'])).toBeUndefined();
    expect(locate('{"a": [1, {"b": 2}]}', 'json', ['a', 1, 'b'])?.value).toEqual({
      start: 16,
      end: 17,
      line: 1,
      column: 17,
    });
  });

  it('gives the lines of a reference', () => {
    expect(linesOf(TEXT, 'yaml', ['spec', 'containers', 0])).toEqual({
      text: '  - name: a # x\n    args: []\n    env:',
      line: 8,
    });
  });

  it('finds a segment in its file, after a byte order mark and CRLF', () => {
    const file = readManifest('a.yaml', '\ufeffapiVersion: v1\r\nkind: A\r\n---\r\napiVersion: v1\r\nkind: B\r\n');
    expect(file.segments.map(({ type }) => type)).toEqual(['document', 'raw', 'document']);
    expect(segmentStart(file, 2)).toEqual({ offset: 30, line: 4, column: 1 });
    expect(positionInFile(file, 2, { line: 2, column: 7 })).toEqual({ line: 5, column: 7 });
  });
});
