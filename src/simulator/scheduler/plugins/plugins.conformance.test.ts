import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { runPluginCase } from './testing/run-case.ts';

interface CaseFile {
  readonly source: string;
  readonly release: string;
  readonly cases: readonly (JsonObject & { readonly name: string })[];
  readonly leftOut: Readonly<Record<string, string>>;
}

const FOLDER = new URL('./testdata/', import.meta.url);
const files = readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as CaseFile);

describe.each(files)('$source', ({ cases, release, leftOut }) => {
  test.each(cases)('$name', (one) => {
    expect(runPluginCase(one)).toEqual(one['want']);
  });

  test('every case comes from the release and what is left out has a reason', () => {
    expect(release).toBe('1.36.2');
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(Object.values(leftOut).filter((reason) => reason === '')).toEqual([]);
  });
});
