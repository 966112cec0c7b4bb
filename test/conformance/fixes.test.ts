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
  ...['k8s-website-examples', 'kube-linter', 'monokle-core', 'microservices-demo', 'k8s-examples']
    .map((name) => join(corpora, name))
    .filter((folder) => existsSync(folder)),
];
const mutations = join(corpora, 'golden/invalid-cases.ndjson');
/** Files beyond this size are many objects of the same few kinds. */
const MOST_BYTES = 60_000;

describe('every fix takes its problem away and makes no new error', () => {
  it.each(folders)('in %s', { timeout: 300_000 }, async (folder) => {
    const texts = manifestsIn(folder).map((file) => ({ name: file, text: readFileSync(file, 'utf8') }));
    expect(await faultsIn(texts.filter(({ text }) => text.length <= MOST_BYTES))).toEqual([]);
  });

  it.skipIf(!existsSync(mutations))('in objects that a real API server refused', { timeout: 300_000 }, async () => {
    const cases = readFileSync(mutations, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Mutation);
    const texts = cases.map(({ id, object }) => ({ name: id, text: `${JSON.stringify(object, undefined, 2)}\n` }));
    expect(await faultsIn(texts, 'a.json')).toEqual([]);
  });
});

interface Mutation {
  readonly id: string;
  readonly object: unknown;
}

async function faultsIn(
  texts: readonly { readonly name: string; readonly text: string }[],
  path = 'a.yaml',
): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  const faults: string[] = [];
  for (const { name, text } of texts) {
    const context = contextOf(designOf({ [path]: text }));
    await preloadValidity(context.design, context.registry);
    const problems = allProblems(context);
    for (const problem of problems) {
      for (const fix of fixesFor(problem, context)) {
        const key = `${problem.id.split('.')[0]!} ${fix.id}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        const outcome = faultOfFix(context, problem, fix, problems);
        if (typeof outcome === 'string') faults.push(`${name} ${problem.id} ${fix.id}: ${outcome}`);
      }
    }
  }
  console.log(texts.length, 'texts', JSON.stringify(Object.fromEntries(counts)));
  return faults;
}

function manifestsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
