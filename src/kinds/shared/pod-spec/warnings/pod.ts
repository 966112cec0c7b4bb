import { ipWarnings } from '../../../../apimachinery/ip-validation.ts';
import { validateDns1123Label } from '../../../../apimachinery/names.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import { quoteString } from '../../../../apimachinery/quoted-string.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, stringMapAt, valueAt } from '../../../../base/json.ts';
import { optionalIntegerAt, pointerAt, textAt, textsAt } from '../../validation/fields.ts';
import { POD_SECCOMP_ANNOTATION } from '../validation/seccomp.ts';
import type { PodPlace } from './containers.ts';
import { containerWarnings, copiedAppArmorWarnings, seccompWarning } from './containers.ts';
import { fractionWarning } from './fractions.ts';
import { nodeLabelDeprecation, nodeSelectorTermWarnings } from './node-labels.ts';
import { overlappingPathWarnings } from './overlapping-paths.ts';
import { portWarnings } from './ports.ts';
import { volumeWarnings } from './volumes.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Warnings of a create of a Pod. Source: pkg/registry/core/pod/strategy.go and pkg/api/pod/warnings.go, 1.36. */
export function podWarnings(pod: KubernetesObject): readonly string[] {
  const place: PodPlace = {
    metadata: valueAt(pod, 'metadata'),
    spec: valueAt(pod, 'spec'),
    metadataPath: ValidationPath.of('metadata'),
    specPath: ValidationPath.of('spec'),
    isTemplate: false,
  };
  const name = validateDns1123Label(nameOf(pod));
  return [
    ...copiedAppArmorWarnings(place),
    ...(name.length === 0
      ? []
      : [
          `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${name.join(' ')}]`,
        ]),
    ...warningsAt(place),
  ];
}

/**
 * Warnings about the template of a workload at a path of its object.
 * Source: pkg/api/pod/warnings.go `GetWarningsForPodTemplate`, 1.36, which takes no notice of the old template either.
 */
export function podTemplateWarnings(template: JsonValue | undefined, path: ValidationPath): readonly string[] {
  return warningsAt({
    metadata: valueAt(template, 'metadata'),
    spec: valueAt(template, 'spec'),
    metadataPath: path.child('metadata'),
    specPath: path.child('spec'),
    isTemplate: true,
  });
}

function warningsAt(pod: PodPlace): readonly string[] {
  const { spec, specPath } = pod;
  return [
    ...nodeWarnings(spec, specPath),
    ...spreadWarnings(spec, specPath.child('topologySpreadConstraints')),
    ...annotationWarnings(pod),
    ...volumeWarnings(arrayAt(spec, 'volumes'), specPath.child('volumes')),
    ...overlappingPathWarnings(arrayAt(spec, 'volumes')),
    ...duplicateWarnings(arrayAt(spec, 'hostAliases'), 'ip', specPath.child('hostAliases')),
    ...duplicateWarnings(arrayAt(spec, 'imagePullSecrets'), 'name', specPath.child('imagePullSecrets')),
    ...pullSecretWarnings(arrayAt(spec, 'imagePullSecrets'), specPath.child('imagePullSecrets')),
    ...['memory', 'ephemeral-storage'].flatMap((name) =>
      fractionWarning(valueAt(spec, 'overhead'), name, specPath.child('overhead')),
    ),
    ...podSeccompWarnings(pod),
    ...containerWarnings(pod),
    ...portWarnings(spec, specPath),
    ...gracePeriodWarnings(spec, specPath.child('terminationGracePeriodSeconds')),
    ...['podAffinity', 'podAntiAffinity'].flatMap((field) =>
      affinityWarnings(valueAt(spec, 'affinity', field), specPath.child('affinity', field)),
    ),
    ...addressWarnings(spec, specPath),
  ];
}

function nodeWarnings(spec: JsonValue | undefined, path: ValidationPath): readonly string[] {
  const affinity = valueAt(spec, 'affinity', 'nodeAffinity');
  const affinityPath = path.child('affinity', 'nodeAffinity');
  const termsPath = affinityPath.child(REQUIRED, 'nodeSelectorTerms');
  return [
    ...[...stringMapAt(spec, 'nodeSelector').keys()].flatMap((key) => {
      const deprecation = nodeLabelDeprecation(key);
      return deprecation === undefined ? [] : [`${path.child('nodeSelector').key(key)}: ${deprecation}`];
    }),
    ...arrayAt(affinity, REQUIRED, 'nodeSelectorTerms').flatMap((term, index) =>
      nodeSelectorTermWarnings(term, termsPath.index(index), false),
    ),
    ...arrayAt(affinity, PREFERRED).flatMap((term, index) =>
      nodeSelectorTermWarnings(
        valueAt(term, 'preference'),
        affinityPath.child(PREFERRED).index(index).child('preference'),
        true,
      ),
    ),
  ];
}

function nullSelector(path: ValidationPath): string {
  return `${path.child('labelSelector')}: a null labelSelector results in matching no pod`;
}

function spreadWarnings(spec: JsonValue | undefined, path: ValidationPath): readonly string[] {
  return arrayAt(spec, 'topologySpreadConstraints').flatMap((constraint, index) => {
    const key = textAt(constraint, 'topologyKey');
    const deprecation = nodeLabelDeprecation(key);
    const at = path.index(index);
    return [
      ...(deprecation === undefined ? [] : [`${at.child('topologyKey')}: ${key} is ${deprecation}`]),
      ...(pointerAt(constraint, 'labelSelector') === undefined ? [nullSelector(at)] : []),
    ];
  });
}

const DEPRECATED_ANNOTATIONS = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
] as const;

function annotationWarnings({ metadata, metadataPath }: PodPlace): readonly string[] {
  const annotations = stringMapAt(metadata, 'annotations');
  return DEPRECATED_ANNOTATIONS.filter(([key]) => annotations.has(key)).map(
    ([key, message]) => `${metadataPath.child('annotations').key(key)}: ${message}`,
  );
}

function duplicateWarnings(list: readonly JsonValue[], field: string, path: ValidationPath): readonly string[] {
  const seen = new Set<string>();
  return list.flatMap((entry, index) => {
    const value = textAt(entry, field);
    if (seen.has(value)) return [`${path.index(index).child(field)}: duplicate ${field} ${quoteString(value)}`];
    seen.add(value);
    return [];
  });
}

function pullSecretWarnings(secrets: readonly JsonValue[], path: ValidationPath): readonly string[] {
  return secrets.flatMap((secret, index) =>
    textAt(secret, 'name') === '' ? [`${path.index(index).child('name')}: invalid empty name ""`] : [],
  );
}

function podSeccompWarnings({ metadata, spec, metadataPath }: PodPlace): readonly string[] {
  if (!stringMapAt(metadata, 'annotations').has(POD_SECCOMP_ANNOTATION)) return [];
  if (pointerAt(spec, 'securityContext', 'seccompProfile') !== undefined) return [];
  return [seccompWarning(POD_SECCOMP_ANNOTATION, metadataPath)];
}

function gracePeriodWarnings(spec: JsonValue | undefined, path: ValidationPath): readonly string[] {
  const grace = optionalIntegerAt(spec, 'terminationGracePeriodSeconds');
  if (grace === undefined || grace >= 0) return [];
  return [`${path}: must be >= 0; negative values are invalid and will be treated as 1`];
}

function hasNoSelector(term: JsonValue | undefined): boolean {
  return pointerAt(term, 'labelSelector') === undefined;
}

function affinityWarnings(affinity: JsonValue | undefined, path: ValidationPath): readonly string[] {
  return [
    ...arrayAt(affinity, REQUIRED).flatMap((term, index) =>
      hasNoSelector(term) ? [nullSelector(path.child(REQUIRED).index(index))] : [],
    ),
    ...arrayAt(affinity, PREFERRED).flatMap((term, index) =>
      hasNoSelector(valueAt(term, 'podAffinityTerm'))
        ? [nullSelector(path.child(PREFERRED).index(index).child('podAffinityTerm'))]
        : [],
    ),
  ];
}

function addressWarnings(spec: JsonValue | undefined, path: ValidationPath): readonly string[] {
  const nameservers = path.child('dnsConfig', 'nameservers');
  const aliases = path.child('hostAliases');
  return [
    ...textsAt(spec, 'dnsConfig', 'nameservers').flatMap((address, index) =>
      ipWarnings(nameservers.index(index).toString(), address),
    ),
    ...arrayAt(spec, 'hostAliases').flatMap((alias, index) =>
      ipWarnings(aliases.index(index).child('ip').toString(), textAt(alias, 'ip')),
    ),
  ];
}
