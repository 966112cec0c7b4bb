import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../../apimachinery/field-error.ts';
import { validateDns1123Label, validateDns1123Subdomain } from '../../../../apimachinery/names.ts';
import { inclusiveRangeMessage } from '../../../../apimachinery/validation-messages.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, isTrueAt, optionalIntegerAt, pointerAt, textAt, validateRequiredEnum } from '../../validation/fields.ts';
import { validateLabels } from '../../validation/labels.ts';
import { invalidFor } from '../../validation/messages.ts';
import { validateAffinity } from './affinity.ts';
import type { ContainerSurroundings } from './container-common.ts';
import { validateHostNetworkPorts } from './container-ports.ts';
import { validateContainers, validateEphemeralContainers, validateInitContainers } from './containers.ts';
import { validateDnsConfig, validateDnsPolicy, validateHostAliases } from './dns-config.ts';
import { validateReadinessGates, validateSchedulingGates } from './gates.ts';
import { validateFileKeyRefVolumes, validateHostUsers, validateHostnameOverride } from './host.ts';
import { validateOs } from './os.ts';
import { validatePodLevelResources } from './pod-level-resources.ts';
import { validatePodSecurityContext } from './pod-security-context.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { podClaimNames, validatePodResourceClaims } from './resource-claims.ts';
import { validateContainerResources } from './resources.ts';
import { validateRestartPolicy } from './restart-policy.ts';
import { validateTolerations } from './tolerations.ts';
import { validateTopologySpreadConstraints } from './topology-spread.ts';
import { validateVolumes } from './volumes.ts';
import { validateHostProcessPod } from './windows-options.ts';

/**
 * The spec of a Pod or of a template, already defaulted. `podMetadata` is given for a Pod itself.
 * Source: pkg/apis/core/validation/validation.go `ValidatePodSpec`, 1.36.
 */
export function validatePodSpec(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
  podMetadata?: JsonValue,
): readonly FieldError[] {
  const grace = optionalIntegerAt(spec, 'terminationGracePeriodSeconds');
  const { volumes, errors } = validateVolumes(spec, path.child('volumes'), options, textAt(podMetadata, 'name'));
  const claimNames = podClaimNames(spec);
  const pod: ContainerSurroundings = {
    volumes,
    claimNames,
    grace,
    os: pointerAt(spec, 'os'),
    restartPolicy: textAt(spec, 'restartPolicy'),
    hostUsers: pointerAt(spec, 'hostUsers') !== false,
    options,
  };
  return [
    ...(grace === undefined ? [required(path.child('terminationGracePeriodSeconds'))] : NONE),
    ...errors,
    ...validatePodResourceClaims(spec, path.child('resourceClaims'), podMetadata),
    ...validateContainerLists(spec, path, pod),
    ...validatePodLevelResources(spec, claimNames, path.child('resources'), options),
    ...(isTrueAt(spec, 'hostNetwork')
      ? validateHostNetworkPorts(valueAt(spec, 'containers'), path.child('containers'), options.resourceIsPod ?? false)
      : NONE),
    ...validatePlacement(spec, path, options),
    ...validateNames(spec, path),
    ...validateRest(spec, path, options),
  ];
}

function validateContainerLists(
  spec: JsonValue | undefined,
  path: ValidationPath,
  pod: ContainerSurroundings,
): readonly FieldError[] {
  const containers = arrayAt(spec, 'containers');
  const initContainers = arrayAt(spec, 'initContainers');
  const ephemeral = arrayAt(spec, 'ephemeralContainers');
  return [
    ...validateContainers(containers, path.child('containers'), pod),
    ...validateInitContainers(initContainers, containers, path.child('initContainers'), pod),
    ...validateEphemeralContainers(
      ephemeral,
      [...containers, ...initContainers],
      path.child('ephemeralContainers'),
      pod,
    ),
  ];
}

function validatePlacement(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const field = (name: string) => valueAt(spec, name);
  return [
    ...validateRestartPolicy(textAt(spec, 'restartPolicy'), path.child('restartPolicy')),
    ...validateDnsPolicy(textAt(spec, 'dnsPolicy'), path.child('dnsPolicy')),
    ...validateLabels(field('nodeSelector'), path.child('nodeSelector')),
    ...validatePodSecurityContext(spec, path.child('securityContext'), options),
    ...validateAffinity(field('affinity'), path.child('affinity'), options),
    ...validateDnsConfig(spec, path.child('dnsConfig')),
    ...validateReadinessGates(field('readinessGates'), path.child('readinessGates')),
    ...validateSchedulingGates(field('schedulingGates'), path.child('schedulingGates')),
    ...validateTopologySpreadConstraints(
      field('topologySpreadConstraints'),
      path.child('topologySpreadConstraints'),
      options,
    ),
    ...validateHostProcessPod(spec, path),
    ...validateHostUsers(spec, path, options),
    ...validateHostnameOverride(spec, path.child('hostnameOverride')),
  ];
}

const INT32_MAX = 2147483647;

function validateNames(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const deadline = optionalIntegerAt(spec, 'activeDeadlineSeconds');
  return [
    ...validateName(spec, 'serviceAccountName', path, validateDns1123Subdomain),
    ...validateName(spec, 'nodeName', path, validateDns1123Subdomain),
    ...(deadline === undefined || (deadline >= 1 && deadline <= INT32_MAX)
      ? NONE
      : [invalid(path.child('activeDeadlineSeconds'), deadline, inclusiveRangeMessage(1, INT32_MAX))]),
    ...validateName(spec, 'hostname', path, validateDns1123Label),
    ...validateName(spec, 'subdomain', path, validateDns1123Label),
  ];
}

function validateName(
  spec: JsonValue | undefined,
  field: string,
  path: ValidationPath,
  check: (name: string) => readonly string[],
): readonly FieldError[] {
  const name = textAt(spec, field);
  return name === '' ? NONE : invalidFor(path.child(field), name, check(name));
}

function validateRest(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const runtimeClass = textAt(spec, 'runtimeClassName');
  const overhead = pointerAt(spec, 'overhead');
  return [
    ...validateTolerations(valueAt(spec, 'tolerations'), path.child('tolerations'), options),
    ...validateHostAliases(valueAt(spec, 'hostAliases'), path.child('hostAliases')),
    ...validateName(spec, 'priorityClassName', path, validateDns1123Subdomain),
    ...(pointerAt(spec, 'runtimeClassName') === undefined
      ? NONE
      : invalidFor(path.child('runtimeClassName'), runtimeClass, validateDns1123Subdomain(runtimeClass))),
    ...validatePreemptionPolicy(spec, path.child('preemptionPolicy')),
    ...(overhead === undefined ? NONE : validateOverhead(overhead, path.child('overhead'), options)),
    ...validateOs(spec, path),
    ...validateFileKeyRefVolumes(spec, path),
  ];
}

function validatePreemptionPolicy(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(spec, 'preemptionPolicy') === undefined) return NONE;
  return validateRequiredEnum(textAt(spec, 'preemptionPolicy'), path, ['PreemptLowerPriority', 'Never']);
}

/** What the Pod's RuntimeClass takes; upstream reads it as limits. */
export function validateOverhead(
  overhead: JsonValue,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  return validateContainerResources({ limits: overhead }, new Set(), path, options);
}
