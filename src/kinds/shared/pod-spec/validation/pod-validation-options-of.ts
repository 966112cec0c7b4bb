import { readQuantityField } from '../../../../apimachinery/quantity.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, objectAt, valueAt } from '../../../../base/json.ts';
import { isTrueAt, pointerAt, textAt } from '../../validation/fields.ts';
import { hasInvalidLabelValue, validateLabelSelector } from '../../validation/label-selector.ts';
import { validateLocalNonReservedPath } from '../../validation/paths.ts';
import { isHugePageResourceName, isHugePageValueDivisible } from '../../validation/resource-names.ts';
import { hasInvalidDeletionCost } from './annotations.ts';
import { validateMatchLabelKeys } from './match-label-keys.ts';
import { validateHostSysctl } from './pod-security-context.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { STRICT } from './pod-validation-options.ts';
import { allContainers } from './visit-containers.ts';

/**
 * What an update of a workload lets pass in its template; on create there is no old template.
 * Source: pkg/api/pod/util.go `GetValidationOptionsFromPodTemplate`, 1.36.
 */
export function podTemplateValidationOptions(oldTemplate?: JsonValue): PodValidationOptions {
  return oldTemplate === undefined
    ? STRICT
    : optionsFrom(valueAt(oldTemplate, 'spec'), valueAt(oldTemplate, 'metadata'));
}

/** The same for a Pod. */
export function podValidationOptions(oldPod?: JsonValue): PodValidationOptions {
  const options = oldPod === undefined ? STRICT : optionsFrom(valueAt(oldPod, 'spec'), valueAt(oldPod, 'metadata'));
  return { ...options, resourceIsPod: true };
}

/** Nowhere in particular: only whether there are errors counts. */
const PATH = ValidationPath.of('spec');

function optionsFrom(spec: JsonValue | undefined, metadata: JsonValue | undefined): PodValidationOptions {
  const constraints = arrayAt(spec, 'topologySpreadConstraints');
  const sysctls = arrayAt(spec, 'securityContext', 'sysctls');
  return {
    allowInvalidPodDeletionCost: hasInvalidDeletionCost(valueAt(metadata, 'annotations')),
    allowInvalidLabelValueInSelector: affinityTerms(spec).some(
      (term) =>
        hasInvalidLabelValue(valueAt(term, 'labelSelector')) ||
        hasInvalidLabelValue(valueAt(term, 'namespaceSelector')),
    ),
    allowIndivisibleHugePagesValues: allContainers(spec).some(usesIndivisibleHugePages),
    allowInvalidTopologySpreadConstraintLabelSelector: constraints.some(
      (constraint) => validateLabelSelector(valueAt(constraint, 'labelSelector'), PATH).length > 0,
    ),
    allowNonLocalProjectedTokenPath: tokenPaths(spec).some(
      (file) => validateLocalNonReservedPath(file, PATH).length > 0,
    ),
    allowNamespacedSysctlsForHostNetAndHostIpc: sysctls.some(
      (sysctl) => validateHostSysctl(textAt(sysctl, 'name'), spec, PATH).length > 0,
    ),
    allowInvalidLabelValueInRequiredNodeAffinity: requiredNodeTerms(spec).some(hasInvalidLabelValue),
    oldPodViolatesMatchLabelKeysValidation: constraints.some(
      (constraint) => validateMatchLabelKeys(withoutMismatch(constraint), PATH).length > 0,
    ),
    allowExistingRestartContainerForNonSidecarInitContainer: arrayAt(spec, 'initContainers').some(
      (container) =>
        textAt(container, 'restartPolicy') !== 'Always' &&
        arrayAt(container, 'resizePolicy').some((policy) => textAt(policy, 'restartPolicy') === 'RestartContainer'),
    ),
    allowUserNamespacesWithVolumeDevices:
      pointerAt(spec, 'hostUsers') === false &&
      allContainers(spec).some((container) => arrayAt(container, 'volumeDevices').length > 0),
    allowUserNamespacesHostNetworkSupport: isTrueAt(spec, 'hostNetwork') && pointerAt(spec, 'hostUsers') === false,
    allowTaintTolerationComparisonOperators: arrayAt(spec, 'tolerations').some((toleration) =>
      ['Lt', 'Gt'].includes(textAt(toleration, 'operator')),
    ),
    allowAnySELinuxChangePolicy: pointerAt(spec, 'securityContext', 'seLinuxChangePolicy') !== undefined,
  };
}

function withoutMismatch(constraint: JsonValue): JsonValue {
  return {
    matchLabelKeys: arrayAt(constraint, 'matchLabelKeys'),
    labelSelector: valueAt(constraint, 'labelSelector') ?? null,
  };
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

function affinityTerms(spec: JsonValue | undefined): readonly JsonValue[] {
  return ['podAffinity', 'podAntiAffinity'].flatMap((field) => [
    ...arrayAt(spec, 'affinity', field, REQUIRED),
    ...arrayAt(spec, 'affinity', field, PREFERRED).map((term) => valueAt(term, 'podAffinityTerm') ?? null),
  ]);
}

function requiredNodeTerms(spec: JsonValue | undefined): readonly JsonValue[] {
  return arrayAt(spec, 'affinity', 'nodeAffinity', REQUIRED, 'nodeSelectorTerms');
}

function tokenPaths(spec: JsonValue | undefined): readonly string[] {
  return arrayAt(spec, 'volumes').flatMap((volume) =>
    arrayAt(volume, 'projected', 'sources')
      .filter((source) => pointerAt(source, 'serviceAccountToken') !== undefined)
      .map((source) => textAt(source, 'serviceAccountToken', 'path')),
  );
}

function usesIndivisibleHugePages(container: JsonValue): boolean {
  return ['limits', 'requests'].some((kind) => {
    const list = objectAt(container, 'resources', kind) ?? {};
    return Object.keys(list)
      .filter(isHugePageResourceName)
      .some((name) => {
        const quantity = readQuantityField(list[name]);
        return typeof quantity !== 'string' && !isHugePageValueDivisible(name, quantity);
      });
  });
}
