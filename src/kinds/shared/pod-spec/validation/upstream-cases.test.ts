import { describe, expect, it } from 'vitest';
import { errorBody } from '../../../../apimachinery/field-error.ts';
import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { isJsonObject } from '../../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../../base/testing/upstream-table.ts';
import type { UpstreamSource } from '../../../../base/testing/upstream-table.ts';
import cases from './testdata/upstream-cases.json' with { type: 'json' };
import { CALLS } from './testing/upstream-calls.ts';

const SOURCE: UpstreamSource = {
  area: 'validation',
  file: 'pkg/apis/core/validation/validation_test.go',
  release: '1.36.2',
};

/** Cases about Pods that the table does not hold. */
const LEFT_OUT = {
  'other gates': { count: 31, reason: 'for feature gates of an older release' },
  'gate StrictIPCIDRValidation': { count: 4, reason: 'with the gate StrictIPCIDRValidation off, which is on in 1.36' },
  'fields that are dropped': {
    count: 27,
    reason:
      'clusterTrustBundle, podCertificate, schedulingGroup: behind gates that are off in 1.36, dropped before validation',
  },
  'privileged containers': { count: 3, reason: 'forbids privileged containers by a flag of the server' },
  repetitions: { count: 68, reason: 'the same input to the same function as another case' },
};

/**
 * The cases of upstream's tests that are about Pods: what each test gives to a function, and what that function answers with
 * the feature gates of 1.36. Of a refused update only the first line counts, without the printed difference; runs of more
 * than 200 equal letters are written as their number.
 */
interface UpstreamCase {
  readonly name: string;
  readonly function: string;
  readonly path?: string;
  readonly options?: readonly string[];
  readonly input: JsonValue;
  readonly errors: readonly (readonly string[])[];
}

describe('upstream cases', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(1064);
  });

  upstreamLeftOut(SOURCE, LEFT_OUT);
  upstreamEach(SOURCE)(cases as unknown as readonly UpstreamCase[])('$name', (entry) => {
    const options = Object.fromEntries((entry.options ?? []).map((option) => [option, true]));
    const call = CALLS[entry.function];
    expect(call, entry.function).toBeDefined();
    const errors = call!(unfold(entry.input), ValidationPath.of(entry.path ?? NO_PATH), options);
    expect(errors.map((error) => shown(error, entry)).sort()).toEqual(entry.errors.map(String).sort());
  });
});

/** The printed difference of a refused update. */
const DIFFERENCE = /\n@@ .*/s;

/** Some tests give no path. */
const NO_PATH = 'NIL';

function shown(error: FieldError, { function: called, path }: UpstreamCase): string {
  let field = error.path.toString();
  if (path === undefined) field = field.replace(/^NIL\.?/, '') || '<nil>';
  if (called === 'validateOS') field = field.replace('spec.os', 'spec');
  if (called === 'validateSysctls') field = field.replace('foo.sysctls', 'foo');
  const body = errorBody(error)
    .replace(DIFFERENCE, '')
    .replaceAll(/(.)\1{199,}/g, (run, letter: string) => `{${letter}*${run.length}}`);
  return [error.reason, field, body].join(',');
}

/** Puts long runs of one letter back. */
function unfold(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => unfold(item as JsonValue));
  if (!isJsonObject(value)) return value;
  const run = value['$repeat'];
  if (Array.isArray(run)) return String(run[0]).repeat(Number(run[1])) + (value['then'] ?? '');
  return Object.fromEntries(Object.keys(value).map((key) => [key, unfold(value[key] ?? null)]));
}
