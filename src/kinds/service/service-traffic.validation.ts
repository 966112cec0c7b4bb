import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../apimachinery/field-error.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import {
  NONE,
  integerAt,
  optionalIntegerAt,
  pointerAt,
  textAt,
  validateEnum,
  validateRequiredEnum,
} from '../shared/validation/fields.ts';
import { validatePort } from '../shared/validation/ports.ts';
import { isExternallyAccessible, needsHealthCheck } from './service-spec.ts';

const SPEC = ValidationPath.of('spec');
const SESSION_AFFINITIES = ['ClientIP', 'None'] as const;
const TRAFFIC_POLICIES = ['Cluster', 'Local'] as const;
const TRAFFIC_DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'] as const;
const MAX_TIMEOUT_SECONDS = 86400;
const TYPES_WITH_POLICY: ReadonlySet<string> = new Set(['ClusterIP', 'NodePort', 'LoadBalancer']);

/** Source: pkg/apis/core/validation/validation.go `validateService`, `validateClientIPAffinityConfig`, 1.36. */
export function validateAffinity(spec: JsonValue | undefined): readonly FieldError[] {
  const affinity = textAt(spec, 'sessionAffinity');
  const path = SPEC.child('sessionAffinityConfig');
  const errors = validateRequiredEnum(affinity, SPEC.child('sessionAffinity'), SESSION_AFFINITIES);
  if (affinity === 'ClientIP') return [...errors, ...validateClientIp(pointerAt(spec, 'sessionAffinityConfig'), path)];
  if (affinity !== 'None' || pointerAt(spec, 'sessionAffinityConfig') === undefined) return errors;
  return [...errors, forbidden(path, 'must not be set when session affinity is None')];
}

function validateClientIp(config: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const detail = 'when session affinity type is ClientIP';
  if (config === undefined) return [required(path, detail)];
  if (pointerAt(config, 'clientIP') === undefined) return [required(path.child('clientIP'), detail)];
  const seconds = optionalIntegerAt(config, 'clientIP', 'timeoutSeconds');
  const timeoutPath = path.child('clientIP', 'timeoutSeconds');
  if (seconds === undefined) return [required(timeoutPath, detail)];
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return NONE;
  return [invalid(timeoutPath, seconds, `must be greater than 0 and less than ${MAX_TIMEOUT_SECONDS}`)];
}

/** Source: `validateServiceExternalTrafficPolicy` and the two functions below it, same file. */
export function validateTrafficPolicies(spec: JsonValue | undefined): readonly FieldError[] {
  return [
    ...validateExternalPolicy(spec),
    ...validateHealthCheckPort(spec),
    ...validateInternalPolicy(spec),
    ...(pointerAt(spec, 'trafficDistribution') === undefined
      ? NONE
      : validateEnum(textAt(spec, 'trafficDistribution'), SPEC.child('trafficDistribution'), TRAFFIC_DISTRIBUTIONS)),
  ];
}

function validateExternalPolicy(spec: JsonValue | undefined): readonly FieldError[] {
  const policy = textAt(spec, 'externalTrafficPolicy');
  const path = SPEC.child('externalTrafficPolicy');
  if (isExternallyAccessible(spec)) return validateRequiredEnum(policy, path, TRAFFIC_POLICIES);
  return policy === '' ? NONE : [invalid(path, policy, 'may only be set for externally-accessible services')];
}

/** A missing port is allocated by the cluster before validation, so its lack is no error here. */
function validateHealthCheckPort(spec: JsonValue | undefined): readonly FieldError[] {
  const port = integerAt(spec, 'healthCheckNodePort');
  if (port === 0) return NONE;
  const path = SPEC.child('healthCheckNodePort');
  if (needsHealthCheck(spec)) return validatePort(port, path);
  const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return [invalid(path, port, detail)];
}

function validateInternalPolicy(spec: JsonValue | undefined): readonly FieldError[] {
  const path = SPEC.child('internalTrafficPolicy');
  if (pointerAt(spec, 'internalTrafficPolicy') === undefined) {
    return TYPES_WITH_POLICY.has(textAt(spec, 'type')) ? [required(path)] : NONE;
  }
  return validateEnum(textAt(spec, 'internalTrafficPolicy'), path, TRAFFIC_POLICIES);
}

/** Source: `validateServiceExternalTrafficFieldsUpdate`, same file. */
export function validateHealthCheckPortUpdate(
  spec: JsonValue | undefined,
  old: JsonValue | undefined,
): readonly FieldError[] {
  if (!needsHealthCheck(spec) || !needsHealthCheck(old)) return NONE;
  if (integerAt(spec, 'healthCheckNodePort') === integerAt(old, 'healthCheckNodePort')) return NONE;
  return [forbidden(SPEC.child('healthCheckNodePort'), 'field is immutable')];
}
