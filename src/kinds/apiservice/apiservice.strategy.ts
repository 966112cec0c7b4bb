import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1035Label, validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { validatePortNumber } from '../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { fillIn, updateStruct } from '../shared/defaults/fill-in.ts';
import {
  NONE,
  integerAt,
  isTrueAt,
  pointerAt,
  requireText,
  textAt,
  validateEach,
  validateEnum,
} from '../shared/validation/fields.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { STATUS } from '../shared/validation/status-counts.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');

/**
 * Source: staging/src/k8s.io/kube-aggregator/pkg/registry/apiservice/strategy.go and
 * staging/src/k8s.io/kube-aggregator/pkg/apis/apiregistration/validation/validation.go, 1.36.
 */
export const apiServiceStrategy: KindStrategy = {
  group: 'apiregistration.k8s.io',
  kind: 'APIService',
  hasStatus: true,
  hasGeneration: false,
  setDefaults,
  validate,
  validateStatus,
};

function validateStatus(object: KubernetesObject): readonly FieldError[] {
  return validateEach(valueAt(object, 'status', 'conditions'), STATUS.child('conditions'), (condition, path) =>
    validateEnum(textAt(condition, 'status'), path.child('status'), ['True', 'False', 'Unknown']),
  );
}

function setDefaults(object: KubernetesObject): KubernetesObject {
  if (objectAt(object, 'spec', 'service') === undefined) return object;
  return updateStruct(object, 'spec', (spec) => updateStruct(spec, 'service', (it) => fillIn(it, { port: 443 })));
}

function validate(object: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const [group, version] = [textAt(spec, 'group'), textAt(spec, 'version')];
  const service = pointerAt(spec, 'service');
  return [
    ...(group === '' && version !== 'v1'
      ? [required(SPEC.child('group'), 'only v1 may have an empty group and it better be legacy kube')]
      : NONE),
    ...(group === '' ? NONE : invalidFor(SPEC.child('group'), group, validateDns1123Subdomain(group))),
    ...invalidFor(SPEC.child('version'), version, validateDns1035Label(version)),
    ...validatePriority(spec, 'groupPriorityMinimum', 20000),
    ...validatePriority(spec, 'versionPriority', 1000),
    ...(service === undefined ? validateLocal(spec) : validateRemote(spec, service)),
  ];
}

function validatePriority(spec: JsonValue | undefined, field: string, max: number): readonly FieldError[] {
  const priority = integerAt(spec, field);
  const isGood = priority > 0 && priority <= max;
  return isGood ? NONE : [invalid(SPEC.child(field), priority, `must be positive and less than ${max}`)];
}

/** An API that this server serves itself. */
function validateLocal(spec: JsonValue | undefined): readonly FieldError[] {
  const bytes = decodedLength(textAt(spec, 'caBundle'));
  return [
    ...(bytes === 0
      ? NONE
      : [invalid(SPEC.child('caBundle'), `${bytes} bytes`, 'local APIServices may not have a caBundle')]),
    ...(isTrueAt(spec, 'insecureSkipTLSVerify')
      ? [invalid(SPEC.child('insecureSkipTLSVerify'), true, 'local APIServices may not have insecureSkipTLSVerify')]
      : NONE),
  ];
}

function validateRemote(spec: JsonValue | undefined, service: JsonValue): readonly FieldError[] {
  const path = SPEC.child('service');
  const port = integerAt(service, 'port');
  const problems = validatePortNumber(port);
  return [
    ...requireText(service, 'namespace', path),
    ...requireText(service, 'name', path),
    ...(problems.length === 0
      ? NONE
      : [invalid(path.child('port'), port, `port is not valid: ${problems.join(', ')}`)]),
    ...(isTrueAt(spec, 'insecureSkipTLSVerify') && textAt(spec, 'caBundle') !== ''
      ? [invalid(SPEC.child('insecureSkipTLSVerify'), true, 'may not be true if caBundle is present')]
      : NONE),
  ];
}

/** How many bytes a base64 text stands for. */
function decodedLength(text: string): number {
  return Math.floor((text.replace(/[\r\n=]/g, '').length * 3) / 4);
}
