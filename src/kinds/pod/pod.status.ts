import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, numberAt, objectAt, valueAt } from '../../base/json.ts';
import { shouldRestart } from '../shared/pod-spec/should-restart.ts';
import { NONE, integerAt, pointerAt, textAt, validateEach } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { invalidFor, validateQualifiedName } from '../shared/validation/messages.ts';
import { STATUS } from '../shared/validation/status-counts.ts';
import { validateExtendedResourceClaim, validateUsers } from './pod.status-containers.ts';
import { validateAllocatedResources, validateNoAllocatedResources } from './pod.status-resources.ts';
import { validateHostIps, validatePodIps } from './pod.status-addresses.ts';

const IS_NEGATIVE = 'must be a non-negative integer';
const NAMED = STATUS.child('nominatedNodeName');

/** Source: pkg/apis/core/validation/validation.go `ValidatePodStatusUpdate`, 1.36. */
export function validatePodStatus(pod: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const generation = integerAt(pod, 'status', 'observedGeneration');
  return [
    ...validateEach(valueAt(pod, 'status', 'conditions'), STATUS.child('conditions'), validateCondition),
    ...validateNominatedNode(pod, old),
    ...(generation < 0 ? [invalid(STATUS.child('observedGeneration'), generation, IS_NEGATIVE)] : NONE),
    ...validateQosClass(pod, old),
    ...validateStates(pod, old, 'containerStatuses', 'containers'),
    ...validateStates(pod, old, 'initContainerStatuses', 'initContainers'),
    ...validateStates(pod, old, 'ephemeralContainerStatuses', undefined),
    ...validateClaims(pod),
    ...validateExtendedResourceClaim(pod),
    ...validatePodIps(pod, old),
    ...validateHostIps(pod, old),
    ...['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].flatMap((list) =>
      validateUsers(pod, list),
    ),
    ...validateAllocatedResources(pod, 'containerStatuses', 'containers'),
    ...validateAllocatedResources(pod, 'initContainerStatuses', 'initContainers'),
    ...validateNoAllocatedResources(pod, 'ephemeralContainerStatuses'),
  ];
}

const SYSTEM_CONDITIONS = new Set(['PodScheduled', 'Ready', 'Initialized']);

function validateCondition(condition: JsonValue, path: typeof STATUS): readonly FieldError[] {
  const generation = integerAt(condition, 'observedGeneration');
  const type = textAt(condition, 'type');
  return [
    ...(generation < 0 ? [invalid(path.child('observedGeneration'), generation, IS_NEGATIVE)] : NONE),
    ...(SYSTEM_CONDITIONS.has(type) ? NONE : validateQualifiedName(type, path.child('Type'))),
  ];
}

function validateNominatedNode(pod: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const name = textAt(pod, 'status', 'nominatedNodeName');
  if (name === '' || name === textAt(old, 'status', 'nominatedNodeName')) return NONE;
  const isBound = textAt(old, 'spec', 'nodeName') !== '';
  return [
    ...invalidFor(NAMED, name, validateDns1123Subdomain(name)),
    ...(isBound ? [forbidden(NAMED, 'may not be set on pods that are already bound to a node')] : NONE),
  ];
}

/** A client that does not say it leaves it as it is. Source: pkg/registry/core/pod/strategy.go, 1.36. */
function validateQosClass(pod: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const qosClass = textAt(pod, 'status', 'qosClass');
  if (qosClass === '') return NONE;
  return validateImmutableField(qosClass, textAt(old, 'status', 'qosClass'), STATUS.child('qosClass'));
}

/** A container that ended stays so, unless it may be started again. */
function validateStates(
  pod: KubernetesObject,
  old: KubernetesObject,
  list: string,
  containers: 'containers' | 'initContainers' | undefined,
): readonly FieldError[] {
  if (containers !== undefined && allMayRestart(pod)) return NONE;
  const path = STATUS.child(list);
  return arrayAt(old, 'status', list).flatMap((before, index) => {
    if (objectAt(before, 'state', 'terminated') === undefined) return NONE;
    const name = textAt(before, 'name');
    const runsAgain = arrayAt(pod, 'status', list).some(
      (now) => textAt(now, 'name') === name && objectAt(now, 'state', 'terminated') === undefined,
    );
    const container =
      containers && arrayAt(pod, 'spec', containers).find((candidate) => textAt(candidate, 'name') === name);
    const exitCode = numberAt(before, 'state', 'terminated', 'exitCode') ?? 0;
    if (!runsAgain || (container !== undefined && shouldRestart(container, pod, exitCode))) return NONE;
    return [forbidden(path.index(index).child('state'), 'may not be transitioned to non-terminated state')];
  });
}

/** A rule of one container may restart all of them. Source: pkg/api/v1/pod/util.go `AllContainersCouldRestart`, 1.36. */
function allMayRestart(pod: KubernetesObject): boolean {
  return ['initContainers', 'containers'].some((list) =>
    arrayAt(pod, 'spec', list).some((container) =>
      arrayAt(container, 'restartPolicyRules').some((rule) => textAt(rule, 'action') === 'RestartAllContainers'),
    ),
  );
}

function validateClaims(pod: KubernetesObject): readonly FieldError[] {
  const names = new Set(arrayAt(pod, 'spec', 'resourceClaims').map((claim) => textAt(claim, 'name')));
  const seen = new Set<string>();
  return validateEach(
    valueAt(pod, 'status', 'resourceClaimStatuses'),
    STATUS.child('resourceClaimStatuses'),
    (status, path) => {
      const name = textAt(status, 'name');
      const claim = pointerAt(status, 'resourceClaimName');
      const isSecond = seen.has(name);
      seen.add(name);
      return [
        ...(names.has(name)
          ? NONE
          : [invalid(path.child('name'), name, 'must match the name of an entry in `spec.resourceClaims`')]),
        ...(isSecond ? [duplicate(path.child('name'), name)] : NONE),
        ...(typeof claim === 'string'
          ? invalidFor(path.child('resourceClaimName'), claim, validateDns1123Subdomain(claim))
          : NONE),
      ];
    },
  );
}
