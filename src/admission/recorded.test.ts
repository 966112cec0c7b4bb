import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import { admissionChain, admit, validate } from './admission-chain.ts';
import { clusterOf } from './testing/cluster-of.ts';
import { essence, inAnyOrder } from './testing/essence.ts';
import { requestOf } from './testing/request-of.ts';

interface RecordedCase {
  readonly name: string;
  readonly object: KubernetesObject;
  readonly stored?: KubernetesObject;
  readonly code?: number;
  readonly refused?: string;
}

const file = new URL('testdata/recorded-1.36.2.json', import.meta.url);
const { objects, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly objects: readonly KubernetesObject[];
  readonly cases: readonly RecordedCase[];
};

/** Two quotas refuse these Pods, and the server asks them in any order. */
const EITHER_QUOTA = 'scopes: deadline';

const refused = cases.filter((given) => given.refused !== undefined);

test(`answers as a real API server does in ${cases.length} situations, ${refused.length} of them refusals`, () => {
  const cluster = clusterOf(objects);
  const chain = admissionChain();
  const ask = ({ object }: RecordedCase): unknown => {
    const request = requestOf(object, { dryRun: true, generateName: (prefix) => `${prefix}x` });
    const changed = admit(request, cluster, chain);
    if ('refusal' in changed) return { code: changed.refusal.code, refused: inAnyOrder(changed.refusal.message) };
    const answer = validate({ ...request, ...changed }, cluster, chain);
    return 'refusal' in answer
      ? { code: answer.refusal.code, refused: inAnyOrder(answer.refusal.message) }
      : { stored: essence(answer.object) };
  };
  const expected = ({ code, refused: words, stored }: RecordedCase): unknown =>
    words === undefined ? { stored: essence(stored) } : { code, refused: inAnyOrder(words) };
  const run = cases.filter(({ name }) => name !== EITHER_QUOTA);
  expect(run.map((given) => [given.name, ask(given)])).toEqual(run.map((given) => [given.name, expected(given)]));
  const either = cases.find(({ name }) => name === EITHER_QUOTA);
  expect(either).toBeDefined();
  expect(ask(either!)).toMatchObject({ code: 403, refused: expect.stringMatching(/exceeded quota: q-/) as string });
  expect(nameOf(either!.object)).toBe('p');
});
