import { readFileSync } from 'node:fs';
import { describe } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';

/** A case of upstream: fields as its table names them; those that are zero in Go are left out. */
export type UpstreamCase = JsonObject & { readonly name: string };

interface TestFile {
  /** Upstream's path of the tables. */
  readonly source: string;
  readonly release: string;
  /** Tables by the name of the test that holds them. */
  readonly tests: Readonly<Record<string, readonly UpstreamCase[]>>;
  readonly leftOut: LeftOut;
}

/** For tests: runs the tables of one of upstream's files, each with the function that stands for its test; `*` for all others. */
export function runUpstreamTests(file: URL, run: Readonly<Record<string, (one: UpstreamCase) => void>>): void {
  const { source, release, tests, leftOut } = JSON.parse(readFileSync(file, 'utf8')) as TestFile;
  const upstream = { area: 'controllers', file: source, release } as const;
  describe(source, () => {
    for (const [test, cases] of Object.entries(tests)) {
      const runCase = run[test] ?? run['*'];
      if (runCase === undefined) throw new Error(`nothing runs ${test} of ${source}`);
      upstreamEach(upstream, test)(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => runCase(one));
    }
    upstreamLeftOut(upstream, leftOut);
  });
}
