import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { valueAt } from '../../../../base/json.ts';
import { NONE, requireText, textAt, validateRequiredEnum } from '../../validation/fields.ts';
import { validateDnsLabel } from '../../validation/messages.ts';
import { validateContainerPorts } from './container-ports.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import type { GracePeriod } from './handlers.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { validateContainerResources } from './resources.ts';
import { validateResizePolicy } from './restart-policy.ts';
import { validateSecurityContext } from './security-context.ts';
import type { VolumesByName } from './volume-mounts.ts';
import { validateVolumeDevices, validateVolumeMounts } from './volume-mounts.ts';

/** What the rules of a container need to know of its Pod. */
export interface ContainerSurroundings {
  readonly volumes: VolumesByName;
  readonly claimNames: ReadonlySet<string>;
  readonly grace: GracePeriod;
  readonly os: JsonValue | undefined;
  readonly restartPolicy: string;
  /** Whether the Pod uses the Node's users: true unless it says `hostUsers: false`. */
  readonly hostUsers: boolean;
  readonly options: PodValidationOptions;
}

/**
 * What init containers, containers and ephemeral containers have in common.
 * Source: pkg/apis/core/validation/validation.go `validateContainerCommon`, 1.36.
 */
export function validateContainerCommon(
  container: JsonValue,
  path: ValidationPath,
  pod: ContainerSurroundings,
): readonly FieldError[] {
  const field = (name: string) => valueAt(container, name);
  return [
    ...validateName(textAt(container, 'name'), path.child('name')),
    ...requireText(container, 'image', path),
    ...validateRequiredEnum(textAt(container, 'terminationMessagePolicy'), path.child('terminationMessagePolicy'), [
      'File',
      'FallbackToLogsOnError',
    ]),
    ...validateContainerPorts(field('ports'), path.child('ports')),
    ...validateEnv(field('env'), path.child('env')),
    ...validateEnvFrom(field('envFrom'), path.child('envFrom')),
    ...validateVolumeMounts(container, pod.volumes, path.child('volumeMounts')),
    ...validateVolumeDevices(container, pod.volumes, path.child('volumeDevices')),
    ...validatePullPolicy(textAt(container, 'imagePullPolicy'), path.child('imagePullPolicy')),
    ...validateContainerResources(field('resources'), pod.claimNames, path.child('resources'), pod.options),
    ...validateResizePolicy(field('resizePolicy'), path.child('resizePolicy'), pod.restartPolicy),
    ...validateSecurityContext(field('securityContext'), path.child('securityContext'), pod.hostUsers),
  ];
}

function validateName(name: string, path: ValidationPath): readonly FieldError[] {
  return name === '' ? [required(path)] : validateDnsLabel(name, path);
}

/** Also of image volumes. */
export function validatePullPolicy(policy: string, path: ValidationPath): readonly FieldError[] {
  return validateRequiredEnum(policy, path, ['Always', 'IfNotPresent', 'Never']);
}

/** What is refused in a Pod but not in a template. */
export function validateContainerOnlyForPod(container: JsonValue, path: ValidationPath): readonly FieldError[] {
  const image = textAt(container, 'image');
  if (image.trim() === image) return NONE;
  return [invalid(path.child('image'), image, 'must not have leading or trailing whitespace')];
}
