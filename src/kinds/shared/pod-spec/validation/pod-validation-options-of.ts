import type { JsonValue } from '../../../../base/json.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { STRICT } from './pod-validation-options.ts';

/**
 * What an update of a workload lets pass in its template; on create there is no old template.
 * Source: pkg/api/pod/util.go `GetValidationOptionsFromPodTemplate`, 1.36.
 */
export function podTemplateValidationOptions(_oldTemplate?: JsonValue): PodValidationOptions {
  return STRICT;
}
