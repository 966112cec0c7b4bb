import { validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { validateLegacyIp } from '../../../apimachinery/ip-validation.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, valueAt } from '../../../base/json.ts';
import { NONE, textAt, validateEach } from './fields.ts';
import { validateLegacyIpField } from './ip-address.ts';
import { invalidFor } from './messages.ts';

/**
 * The addresses at which a load balancer answers; those that were there before may stay as they are written.
 * Source: pkg/apis/networking/validation/validation.go `ValidateIngressLoadBalancerStatus`, 1.36.
 */
export function validateLoadBalancerAddresses(
  status: JsonValue | undefined,
  old: JsonValue | undefined,
  path: ValidationPath,
  more: (entry: JsonValue, path: ValidationPath) => readonly FieldError[] = () => NONE,
): readonly FieldError[] {
  const before = arrayAt(old, 'ingress').flatMap((entry) => textAt(entry, 'ip') || []);
  return validateEach(valueAt(status, 'ingress'), path.child('ingress'), (entry, at) => {
    const [ip, hostname] = [textAt(entry, 'ip'), textAt(entry, 'hostname')];
    return [
      ...(ip === '' ? NONE : validateLegacyIpField(ip, at.child('ip'), before)),
      ...more(entry, at),
      ...(hostname === '' ? NONE : validateHostname(hostname, at.child('hostname'))),
    ];
  });
}

function validateHostname(hostname: string, path: ValidationPath): readonly FieldError[] {
  const isIp = validateLegacyIp(hostname, { strict: false }).length === 0;
  return [
    ...invalidFor(path, hostname, validateDns1123Subdomain(hostname)),
    ...(isIp ? [invalid(path, hostname, 'must be a DNS name, not an IP address')] : NONE),
  ];
}

/**
 * The same for a Service, which also says how packets arrive.
 * Source: pkg/apis/core/validation/validation.go `ValidateLoadBalancerStatus`, 1.36.
 */
export function validateServiceLoadBalancer(
  status: JsonValue | undefined,
  old: JsonValue | undefined,
  path: ValidationPath,
  type: string,
): readonly FieldError[] {
  if (type !== 'LoadBalancer' && arrayAt(status, 'ingress').length > 0)
    return [forbidden(path.child('ingress'), "may only be used when `spec.type` is 'LoadBalancer'")];
  return validateLoadBalancerAddresses(status, old, path, validateIpMode);
}

const IP_MODES = ['Proxy', 'VIP'];

function validateIpMode(entry: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [ip, mode] = [textAt(entry, 'ip'), valueAt(entry, 'ipMode') ?? undefined];
  const at = path.child('ipMode');
  if (mode === undefined) return ip === '' ? NONE : [required(at, 'must be specified when `ip` is set')];
  if (ip === '') return [forbidden(at, 'may not be specified when `ip` is not set')];
  return IP_MODES.includes(String(mode)) ? NONE : [notSupported(at, mode, IP_MODES)];
}
