import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { LeftOut, UpstreamArea } from './upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from './upstream-table.ts';

/** A table of upstream's, kept as a file of JSON. */
export interface UpstreamFile<Case> {
  /** Upstream's path of the table. */
  readonly source: string;
  readonly release: string;
  readonly cases: readonly Case[];
  readonly leftOut: LeftOut;
}

export function upstreamFile<Case>(place: URL): UpstreamFile<Case> {
  return JSON.parse(readFileSync(place, 'utf8')) as UpstreamFile<Case>;
}

type UpstreamJsonCase = JsonObject & { readonly name: string };

/** For tests: all tables of a folder, each case with the answer that it wants. */
export function upstreamFolder(area: UpstreamArea, folder: URL, answerTo: (one: UpstreamJsonCase) => unknown): void {
  const files = readdirSync(folder).map((name) => upstreamFile<UpstreamJsonCase>(new URL(name, folder)));
  describe.each(files)('$source', ({ source, release, cases, leftOut }) => {
    const upstream = { area, file: source, release } as const;

    upstreamEach(upstream)(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
      expect(answerTo(one)).toEqual(one['want']);
    });

    upstreamLeftOut(upstream, leftOut);
  });
}
