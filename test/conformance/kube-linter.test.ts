/**
 * What kube-linter finds in its own manifests, check by check: the same findings in the same objects. Its corpus is not
 * part of the product: without it the few files in testdata are used alone, and the test says so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findLints } from '../../src/design/lints/find-lints.ts';
import { LINTS, lintNamed } from '../../src/design/lints/index.ts';
import { contextOf, designOf } from '../../src/design/testing/design-of.ts';
import { preloadValidity } from '../../src/design/validity.ts';

const corpora = process.env['DRYDOCK_CORPORA'] ?? resolve(import.meta.dirname, '../../../shared/corpora');
const whole = join(corpora, 'kube-linter');
const own = join(import.meta.dirname, 'testdata/kube-linter');

interface Expected {
  readonly check: string;
  readonly file: string;
  readonly count: number;
  /** `Deployment: …`, one a finding, some repeated findings left out. */
  readonly messages: readonly string[];
}

/** Checks that need a configuration: see kube-linter-templates.test.ts. */
const CONFIGURED = /^template-|^statefulset-volumeclaimtemplate-annotation$/;

describe.each([own, ...(existsSync(whole) ? [whole] : [])])('kube-linter in %s', (folder) => {
  const expected = (JSON.parse(readFileSync(join(folder, 'expected-findings.json'), 'utf8')) as Expected[]).filter(
    ({ check }) => !CONFIGURED.test(check),
  );

  it.each(expected)('$check', async ({ check, file, count, messages }) => {
    const lint = lintNamed(check);
    expect(lint?.kubeLinter).toBe(check);
    const text = readFileSync(join(folder, file.replace('tests/', '')), 'utf8');
    const context = contextOf(designOf({ 'a.yaml': text }));
    await preloadValidity(context.design, context.registry);
    const found = findLints(context, { on: [check], off: ['all'] }).map(
      ({ record }) => context.design.records.get(record)!.object.kind,
    );
    const kinds = messages.map((message) => /^\w+/.exec(message)![0]);
    const missed = kinds.filter((kind) => times(kinds, kind) > times(found, kind)).length;
    const extra = found.length - count;
    console.log(`${check}: expected ${count}, found ${found.length}, missed ${missed}, extra ${Math.max(extra, 0)}`);
    expect({ found: found.length, missed }).toEqual({ found: count, missed: 0 });
  });
});

function times(words: readonly string[], word: string): number {
  return words.filter((other) => other === word).length;
}

it('says where its corpus is missing', () => {
  if (!existsSync(whole)) console.log(`no corpus in ${whole}: only the files in ${own} were compared`);
  expect(LINTS.filter(({ kubeLinter }) => kubeLinter !== undefined)).toHaveLength(63);
});
