import { quoteString } from '../../../../apimachinery/quoted-string.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, jsonEqual, stringMapAt, valueAt } from '../../../../base/json.ts';
import { pointerAt, textAt } from '../../validation/fields.ts';
import { CONTAINER_LISTS } from '../containers.ts';
import { appArmorProfileOf, validProfileOf } from '../defaults/app-armor.ts';
import { APP_ARMOR_ANNOTATION_PREFIX } from '../validation/app-armor.ts';
import { CONTAINER_SECCOMP_ANNOTATION_PREFIX } from '../validation/seccomp.ts';
import { fractionWarning } from './fractions.ts';

/** Where a Pod is: itself, or a template inside a workload. */
export interface PodPlace {
  readonly metadata: JsonValue | undefined;
  readonly spec: JsonValue | undefined;
  readonly metadataPath: ValidationPath;
  readonly specPath: ValidationPath;
  readonly isTemplate: boolean;
}

/** Warnings about each container. Source: pkg/api/pod/warnings.go, 1.36. */
export function containerWarnings(pod: PodPlace): readonly string[] {
  return CONTAINER_LISTS.flatMap((list) =>
    arrayAt(pod.spec, list).flatMap((container, index) => {
      const path = pod.specPath.child(list).index(index);
      return [
        ...seccompWarnings(container, pod),
        ...(pod.isTemplate ? appArmorWarnings(container, pod) : []),
        ...resourceWarnings(container, path.child('resources')),
        ...envWarnings(arrayAt(container, 'env'), path.child('env')),
      ];
    }),
  );
}

function seccompWarnings(container: JsonValue, { metadata, metadataPath }: PodPlace): readonly string[] {
  const key = CONTAINER_SECCOMP_ANNOTATION_PREFIX + textAt(container, 'name');
  if (!stringMapAt(metadata, 'annotations').has(key)) return [];
  if (pointerAt(container, 'securityContext', 'seccompProfile') !== undefined) return [];
  return [seccompWarning(key, metadataPath)];
}

export function seccompWarning(key: string, metadataPath: ValidationPath): string {
  return `${metadataPath.child('annotations').key(key)}: non-functional in v1.27+; use the "seccompProfile" field instead`;
}

function appArmorWarning(key: string, metadataPath: ValidationPath): string {
  return `${metadataPath.child('annotations').key(key)}: deprecated since v1.30; use the "appArmorProfile" field instead`;
}

function appArmorWarnings(container: JsonValue, pod: PodPlace): readonly string[] {
  const key = APP_ARMOR_ANNOTATION_PREFIX + textAt(container, 'name');
  const annotation = stringMapAt(pod.metadata, 'annotations').get(key);
  if (annotation === undefined) return [];
  if (pointerAt(container, 'securityContext', 'appArmorProfile') !== undefined) return [];
  const ofPod = pointerAt(pod.spec, 'securityContext', 'appArmorProfile');
  if (ofPod !== undefined && jsonEqual(ofPod, appArmorProfileOf(annotation))) return [];
  return [appArmorWarning(key, pod.metadataPath)];
}

/**
 * AppArmor annotations of a Pod, told when they are copied to the field; the Pod is given as it is after that. A Pod
 * that had the same in annotation and field from the start is warned of as well, which the server does not do.
 */
export function copiedAppArmorWarnings({ metadata, spec, metadataPath }: PodPlace): readonly string[] {
  const annotations = stringMapAt(metadata, 'annotations');
  if (textAt(spec, 'os', 'name') === 'windows') return [];
  return CONTAINER_LISTS.flatMap((list) =>
    arrayAt(spec, list).flatMap((container) => {
      const key = APP_ARMOR_ANNOTATION_PREFIX + textAt(container, 'name');
      const annotation = annotations.get(key);
      if (annotation === undefined) return [];
      const meant = validProfileOf(annotation);
      const own = pointerAt(container, 'securityContext', 'appArmorProfile');
      const warns = own === undefined ? meant === undefined : jsonEqual(own, meant);
      return warns ? [appArmorWarning(key, metadataPath)] : [];
    }),
  );
}

function resourceWarnings(container: JsonValue, path: ValidationPath): readonly string[] {
  return ['memory', 'ephemeral-storage'].flatMap((name) =>
    ['limits', 'requests'].flatMap((kind) =>
      fractionWarning(valueAt(container, 'resources', kind), name, path.child(kind)),
    ),
  );
}

function envWarnings(variables: readonly JsonValue[], path: ValidationPath): readonly string[] {
  const names = new Set<string>();
  return variables.flatMap((variable, index) => {
    const name = textAt(variable, 'name');
    if (!names.has(name)) {
      names.add(name);
      return [];
    }
    if (!hidesPrevious(variable, `$(${name})`)) return [];
    const hidden = quoteString(name);
    return [`${path.index(index)}: hides previous definition of ${hidden}, which may be dropped when using apply`];
  });
}

/** A variable may come again if it adds to what it was. */
function hidesPrevious(variable: JsonValue, reference: string): boolean {
  const value = textAt(variable, 'value');
  return pointerAt(variable, 'valueFrom') !== undefined || value === reference || !value.includes(reference);
}
