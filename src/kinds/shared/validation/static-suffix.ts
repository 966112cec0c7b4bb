import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';

const SUFFIX = '.static.k8s.io';
const NO_WARNINGS: readonly string[] = Object.freeze([]);

/**
 * A warning where the name is of the form that is reserved for configurations that the API server reads from files.
 * Source: pkg/apis/admissionregistration/validation `WarningsForStaticSuffix`, 1.36.
 */
export function staticSuffixWarnings(object: KubernetesObject): readonly string[] {
  if (!nameOf(object).endsWith(SUFFIX)) return NO_WARNINGS;
  return [
    `metadata.name: names ending with ${quoteString(SUFFIX)} are reserved for static manifest-based configurations and cannot be managed via the API`,
  ];
}
