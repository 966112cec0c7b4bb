import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, notFound, required } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach } from '../../validation/fields.ts';
import type { ContainerSurroundings } from './container-common.ts';
import { validateContainerCommon, validateContainerOnlyForPod } from './container-common.ts';
import { validateHostPortConflicts } from './container-ports.ts';
import { validateProbesAndLifecycle } from './probes.ts';
import { validateContainerRestartPolicy, validateInitContainerRestartPolicy } from './restart-policy.ts';

/** `containers` of a Pod. Source: pkg/apis/core/validation/validation.go `validateContainers`, 1.36. */
export function validateContainers(
  containers: readonly JsonValue[],
  path: ValidationPath,
  pod: ContainerSurroundings,
): readonly FieldError[] {
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  return [
    ...validateEach(containers, path, (container, containerPath) => [
      ...validateContainerCommon(container, containerPath, pod),
      ...validateUniqueName(textAt(container, 'name'), names, containerPath.child('name')),
      ...validateProbesAndLifecycle(container, containerPath, pod.grace, pod.os),
      ...validateContainerRestartPolicy(container, containerPath),
    ]),
    ...validateHostPortConflicts(containers, path),
  ];
}

function validateUniqueName(name: string, names: Set<string>, path: ValidationPath): readonly FieldError[] {
  if (names.has(name)) return [duplicate(path, name)];
  names.add(name);
  return NONE;
}

const HOOKS = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const NOT_IN_INIT_CONTAINERS = 'may not be set for init containers without restartPolicy=Always';

/** `initContainers`: those that always restart are sidecars, and may have what containers have. */
export function validateInitContainers(
  containers: readonly JsonValue[],
  others: readonly JsonValue[],
  path: ValidationPath,
  pod: ContainerSurroundings,
): readonly FieldError[] {
  const names = new Set(others.map((container) => textAt(container, 'name')));
  return validateEach(containers, path, (container, containerPath, index) => {
    const isSidecar = textAt(container, 'restartPolicy') === 'Always';
    const name = textAt(container, 'name');
    const errors = [
      ...validateContainerCommon(container, containerPath, pod),
      ...validateInitContainerRestartPolicy(container, containerPath),
    ];
    if (names.has(name)) errors.push(duplicate(containerPath.child('name'), name));
    else if (name !== '') names.add(name);
    // Upstream looks at each init container as if it were the first of the list.
    errors.push(...validateHostPortConflicts([container], path));
    if (isSidecar) errors.push(...validateProbesAndLifecycle(container, containerPath, pod.grace, pod.os));
    else errors.push(...forbidFields(container, HOOKS, NOT_IN_INIT_CONTAINERS, containerPath));
    if (!isSidecar && !pod.options.allowExistingRestartContainerForNonSidecarInitContainer) {
      errors.push(...forbidRestartOnResize(container, path.index(index).child('resizePolicy')));
    }
    return errors;
  });
}

function forbidFields(
  container: JsonValue,
  fields: readonly string[],
  detail: string,
  path: ValidationPath,
): readonly FieldError[] {
  return fields
    .filter((field) => pointerAt(container, field) !== undefined)
    .map((field) => forbidden(path.child(field), detail));
}

function forbidRestartOnResize(container: JsonValue, path: ValidationPath): readonly FieldError[] {
  return validateEach(arrayAt(container, 'resizePolicy'), path, (policy, policyPath) => {
    const restart = textAt(policy, 'restartPolicy');
    if (restart !== 'RestartContainer') return NONE;
    const detail = "must not be set to 'RestartContainer' for non-sidecar initContainers";
    return [invalid(policyPath.child('restartPolicy'), restart, detail)];
  });
}

/** In the order of the Go struct, less what an ephemeral container may have. */
const NOT_IN_EPHEMERAL_CONTAINERS = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;
const CANNOT_BE_SET = 'cannot be set for an Ephemeral Container';

/** `ephemeralContainers`, which are added to a running Pod. */
export function validateEphemeralContainers(
  containers: readonly JsonValue[],
  others: readonly JsonValue[],
  path: ValidationPath,
  pod: ContainerSurroundings,
): readonly FieldError[] {
  const targets = new Set(others.map((container) => textAt(container, 'name')));
  const names = new Set(targets);
  return validateEach(containers, path, (container, containerPath) => {
    const target = textAt(container, 'targetContainerName');
    return [
      ...validateContainerCommon(container, containerPath, pod),
      ...validateContainerOnlyForPod(container, containerPath),
      ...validateUniqueName(textAt(container, 'name'), names, containerPath.child('name')),
      ...(target !== '' && !targets.has(target)
        ? [notFound(containerPath.child('targetContainerName'), target)]
        : NONE),
      ...NOT_IN_EPHEMERAL_CONTAINERS.filter((field) => isSet(container, field)).map((field) =>
        forbidden(containerPath.child(field), CANNOT_BE_SET),
      ),
      ...validateEach(arrayAt(container, 'volumeMounts'), containerPath.child('volumeMounts'), (mount, mountPath) =>
        ['subPath', 'subPathExpr']
          .filter((field) => textAt(mount, field) !== '')
          .map((field) => forbidden(mountPath.child(field), CANNOT_BE_SET)),
      ),
    ];
  });
}

/** An empty struct that is behind no pointer is as good as none. */
function isSet(container: JsonValue, field: string): boolean {
  const value = pointerAt(container, field);
  if (value === undefined) return false;
  return field !== 'resources' || (typeof value === 'object' && Object.keys(value ?? {}).length > 0);
}
