import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { cidrContains, parseCidr } from '../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { validatePortName } from '../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt, textsAt, validateEach } from '../shared/validation/fields.ts';
import { validateLegacyCidrField } from '../shared/validation/ip-address.ts';
import { validateLabelSelector } from '../shared/validation/label-selector.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { validatePort } from '../shared/validation/ports.ts';

const SPEC = ValidationPath.of('spec');
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
const POLICY_TYPES = ['Ingress', 'Egress'] as const;

/** What an update lets pass because the policy had it before. */
interface PolicyOptions {
  readonly allowInvalidLabelValue: boolean;
  readonly existingCidrs: readonly string[];
}

/** Source: pkg/apis/networking/validation/validation.go `ValidateNetworkPolicy`, 1.36. */
export function validateNetworkPolicy(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const options = {
    allowInvalidLabelValue: validateLabelSelector(valueAt(old, 'spec', 'podSelector'), SPEC).length > 0,
    existingCidrs: cidrsOf(valueAt(old, 'spec')),
  };
  return [
    ...validateLabelSelector(valueAt(spec, 'podSelector') ?? {}, SPEC.child('podSelector'), options),
    ...validateRules(spec, 'ingress', 'from', options),
    ...validateRules(spec, 'egress', 'to', options),
    ...validatePolicyTypes(spec),
  ];
}

function cidrsOf(spec: JsonValue | undefined): readonly string[] {
  const peers = [
    ...arrayAt(spec, 'ingress').flatMap((rule) => arrayAt(rule, 'from')),
    ...arrayAt(spec, 'egress').flatMap((rule) => arrayAt(rule, 'to')),
  ];
  return peers.flatMap((peer) => [textAt(peer, 'ipBlock', 'cidr'), ...textsAt(peer, 'ipBlock', 'except')]);
}

function validateRules(
  spec: JsonValue | undefined,
  direction: 'ingress' | 'egress',
  peers: 'from' | 'to',
  options: PolicyOptions,
): readonly FieldError[] {
  return validateEach(valueAt(spec, direction), SPEC.child(direction), (rule, path) => [
    ...validateEach(valueAt(rule, 'ports'), path.child('ports'), validatePolicyPort),
    ...validateEach(valueAt(rule, peers), path.child(peers), (peer, at) => validatePeer(peer, at, options)),
  ]);
}

function validatePolicyTypes(spec: JsonValue | undefined): readonly FieldError[] {
  const types = textsAt(spec, 'policyTypes');
  const path = SPEC.child('policyTypes');
  if (types.length > 2) return [invalid(path, types, 'may not specify more than two policyTypes')];
  return types.flatMap((type, index) =>
    POLICY_TYPES.some((known) => known === type) ? NONE : [notSupported(path.index(index), type, POLICY_TYPES)],
  );
}

function validatePolicyPort(port: JsonValue, path: ValidationPath): readonly FieldError[] {
  const protocol = pointerAt(port, 'protocol');
  const isKnown = protocol === undefined || PROTOCOLS.some((known) => known === protocol);
  return [
    ...(isKnown ? NONE : [notSupported(path.child('protocol'), textAt(port, 'protocol'), PROTOCOLS)]),
    ...validatePortRange(pointerAt(port, 'port'), optionalIntegerAt(port, 'endPort'), path),
  ];
}

function validatePortRange(
  port: JsonValue | undefined,
  end: number | bigint | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const [portPath, endPath] = [path.child('port'), path.child('endPort')];
  const noEnd = (when: string) =>
    end === undefined ? NONE : [invalid(endPath, end, `may not be specified when ${when}`)];
  if (port === undefined) return noEnd('`port` is not specified');
  if (typeof port === 'string') {
    return [...noEnd('`port` is non-numeric'), ...invalidFor(portPath, port, validatePortName(port))];
  }
  const first = typeof port === 'number' ? port : 0;
  const errors = validatePort(first, portPath);
  if (end === undefined) return errors;
  const isBefore = end < first;
  return [
    ...errors,
    ...(isBefore ? [invalid(endPath, first, 'must be greater than or equal to `port`')] : NONE),
    ...validatePort(end, endPath),
  ];
}

function validatePeer(peer: JsonValue, path: ValidationPath, options: PolicyOptions): readonly FieldError[] {
  const selectors = (['podSelector', 'namespaceSelector'] as const).filter(
    (field) => pointerAt(peer, field) !== undefined,
  );
  const block = pointerAt(peer, 'ipBlock');
  const errors = [
    ...selectors.flatMap((field) => validateLabelSelector(valueAt(peer, field), path.child(field), options)),
    ...(block === undefined ? NONE : validateIpBlock(block, path.child('ipBlock'), options)),
  ];
  if (block === undefined) return selectors.length > 0 ? errors : [...errors, required(path, 'must specify a peer')];
  return selectors.length === 0
    ? errors
    : [...errors, forbidden(path, 'may not specify both ipBlock and another peer')];
}

function validateIpBlock(
  block: JsonValue,
  path: ValidationPath,
  { existingCidrs }: PolicyOptions,
): readonly FieldError[] {
  const text = textAt(block, 'cidr');
  if (text === '') return [required(path.child('cidr'))];
  const errors = validateLegacyCidrField(text, path.child('cidr'), existingCidrs);
  const cidr = parseCidr(text);
  if (!cidr) return errors;
  const exceptions = textsAt(block, 'except').flatMap((exceptText, index) => {
    const exceptPath = path.child('except').index(index);
    const except = parseCidr(exceptText);
    const own = validateLegacyCidrField(exceptText, exceptPath, existingCidrs);
    if (!except) return own;
    const isInside =
      cidrContains(cidr, { family: except.family, value: except.network }) && cidr.prefixLength < except.prefixLength;
    return isInside ? own : [...own, invalid(exceptPath, exceptText, 'must be a strict subset of `cidr`')];
  });
  return [...errors, ...exceptions];
}
