import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, notSupported, required } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { NONE, isTrueAt, pointerAt, textAt } from '../../validation/fields.ts';
import { visitContainers } from './visit-containers.ts';

/** `os` of a Pod, and the fields that the other operating system has. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateOs(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const os = pointerAt(spec, 'os');
  if (os === undefined) return NONE;
  const name = textAt(os, 'name');
  switch (name) {
    case '':
      return [required(path.child('os', 'name'))];
    case 'linux':
      return validateLinux(spec, path);
    case 'windows':
      return validateWindows(spec, path);
    default:
      return [notSupported(path.child('os'), name, ['linux', 'windows'])];
  }
}

const NOT_ON_LINUX = 'windows options cannot be set for a linux pod';
const NOT_ON_WINDOWS = 'cannot be set for a windows pod';

function validateLinux(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return [...refuseWindowsOptions(spec, path), ...visitContainers(spec, path, refuseWindowsOptions)];
}

function refuseWindowsOptions(value: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const context = pointerAt(value, 'securityContext');
  return forbidFields(context, ['windowsOptions'], path.child('securityContext'), NOT_ON_LINUX);
}

/** In the server's order, which mixes fields of the security context with those of the spec. */
const POD_FIELDS: readonly (readonly [where: 'context' | 'pointer' | 'flag', field: string])[] = [
  ['context', 'appArmorProfile'],
  ['context', 'seLinuxOptions'],
  ['pointer', 'hostUsers'],
  ['flag', 'hostPID'],
  ['flag', 'hostIPC'],
  ['context', 'seccompProfile'],
  ['context', 'fsGroup'],
  ['context', 'fsGroupChangePolicy'],
  ['context', 'sysctls'],
  ['pointer', 'shareProcessNamespace'],
  ['context', 'runAsUser'],
  ['context', 'runAsGroup'],
  ['context', 'supplementalGroups'],
  ['context', 'supplementalGroupsPolicy'],
  ['context', 'seLinuxChangePolicy'],
];

const CONTAINER_FIELDS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

function validateWindows(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const context = pointerAt(spec, 'securityContext');
  return [
    ...POD_FIELDS.flatMap(([where, field]) => {
      if (where === 'context') return forbidFields(context, [field], path.child('securityContext'), NOT_ON_WINDOWS);
      const written = where === 'flag' ? isTrueAt(spec, field) : pointerAt(spec, field) !== undefined;
      return written ? [forbidden(path.child(field), NOT_ON_WINDOWS)] : NONE;
    }),
    ...visitContainers(spec, path, (container, containerPath) =>
      forbidFields(
        pointerAt(container, 'securityContext'),
        CONTAINER_FIELDS,
        containerPath.child('securityContext'),
        NOT_ON_WINDOWS,
      ),
    ),
  ];
}

function forbidFields(
  context: JsonValue | undefined,
  fields: readonly string[],
  path: ValidationPath,
  detail: string,
): readonly FieldError[] {
  return fields
    .filter((field) => isWritten(pointerAt(context, field), field))
    .map((field) => forbidden(path.child(field), detail));
}

/** An empty list of sysctls is as good as none; an empty list of groups is not. */
function isWritten(value: JsonValue | undefined, field: string): boolean {
  return value !== undefined && !(field === 'sysctls' && Array.isArray(value) && value.length === 0);
}
