import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import type { LeftOut } from '../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { answerTo } from './testing/upstream-case.ts';

interface CaseFile {
  /** Upstream's path of the table. */
  readonly source: string;
  readonly release: string;
  readonly cases: readonly (JsonObject & { readonly name: string })[];
  readonly leftOut: LeftOut;
}

const FOLDER = new URL('./testdata/', import.meta.url);
const files = readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as CaseFile);

describe.each(files)('$source', ({ source, release, cases, leftOut }) => {
  const upstream = { area: 'kubelet', file: source, release } as const;

  upstreamEach(upstream)(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(answerTo(one)).toEqual(one['want']);
  });

  upstreamLeftOut(upstream, leftOut);
});
