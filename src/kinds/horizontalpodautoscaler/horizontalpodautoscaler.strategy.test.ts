import { describe } from 'vitest';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { metadataErrors } from '../shared/testing/metadata-errors.ts';
import { expectDefaultCases } from '../shared/testing/default-cases.ts';
import { expectUpstreamCases } from '../shared/testing/validation-table.ts';
import { validateAutoscalerSpec } from './horizontalpodautoscaler.validation.ts';
import { horizontalPodAutoscalerStrategy } from './horizontalpodautoscaler.strategy.ts';
import defaults from './testdata/defaults.cases.json' with { type: 'json' };
import table from './testdata/validation.cases.json' with { type: 'json' };

describe('defaults', () => {
  expectDefaultCases(defaults, 8, horizontalPodAutoscalerStrategy);
});

describe('validation', () => {
  expectUpstreamCases(table, 117, (object, old, { options }) => [
    ...metadataErrors(object, old),
    ...validateAutoscalerSpec(valueAt(object, 'spec'), {
      minReplicasLowerBound: options?.['MinReplicasLowerBound'] === 0 ? 0 : 1,
      scaleTarget: referenceOptions(options?.['ScaleTargetRefValidationOptions']),
      describedObject: referenceOptions(options?.['ObjectMetricsValidationOptions']),
    }),
  ]);
});

function referenceOptions(options: JsonValue | undefined) {
  return {
    allowEmptyApiGroup: valueAt(options, 'AllowEmptyAPIGroup') === true,
    allowInvalidApiVersion: valueAt(options, 'AllowInvalidAPIVersion') === true,
  };
}
