/**
 * Every fix of every problem in the corpora: the problem is gone, and no new error is there. The corpora are not part of
 * the product: without them the small set in test/data is used alone.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../../src/design/fixes/index.ts';
import { contextOf, designOf } from '../../src/design/testing/design-of.ts';
import { allProblems, faultOfFix } from '../../src/design/testing/expect-fixed.ts';
import { preloadValidity } from '../../src/design/validity.ts';

const corpora = process.env['DRYDOCK_CORPORA'] ?? resolve(import.meta.dirname, '../../../shared/corpora');
const folders = [
  join(import.meta.dirname, '../data'),
  ...['k8s-website-examples', 'kube-linter', 'monokle-core', 'microservices-demo']
    .map((name) => join(corpora, name))
    .filter((folder) => existsSync(folder)),
];
/** Files beyond this size are many objects of the same few kinds. */
const MOST_BYTES = 60_000;

describe.each(folders)('fixes of %s', (folder) => {
  it('take the problem away and make no new error', { timeout: 300_000 }, async () => {
    const counts = new Map<string, number>();
    const faults: string[] = [];
    for (const file of manifestsIn(folder)) {
      const text = readFileSync(file, 'utf8');
      if (text.length > MOST_BYTES) continue;
      const context = contextOf(designOf({ 'a.yaml': text }));
      await preloadValidity(context.design, context.registry);
      const problems = allProblems(context);
      for (const problem of problems) {
        for (const fix of fixesFor(problem, context)) {
          counts.set(fix.id, (counts.get(fix.id) ?? 0) + 1);
          const outcome = faultOfFix(context, problem, fix, problems);
          if (typeof outcome === 'string') faults.push(`${file} ${problem.id} ${fix.id}: ${outcome}`);
        }
      }
    }
    console.log(folder, JSON.stringify(Object.fromEntries(counts)));
    expect(faults).toEqual([]);
  });
});

function manifestsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
