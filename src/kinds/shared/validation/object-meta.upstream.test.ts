import { describe, expect, it } from 'vitest';
import { errorBody } from '../../../apimachinery/field-error.ts';
import type { FieldError } from '../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, booleanAt, isJsonObject, valueAt } from '../../../base/json.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateAnnotations, validateLabels } from './labels.ts';
import { validateManagedFields } from './managed-fields.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import cases from './testdata/object-meta-cases.json' with { type: 'json' };

const SOURCE = {
  area: 'names and labels',
  file: 'staging/src/k8s.io/apimachinery/pkg/{api/validation/objectmeta,apis/meta/v1/validation/validation}_test.go',
  release: '1.36.2',
} as const;

/**
 * The cases of staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta_test.go and
 * pkg/apis/meta/v1/validation/validation_test.go, 1.36.2 (Apache-2.0): what each test gives to a function, and what that
 * function answers. Runs of more than 200 equal letters are written as their number. What name rules say is given, because
 * each test brings a rule of its own. Left out: options of requests, and conditions, which nothing here validates.
 */
interface MetaCase {
  readonly name: string;
  readonly function: string;
  readonly path?: string;
  readonly input: JsonValue;
  readonly errors: readonly (readonly string[])[];
}

const NO_PATH = 'NIL';

const CALLS: Readonly<Record<string, (input: JsonValue, path: ValidationPath) => readonly FieldError[]>> = {
  ValidateAnnotations: validateAnnotations,
  ValidateLabels: validateLabels,
  ValidateLabelSelector: (input, path) =>
    validateLabelSelector(valueAt(input, 'selector'), path, {
      allowInvalidLabelValue: booleanAt(input, 'options', 'AllowInvalidLabelValueInSelector') ?? false,
    }),
  ValidateManagedFields: validateManagedFields,
  ValidateObjectMeta: (input, path) =>
    validateObjectMeta(
      valueAt(input, 'metadata'),
      {
        namespaced: booleanAt(input, 'namespaced') ?? false,
        standardFinalizers: false,
        ignoresGenerateName: booleanAt(input, 'ignoresGenerateName') ?? false,
        validateName: (_name, prefix) =>
          arrayAt(input, prefix ? 'generateNameProblems' : 'nameProblems').map((problem) => asString(problem) ?? ''),
      },
      path,
    ),
  ValidateObjectMetaUpdate: (input, path) =>
    validateObjectMetaUpdate(valueAt(input, 'new'), valueAt(input, 'old'), { standardFinalizers: false }, path),
};

describe('upstream cases', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(85);
  });

  upstreamEach(SOURCE)(cases as unknown as readonly MetaCase[])(
    '$name',
    ({ function: called, path, input, errors }) => {
      const found = CALLS[called]!(unfold(input), ValidationPath.of(path ?? NO_PATH));
      const shown = found.map((error) => {
        const field = path === undefined ? error.path.toString().replace(/^NIL\.?/, '') || '<nil>' : `${error.path}`;
        return [error.reason, field, fold(errorBody(error))].join();
      });
      expect(shown.sort()).toEqual(errors.map(String).sort());
    },
  );
});

function fold(text: string): string {
  return text.replaceAll(/(.)\1{199,}/g, (run, letter: string) => `{${letter}*${run.length}}`);
}

function unfold(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    return value.replaceAll(/\{(.)\*(\d+)\}/g, (_, letter: string, count: string) => letter.repeat(Number(count)));
  }
  if (Array.isArray(value)) return value.map((item) => unfold(item as JsonValue));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [unfold(key) as string, unfold(value[key] ?? null)]));
}
