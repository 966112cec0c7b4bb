import { valueAt } from '../../base/json.ts';
import { validateNames } from './names.validation.ts';
import { STATUS } from '../shared/validation/status-counts.ts';
import type { KindStrategy } from '../strategy.ts';
import { setDefaults, statusOfNew, statusOfUpdate } from './customresourcedefinition.defaults.ts';
import { readSchemas } from './decode-schemas.ts';
import { formatWarnings } from './format.warnings.ts';
import { validate } from './customresourcedefinition.validation.ts';

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition/strategy.go, 1.36. */
export const customResourceDefinitionStrategy: KindStrategy = {
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  hasStatus: true,
  hasGeneration: true,
  readItself: readSchemas,
  setDefaults,
  validate,
  validateStatus: (object) => validateNames(valueAt(object, 'status', 'acceptedNames'), STATUS.child('acceptedNames')),
  prepareForCreate: statusOfNew,
  prepareForUpdate: statusOfUpdate,
  warnings: formatWarnings,
};
