import type { FieldError } from '../../../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../../../base/json.ts';
import { arrayAt, asObject, objectAt, valueAt } from '../../../../../base/json.ts';
import { optionalIntegerAt, pointerAt, textAt } from '../../../validation/fields.ts';
import { nameIs, validateObjectMeta, validateObjectMetaUpdate } from '../../../validation/object-meta.ts';
import type { ContainerSurroundings } from '../container-common.ts';
import { validatePullPolicy } from '../container-common.ts';
import { validateContainerPorts } from '../container-ports.ts';
import { validateContainers, validateEphemeralContainers, validateInitContainers } from '../containers.ts';
import { validateDnsConfig, validateDnsPolicy } from '../dns-config.ts';
import { validateEnv, validateEnvFrom } from '../env.ts';
import { validateReadinessGates, validateSchedulingGates } from '../gates.ts';
import { validateSleep } from '../handlers.ts';
import { validateFileKeyRefVolumes, validateHostUsers, validateHostnameOverride } from '../host.ts';
import { validateOs } from '../os.ts';
import { validatePodLevelResources, validatePodResourceConsistency } from '../pod-level-resources.ts';
import { validatePodSecurityContext } from '../pod-security-context.ts';
import { validateOverhead, validatePodSpec } from '../pod-spec.ts';
import { validatePodTemplateSpec } from '../pod-template-spec.ts';
import { validatePodUpdate } from '../pod-update.ts';
import type { PodValidationOptions } from '../pod-validation-options.ts';
import { validatePodCreate, validatePodMetadataAndSpec } from '../pod.ts';
import { validateProbe } from '../probes.ts';
import { podClaimNames } from '../resource-claims.ts';
import {
  validateContainerResources,
  validatePodLevelResourceRequirements,
  validatePodResourceName,
} from '../resources.ts';
import { validateResizePolicy, validateRestartPolicy } from '../restart-policy.ts';
import { validateSeccompAnnotationsAndFields } from '../seccomp.ts';
import { validateSecurityContext } from '../security-context.ts';
import { validateStopSignal } from '../stop-signal.ts';
import { validateTolerations } from '../tolerations.ts';
import { validateTopologySpreadConstraints } from '../topology-spread.ts';
import { validateVolumeDevices, validateVolumeMounts } from '../volume-mounts.ts';
import { validateCsi } from '../volume-sources/claim-sources.ts';
import { validateFlexVolume } from '../volume-sources/cloud-sources.ts';
import { validateKeyToPath } from '../volume-sources/file-sources.ts';
import { validateGlusterfs, validateNfs } from '../volume-sources/network-sources.ts';
import { validateVolumes } from '../volumes.ts';
import { validateHostProcessPod, validateWindowsOptions } from '../windows-options.ts';

type Call = (input: JsonValue, path: ValidationPath, options: PodValidationOptions) => readonly FieldError[];

const specOf = (input: JsonValue): JsonObject => objectAt(input, 'spec') ?? {};
const field = (input: JsonValue, ...path: readonly (string | number)[]) => valueAt(specOf(input), ...path);
const container = (input: JsonValue) => field(input, 'containers', 0) ?? {};
const source = (input: JsonValue, name: string) => field(input, 'volumes', 0, name) ?? {};
const withOs = (input: JsonValue, name: string): JsonObject => ({ ...specOf(input), os: { name } });

const META = { namespaced: true, standardFinalizers: true, validateName: nameIs(validateDns1123Subdomain) };

function surroundings(input: JsonValue, options: PodValidationOptions): ContainerSurroundings {
  const spec = specOf(input);
  return {
    volumes: new Map(arrayAt(spec, 'volumes').map((volume) => [textAt(volume, 'name'), volume])),
    claimNames: podClaimNames(spec),
    grace: optionalIntegerAt(spec, 'terminationGracePeriodSeconds'),
    os: pointerAt(spec, 'os'),
    restartPolicy: textAt(spec, 'restartPolicy'),
    hostUsers: pointerAt(spec, 'hostUsers') !== false,
    options,
  };
}

function containers(list: string): Call {
  const validate =
    list === 'initContainers'
      ? validateInitContainers
      : list === 'containers'
        ? undefined
        : validateEphemeralContainers;
  return (input, path, options) => {
    const pod = surroundings(input, options);
    const own = arrayAt(specOf(input), list);
    if (!validate) return validateContainers(own, path, pod);
    const others = list === 'initContainers' ? [] : arrayAt(specOf(input), 'initContainers');
    return validate(own, [...arrayAt(specOf(input), 'containers'), ...others], path, pod);
  };
}

/** Upstream's functions by name, each given a Pod spec that holds what the test gives to the function. */
export const CALLS: Readonly<Record<string, Call>> = {
  ValidateEnv: (input, path) => validateEnv(valueAt(container(input), 'env'), path),
  ValidateEnvFrom: (input, path) => validateEnvFrom(valueAt(container(input), 'envFrom'), path),
  ValidatePodCreate: (input, _path, options) => [
    ...validateObjectMeta(valueAt(input, 'metadata'), META),
    ...validatePodCreate(input, options),
  ],
  ValidatePodUpdate: (input, _path, options) => {
    const [pod, old] = [valueAt(input, 'new') ?? {}, valueAt(input, 'old') ?? {}];
    return [
      ...validateObjectMetaUpdate(valueAt(pod, 'metadata'), valueAt(old, 'metadata'), META),
      ...validateObjectMeta(valueAt(pod, 'metadata'), META),
      ...validatePodMetadataAndSpec(pod, options),
      ...validatePodUpdate(pod, old, options),
    ];
  },
  ValidatePodSpec: (input, path, options) => validatePodSpec(specOf(input), path, options, valueAt(input, 'metadata')),
  ValidatePodTemplateSpec: validatePodTemplateSpec,
  ValidateSecurityContext: (input, path) =>
    validateSecurityContext(
      valueAt(container(input), 'securityContext'),
      path,
      pointerAt(specOf(input), 'hostUsers') !== false,
    ),
  ValidateTolerations: (input, path, options) => validateTolerations(field(input, 'tolerations'), path, options),
  ValidateVolumeDevices: (input, path, options) =>
    validateVolumeDevices(container(input), surroundings(input, options).volumes, path),
  ValidateVolumeMounts: (input, path, options) =>
    validateVolumeMounts(container(input), surroundings(input, options).volumes, path),
  ValidateVolumes: (input, path, options) =>
    validateVolumes(specOf(input), path, options, textAt(input, 'metadata', 'name')).errors,
  ValidateContainerResourceRequirements: (input, path, options) =>
    validateContainerResources(valueAt(container(input), 'resources'), podClaimNames(specOf(input)), path, options),
  validatePodResourceRequirements: (input, path, options) =>
    validatePodLevelResourceRequirements(
      valueAt(container(input), 'resources') ?? {},
      podClaimNames(specOf(input)),
      path,
      options,
    ),
  validateCSIVolumeSource: (input, path) => validateCsi(source(input, 'csi'), path),
  validateContainerPorts: (input, path) => validateContainerPorts(valueAt(container(input), 'ports'), path),
  validateContainers: containers('containers'),
  validateDNSPolicy: (input, path) => validateDnsPolicy(textAt(specOf(input), 'dnsPolicy'), path),
  validateEphemeralContainers: containers('ephemeralContainers'),
  validateFileKeyRefVolumes: (input, path) => validateFileKeyRefVolumes(specOf(input), path),
  validateFlexVolumeSource: (input, path) => validateFlexVolume(source(input, 'flexVolume'), path),
  validateGlusterfsVolumeSource: (input, path) => validateGlusterfs(source(input, 'glusterfs'), path),
  validateHostUsers: (input, path, options) => validateHostUsers(specOf(input), path, options),
  validateInitContainers: containers('initContainers'),
  validateKeyToPath: (input, path) => validateKeyToPath(valueAt(source(input, 'configMap'), 'items', 0) ?? {}, path),
  validateLinux: (input, path) => validateOs(withOs(input, 'linux'), path),
  validateNFSVolumeSource: (input, path) => validateNfs(source(input, 'nfs'), path),
  // Upstream is given the path of `os` here.
  validateOS: (input, path) =>
    validateOs(specOf(input), path).filter((error) => error.path.toString().startsWith(`${path}.os`)),
  validateOverhead: (input, path, options) => validateOverhead(field(input, 'overhead') ?? {}, path, options),
  validatePodDNSConfig: (input, path) => validateDnsConfig(specOf(input), path),
  validatePodHostName: (input, path) => validateHostnameOverride(specOf(input), path.child('hostnameOverride')),
  validatePodResourceConsistency: (input, path) =>
    validatePodResourceConsistency(specOf(input), asObject(field(input, 'resources')) ?? {}, path),
  validatePodResourceName: (input, path) => validatePodResourceName(typeof input === 'string' ? input : '', path),
  validatePodResources: (input, path, options) =>
    validatePodLevelResources(specOf(input), podClaimNames(specOf(input)), path.child('resources'), options),
  validateProbe: (input, path) =>
    validateProbe(
      pointerAt(container(input), 'livenessProbe'),
      path,
      optionalIntegerAt(specOf(input), 'terminationGracePeriodSeconds'),
    ),
  validatePullPolicy: (input, path) => validatePullPolicy(textAt(container(input), 'imagePullPolicy'), path),
  validateReadinessGates: (input, path) => validateReadinessGates(field(input, 'readinessGates'), path),
  validateResizePolicy: (input, path) =>
    validateResizePolicy(valueAt(container(input), 'resizePolicy'), path, textAt(specOf(input), 'restartPolicy')),
  validateRestartPolicy: (input, path) => validateRestartPolicy(textAt(specOf(input), 'restartPolicy'), path),
  validateSchedulingGates: (input, path) => validateSchedulingGates(field(input, 'schedulingGates'), path),
  validateSeccompAnnotationsAndFields: (input, path) =>
    validateSeccompAnnotationsAndFields(valueAt(input, 'metadata'), specOf(input), path),
  validateSleepAction: (input, path) =>
    validateSleep(
      valueAt(container(input), 'lifecycle', 'preStop', 'sleep') ?? {},
      path,
      optionalIntegerAt(specOf(input), 'terminationGracePeriodSeconds'),
    ),
  validateStopSignal: (input, path) =>
    validateStopSignal(textAt(container(input), 'lifecycle', 'stopSignal'), path, pointerAt(specOf(input), 'os')),
  // Upstream is given the path of the list.
  validateSysctls: (input, path, options) => validatePodSecurityContext(specOf(input), path, options),
  validateTopologySpreadConstraints: (input, path, options) =>
    validateTopologySpreadConstraints(field(input, 'topologySpreadConstraints'), path, options),
  validateWindows: (input, path) => validateOs(withOs(input, 'windows'), path),
  validateWindowsHostProcessPod: (input, path) => validateHostProcessPod(specOf(input), path),
  validateWindowsSecurityContextOptions: (input, path) =>
    validateWindowsOptions(field(input, 'securityContext', 'windowsOptions'), path),
};
