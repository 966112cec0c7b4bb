import { required } from '../../apimachinery/field-error.ts';
import { valueAt } from '../../base/json.ts';
import { defaultAdmissionPolicy } from '../shared/defaults/admission.ts';
import { validateConditions } from '../shared/validation/conditions.ts';
import { NONE, requireText, textAt, validateEach } from '../shared/validation/fields.ts';
import { staticSuffixWarnings } from '../shared/validation/static-suffix.ts';
import { STATUS } from '../shared/validation/status-counts.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateValidatingAdmissionPolicy } from './validatingadmissionpolicy.validation.ts';

/**
 * Source: pkg/registry/admissionregistration/validatingadmissionpolicy/strategy.go, 1.36. Not judged: whether the fields that
 * warnings of a status name are JSON paths.
 */
export const validatingAdmissionPolicyStrategy: KindStrategy = {
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicy',
  hasStatus: true,
  hasGeneration: true,
  setDefaults: defaultAdmissionPolicy,
  validate: validateValidatingAdmissionPolicy,
  warnings: staticSuffixWarnings,
  validateStatus: (object) => {
    const status = valueAt(object, 'status');
    const warnings = STATUS.child('typeChecking', 'expressionWarnings');
    return [
      ...validateEach(valueAt(status, 'typeChecking', 'expressionWarnings'), warnings, (warning, path) => [
        ...requireText(warning, 'warning', path),
        ...(textAt(warning, 'fieldRef').trim() === '' ? [required(path.child('fieldRef'))] : NONE),
      ]),
      ...validateConditions(valueAt(status, 'conditions'), STATUS.child('conditions')),
    ];
  },
};
