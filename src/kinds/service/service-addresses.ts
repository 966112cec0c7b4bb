import { parseIp } from '../../apimachinery/ip.ts';
import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { NONE, pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import { NO_CLUSTER_IP, needsClusterIp, sameTexts } from './service-spec.ts';
import { validateClusterIps } from './service-cluster-ips.validation.ts';

const SPEC = ValidationPath.of('spec');
const POLICY = SPEC.child('ipFamilyPolicy');

type Families = readonly string[];

/**
 * The families and the policy that a Service gets before its address is allocated. A cluster of the default flags has
 * IPv4 Services only; nothing is refused for what another cluster would have. `cluster`: the families that the cluster has,
 * where that is known. Addresses themselves are allocated by the cluster and stay open. Source: pkg/registry/core/service/storage/alloc.go `initIPFamilyFields`, 1.36.
 */
export function withIpFamilies(spec: JsonObject, old?: JsonValue, cluster?: Families): JsonObject {
  if (!needsClusterIp(spec) || isPreferredAsBefore(spec, old)) return spec;
  const policy = policyOf(spec, old);
  const withPolicy = { ...spec, ipFamilyPolicy: policy };
  if (validateClusterIps(withPolicy, old).length > 0) return withPolicy;
  // What is taken away without a word of the policy is refused, not filled in again.
  if (old !== undefined && policy !== 'SingleStack' && releasesSecond(withPolicy, old)) return withPolicy;
  const [addresses, families] = keptOf(withPolicy, old, policy);
  const inferred = [...families, ...familiesOfAddresses(addresses).slice(families.length)];
  const first = inferred[0] ?? cluster?.[0] ?? 'IPv4';
  const filled = inferred.length === 0 ? [first] : inferred;
  const isBoth = isBothAtOnce(withPolicy, policy, cluster) && filled.length < 2;
  const ipFamilies = isBoth ? [first, otherFamily(first)] : filled;
  return { ...withPolicy, ipFamilies, ...(addresses.length > 0 ? { clusterIPs: addresses } : {}) };
}

/** Going back to one family keeps the first address, which never changes. */
function keptOf(spec: JsonObject, old: JsonValue | undefined, policy: string): readonly [Families, Families] {
  const [addresses, families] = [textsAt(spec, 'clusterIPs'), textsAt(spec, 'ipFamilies')];
  if (old === undefined || policy !== 'SingleStack') return [addresses, families];
  return [
    sameTexts(textsAt(old, 'clusterIPs'), addresses) ? addresses.slice(0, 1) : addresses,
    sameTexts(textsAt(old, 'ipFamilies'), families) ? families.slice(0, 1) : families,
  ];
}

/** Headless Services without a selector are of both families, whatever the cluster has. */
function isBothAtOnce(spec: JsonObject, policy: string, cluster: Families | undefined): boolean {
  if (policy === 'SingleStack') return false;
  if (isHeadlessWithoutSelector(spec)) return true;
  return cluster === undefined ? policy === 'RequireDualStack' : cluster.length === 2;
}

/** A Service that takes both families where there are both stays as it is until it says otherwise, whatever the cluster has. */
function isPreferredAsBefore(spec: JsonObject, old: JsonValue | undefined): boolean {
  const prefers = 'PreferDualStack';
  return (
    old !== undefined &&
    textAt(spec, 'ipFamilyPolicy') === prefers &&
    (pointerAt(old, 'ipFamilyPolicy') === undefined || textAt(old, 'ipFamilyPolicy') === prefers) &&
    textAt(spec, 'type') === textAt(old, 'type') &&
    sameTexts(textsAt(old, 'clusterIPs'), textsAt(spec, 'clusterIPs')) &&
    sameTexts(textsAt(old, 'ipFamilies'), textsAt(spec, 'ipFamilies'))
  );
}

function isHeadlessWithoutSelector(spec: JsonObject): boolean {
  return textAt(spec, 'clusterIP') === NO_CLUSTER_IP && Object.keys(objectAt(spec, 'selector') ?? {}).length === 0;
}

function policyOf(spec: JsonObject, old: JsonValue | undefined): string {
  if (pointerAt(spec, 'ipFamilyPolicy') !== undefined) return textAt(spec, 'ipFamilyPolicy');
  if (pointerAt(old, 'ipFamilyPolicy') !== undefined) return textAt(old, 'ipFamilyPolicy');
  return isHeadlessWithoutSelector(spec) ? 'RequireDualStack' : 'SingleStack';
}

function familiesOfAddresses(addresses: readonly string[]): Families {
  if (addresses[0] === NO_CLUSTER_IP) return [];
  return addresses.map((address) => (parseIp(address)?.family === 6 ? 'IPv6' : 'IPv4'));
}

function otherFamily(family: string): string {
  return family === 'IPv4' ? 'IPv6' : 'IPv4';
}

/**
 * What stops a Service before its addresses are allocated, where nothing else is looked at.
 * Source: pkg/registry/core/service/storage/alloc.go `initIPFamilyFields`, 1.36.
 */
export function validateAddresses(spec: JsonValue | undefined, old?: JsonValue): readonly FieldError[] {
  if (!needsClusterIp(spec)) return NONE;
  const errors = validateClusterIps(spec, old);
  if (errors.length > 0) return errors;
  const [addresses, families] = [textsAt(spec, 'clusterIPs'), textsAt(spec, 'ipFamilies')];
  const policy = textAt(spec, 'ipFamilyPolicy');
  if (policy === 'SingleStack') return validateSingleStack(addresses, families);
  return old === undefined ? NONE : validateKept(addresses, families, policy, old);
}

function validateSingleStack(addresses: Families, families: Families): readonly FieldError[] {
  const both = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
  return [
    ...(addresses.length === 2 ? [invalid(POLICY, 'SingleStack', `${both} cluster IPs are specified`)] : NONE),
    ...(families.length === 2 ? [invalid(POLICY, 'SingleStack', `${both} IP families are specified`)] : NONE),
  ];
}

function validateKept(addresses: Families, families: Families, policy: string, old: JsonValue): readonly FieldError[] {
  const single = "must be 'SingleStack' to release the secondary";
  return [
    ...(isReduced(addresses, textsAt(old, 'clusterIPs')) ? [invalid(POLICY, policy, `${single} cluster IP`)] : NONE),
    ...(isReduced(families, textsAt(old, 'ipFamilies')) ? [invalid(POLICY, policy, `${single} IP family`)] : NONE),
  ];
}

function releasesSecond(spec: JsonObject, old: JsonValue): boolean {
  return ['clusterIPs', 'ipFamilies'].some((field) => isReduced(textsAt(spec, field), textsAt(old, field)));
}

function isReduced(after: Families, before: Families): boolean {
  return after.length !== 0 && after.length < before.length;
}

/** The two fields of the address in step. Source: pkg/registry/core/service/storage/storage.go `normalizeClusterIPs`, 1.36. */
export function withBothClusterIps(spec: JsonObject, old?: JsonValue): JsonObject {
  const [one, all] = [textAt(spec, 'clusterIP'), textsAt(spec, 'clusterIPs')];
  if (old === undefined) return one !== '' && all.length === 0 ? { ...spec, clusterIPs: [one] } : spec;
  const [oldOne, oldAll] = [textAt(old, 'clusterIP'), textsAt(old, 'clusterIPs')];
  const plural = oldAll.length > 0 && all.length === 0 && oldOne === one ? oldAll : all;
  if (oldOne === one || !sameTexts(oldAll, plural)) return plural === all ? spec : { ...spec, clusterIPs: plural };
  if (oldOne !== '' && one === '') {
    const { clusterIPs: _, ...rest } = spec;
    return rest;
  }
  return { ...spec, clusterIPs: [one] };
}

/** The object with its spec passed through a function. */
export function withSpec(object: KubernetesObject, update: (spec: JsonObject) => JsonObject): KubernetesObject {
  const spec = objectAt(object, 'spec') ?? {};
  const updated = update(spec);
  return updated === spec && valueAt(object, 'spec') !== undefined ? object : { ...object, spec: updated };
}
