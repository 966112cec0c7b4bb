import { describe } from 'vitest';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { statefulSetStrategy } from './statefulset.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('defaults', () => {
  expectDefaultCases(defaults, 12, statefulSetStrategy, {
    'TestSetDefaultStatefulSet/MaxUnavailable_enabled,_with_no_maxUnavailable_specified':
      'with the gate MaxUnavailableStatefulSet on, which is off in 1.36',
  });
});

describe('validation', () => {
  expectUpstreamCases(table, 76, (object, old) => [
    ...metadataErrors(object, old),
    ...statefulSetStrategy.validate(object, old),
    ...(old === undefined ? [] : (statefulSetStrategy.validateUpdate?.(object, old) ?? [])),
  ]);
});
