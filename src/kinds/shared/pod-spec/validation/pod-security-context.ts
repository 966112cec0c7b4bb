import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate, invalid, required } from '../../../../apimachinery/field-error.ts';
import { byteLength } from '../../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { validateUserId } from '../../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, isTrueAt, pointerAt, textAt, validateEach, validateEnum } from '../../validation/fields.ts';
import { validateAppArmorProfile } from './app-armor.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { validateSeccompProfile } from './seccomp.ts';
import { validateId } from './security-context.ts';
import { validateWindowsOptions } from './windows-options.ts';

/**
 * `securityContext` of a Pod, and the host namespaces that upstream keeps with it.
 * Source: pkg/apis/core/validation/validation.go `validatePodSpecSecurityContext`, 1.36.
 */
export function validatePodSecurityContext(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const context = pointerAt(spec, 'securityContext');
  const selinuxPolicies = options.allowAnySELinuxChangePolicy ? ['MountOption', 'Recursive'] : ['Recursive'];
  const shares = isTrueAt(spec, 'shareProcessNamespace') && isTrueAt(spec, 'hostPID');
  if (context === undefined && !shares) return NONE;
  return [
    ...['fsGroup', 'runAsUser', 'runAsGroup'].flatMap((field) => validateId(context ?? {}, field, path)),
    ...validateEach(valueAt(context, 'supplementalGroups'), path.child('supplementalGroups'), validateGroup),
    ...(shares
      ? [invalid(path.child('shareProcessNamespace'), true, 'ShareProcessNamespace and HostPID cannot both be enabled')]
      : NONE),
    ...validateSysctls(spec, path.child('sysctls'), options),
    ...optionalEnum(context, 'fsGroupChangePolicy', path, ['Always', 'OnRootMismatch']),
    ...validateSeccompProfile(valueAt(context, 'seccompProfile'), path.child('seccompProfile')),
    ...validateWindowsOptions(valueAt(context, 'windowsOptions'), path.child('windowsOptions')),
    ...validateAppArmorProfile(valueAt(context, 'appArmorProfile'), path.child('appArmorProfile')),
    ...optionalEnum(context, 'supplementalGroupsPolicy', path, ['Merge', 'Strict']),
    ...optionalEnum(context, 'seLinuxChangePolicy', path, selinuxPolicies),
  ];
}

function validateGroup(group: JsonValue, path: ValidationPath): readonly FieldError[] {
  const id = typeof group === 'number' || typeof group === 'bigint' ? group : 0;
  return validateUserId(id).map((message) => invalid(path, id, message));
}

function optionalEnum(
  context: JsonValue | undefined,
  field: string,
  path: ValidationPath,
  supported: readonly string[],
): readonly FieldError[] {
  if (pointerAt(context, field) === undefined) return NONE;
  return validateEnum(textAt(context, field), path.child(field), supported);
}

const SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL = `^(${SEGMENT}[\\./])*${SEGMENT}$`;
const sysctlName = new RegExp(SYSCTL);
const SYSCTL_MAX_BYTES = 253;

function validateSysctls(
  spec: JsonValue | undefined,
  path: ValidationPath,
  { allowNamespacedSysctlsForHostNetAndHostIpc }: PodValidationOptions,
): readonly FieldError[] {
  const names = new Set<string>();
  return validateEach(arrayAt(spec, 'securityContext', 'sysctls'), path, (sysctl, sysctlPath) => {
    const name = textAt(sysctl, 'name');
    const namePath = sysctlPath.child('name');
    const errors = [...validateSysctlName(name, names, namePath)];
    if (!allowNamespacedSysctlsForHostNetAndHostIpc) errors.push(...validateHostSysctl(name, spec, namePath));
    names.add(name);
    return errors;
  });
}

function validateSysctlName(name: string, names: ReadonlySet<string>, path: ValidationPath): readonly FieldError[] {
  if (name === '') return [required(path)];
  if (byteLength(name) > SYSCTL_MAX_BYTES || !sysctlName.test(name)) {
    return [invalid(path, name, `must have at most ${SYSCTL_MAX_BYTES} characters and match regex ${SYSCTL}`)];
  }
  return names.has(name) ? [duplicate(path, name)] : NONE;
}

const IPC_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.sem',
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
  'kernel.shm',
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.msg',
]);

/**
 * A sysctl of a Linux namespace that the Pod shares with its Node.
 * Source: staging/src/k8s.io/component-helpers/node/util/sysctl/namespace.go, 1.36.
 */
export function validateHostSysctl(
  sysctl: string,
  spec: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const name = normalizeSysctl(sysctl).split('*')[0]!;
  if (name.startsWith('net.')) {
    if (!isTrueAt(spec, 'hostNetwork')) return NONE;
    return [invalid(path, sysctl, "may not be specified when 'hostNetwork' is true")];
  }
  const isIpc = IPC_SYSCTLS.has(name) || name.startsWith('fs.mqueue.');
  return isIpc && isTrueAt(spec, 'hostIPC')
    ? [invalid(path, sysctl, "may not be specified when 'hostIPC' is true")]
    : NONE;
}

/** `net/ipv4/conf/eno2.100` is `net.ipv4.conf.eno2/100`: the first sign says which of the two separates. */
function normalizeSysctl(name: string): string {
  if (/[./]/.exec(name)?.[0] !== '/') return name;
  return name.replaceAll(/[./]/g, (sign) => (sign === '.' ? '/' : '.'));
}
