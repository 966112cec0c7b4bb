import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, objectAt, valueAt } from '../../base/json.ts';
import { NONE, integerAt, pointerAt, textAt, validateEach } from '../shared/validation/fields.ts';
import { invalidFor, validateDnsLabel } from '../shared/validation/messages.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

const MAX_ID = 2_147_483_647;

/** Who containers run as. Source: pkg/apis/core/validation/validation.go `validateContainerStatusUsers`, 1.36. */
export function validateUsers(pod: KubernetesObject, list: string): readonly FieldError[] {
  const os = textAt(pod, 'spec', 'os', 'name') || 'linux';
  return validateEach(valueAt(pod, 'status', list), STATUS.child(list), (status, path) => {
    const linux = pointerAt(status, 'user', 'linux');
    const at = path.child('user', 'linux');
    if (linux === undefined) return NONE;
    if (os === 'windows') return [forbidden(at, 'cannot be set for a windows pod')];
    return os === 'linux' ? validateLinuxUser(linux, at) : NONE;
  });
}

function validateLinuxUser(user: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...validateId(integerAt(user, 'uid'), path.child('uid')),
    ...validateId(integerAt(user, 'gid'), path.child('gid')),
    ...arrayAt(user, 'supplementalGroups').flatMap((group, index) =>
      validateId(
        typeof group === 'number' || typeof group === 'bigint' ? group : 0,
        path.child('supplementalGroups').index(index),
      ),
    ),
  ];
}

function validateId(id: number | bigint, path: ValidationPath): readonly FieldError[] {
  return id >= 0 && id <= MAX_ID ? NONE : [invalid(path, id, `must be between 0 and ${MAX_ID}, inclusive`)];
}

/** The claim that stands for extended resources. Source: `validatePodExtendedResourceClaimStatus`, same file. */
export function validateExtendedResourceClaim(pod: KubernetesObject): readonly FieldError[] {
  const claim = pointerAt(pod, 'status', 'extendedResourceClaimStatus');
  if (claim === undefined) return NONE;
  const path = STATUS.child('extendedResourceClaimStatus');
  const mappings = path.child('requestMappings');
  const seen = new Set<string>();
  const name = textAt(claim, 'resourceClaimName');
  return [
    ...(arrayAt(claim, 'requestMappings').length === 0
      ? [required(mappings, 'at least one request mapping is required')]
      : NONE),
    ...validateEach(valueAt(claim, 'requestMappings'), mappings, (mapping, at) => {
      const fields = ['containerName', 'resourceName', 'requestName'] as const;
      const key = fields.map((field) => textAt(mapping, field)).join(' ');
      const repeated = seen.has(key) ? fields : [];
      seen.add(key);
      return [
        ...validateMappedResource(pod, mapping, at),
        ...validateDnsLabel(textAt(mapping, 'requestName'), path.child('requestName')),
        ...repeated.map((field) => duplicate(at.child(field), textAt(mapping, field))),
      ];
    }),
    ...(name === ''
      ? [required(path.child('resourceClaimName'))]
      : invalidFor(path.child('resourceClaimName'), name, validateDns1123Subdomain(name))),
  ];
}

function validateMappedResource(
  pod: KubernetesObject,
  mapping: JsonValue,
  path: ValidationPath,
): readonly FieldError[] {
  const [name, resource] = [textAt(mapping, 'containerName'), textAt(mapping, 'resourceName')];
  const containers = [...arrayAt(pod, 'spec', 'initContainers'), ...arrayAt(pod, 'spec', 'containers')];
  const container = containers.findLast((candidate) => textAt(candidate, 'name') === name);
  if (container === undefined) {
    const words = 'must match the name of an entry in spec.initContainers.name or spec.containers.name';
    return [invalid(path.child('containerName'), name, words)];
  }
  if (Object.hasOwn(objectAt(container, 'resources', 'requests') ?? {}, resource)) return NONE;
  const words =
    'must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests';
  return [invalid(path.child('resourceName'), resource, words)];
}
