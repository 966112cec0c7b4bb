import type { LeftOut } from '../../../base/testing/upstream-table.ts';

const INTERNAL = 'the internal object says what no object of v1, which is what clients write, can say';

export const LEFT_OUT_DEFINITIONS: LeftOut = {
  'TestValidateCustomResourceDefinition/webhook conversion without preserveUnknownFields=false': INTERNAL,
  'TestValidateCustomResourceDefinition/bad names 01': INTERNAL,
  'TestValidateCustomResourceDefinition/per-version fields may not all be set to identical values (top-level field should be used instead)':
    INTERNAL,
  'TestSelectableFields/selectableFields with duplicate jsonPaths are invalid': INTERNAL,
  'TestValidateCustomResourceDefinitionUpdate/top-level and per-version fields are mutually exclusive': INTERNAL,
  TestValidateCustomResourceDefinitionValidationRuleCompatibility: {
    count: 3,
    reason: 'its expressions call functions of an environment that the test makes up',
  },
  Test_validateDeprecationWarning: { count: 10, reason: 'a function of the server by itself; its rules are asked elsewhere' },
  'TestCostInfo, TestCelContext, TestPerCRDEstimatedCost': { count: 19, reason: 'how the server keeps its sums of costs' },
};

export const LEFT_OUT_SCHEMAS: LeftOut = {
  'TestValidateCustomResourceDefinitionValidation/valid map with some required, some defaulted, and non-key fields':
    'defaults are always allowed since 1.17',
  'TestValidateCustomResourceDefinitionValidation/invalid x-kubernetes-validations for escaping (keywords are invalid field names before v1.30)':
    'keywords are valid names of fields since 1.30',
  'TestValidateCustomResourceDefinitionValidation/valid x-kubernetes-validations for escaping':
    'of `self.in > 0` only the first error of syntax is told; its 24 other rules are those of the row before',
};
