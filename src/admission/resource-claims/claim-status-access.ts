import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, jsonEqual, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { UserInfo } from '../admission-request.ts';
import { cannotMessage } from '../cannot-message.ts';
import type { AuthorizationAttributes, ClusterView } from '../cluster-view.ts';

const STATUS = ValidationPath.of('status');
const NODE_NAME = 'authentication.kubernetes.io/node-name';
const CLAIMS = { group: 'resource.k8s.io', resource: 'resourceclaims' } as const;

/** Who writes a status, and how. */
export interface StatusWrite {
  readonly user: UserInfo;
  readonly verb: 'update' | 'patch';
  readonly namespace: string;
}

type Authorizer = Pick<ClusterView, 'authorize' | 'decide'>;

/**
 * Who may write which part of the status of a claim: what it is given, and for whom, and what drivers say of their devices.
 * Source: pkg/registry/resource/resourceclaim/strategy.go and pkg/registry/resource/utils.go, 1.36.2.
 */
export function claimStatusErrors(
  claim: KubernetesObject,
  old: KubernetesObject,
  write: StatusWrite,
  authorizer: Authorizer,
): readonly FieldError[] {
  const isAllocated = objectAt(claim, 'status', 'allocation') !== undefined;
  return [
    ...bindingErrors(claim, old, write, authorizer),
    ...(isAllocated ? deviceStatusErrors(claim, old, write, authorizer) : []),
  ];
}

/** Source: utils.go `AuthorizedForBinding`. */
export function bindingErrors(
  claim: KubernetesObject,
  old: KubernetesObject,
  { user, verb }: StatusWrite,
  authorizer: Authorizer,
): readonly FieldError[] {
  const isSame = (field: string): boolean =>
    jsonEqual(valueAt(claim, 'status', field) ?? null, valueAt(old, 'status', field) ?? null);
  if (isSame('allocation') && isSame('reservedFor')) return [];
  const refused = refusal(user, { ...CLAIMS, verb, subresource: 'binding' }, authorizer);
  if (refused === undefined) return [];
  const words = `changing status.allocation or status.reservedFor requires resource="resourceclaims/binding", verb="${verb}" permission: ${refused}`;
  return [forbidden(STATUS.child('allocation'), words)];
}

/** Source: utils.go `AuthorizedForDeviceStatus`. */
export function deviceStatusErrors(
  claim: KubernetesObject,
  old: KubernetesObject,
  { user, verb, namespace }: StatusWrite,
  authorizer: Authorizer,
): readonly FieldError[] {
  const isNear = isOnNode(user, nodeNameOf(valueAt(claim, 'status', 'allocation')));
  const verbs = [...(isNear ? [`associated-node:${verb}`] : []), `arbitrary-node:${verb}`];
  return modifiedDrivers(claim, old).flatMap((name) => {
    const asked = { ...CLAIMS, subresource: 'driver', namespace, name };
    const refusals = verbs.map((one) => refusal(user, { ...asked, verb: one }, authorizer));
    const [first] = refusals;
    if (first === undefined || refusals.includes(undefined)) return [];
    const words = `changing status.devices requires resource="resourceclaims/driver", verb="[${verbs.join(' ')}]" permission: ${first}`;
    return [forbidden(STATUS.child('devices'), words)];
  });
}

/** Why a user may not do something; undefined where it may. */
function refusal(user: UserInfo, attributes: AuthorizationAttributes, authorizer: Authorizer): string | undefined {
  const plain = { allowed: authorizer.authorize(user, attributes), reason: '', error: '' };
  const { allowed, reason, error } = authorizer.decide?.(user, attributes) ?? plain;
  if (allowed) return undefined;
  const because = [error, reason].filter((words) => words !== '').join(': ');
  const name = attributes.name === undefined ? '' : ` "${attributes.name}"`;
  return `resourceclaims.resource.k8s.io${name} is forbidden: ${cannotMessage(user, attributes)}${because === '' ? '' : `: ${because}`}`;
}

/** The drivers whose words on devices are not what they were, sorted. */
export function modifiedDrivers(claim: KubernetesObject, old: KubernetesObject): readonly string[] {
  const devicesOf = (object: KubernetesObject): ReadonlyMap<string, JsonValue> =>
    new Map(arrayAt(object, 'status', 'devices').map((device) => [deviceKey(device), device] as const));
  const [now, before] = [devicesOf(claim), devicesOf(old)];
  const isChanged = ([key, device]: readonly [string, JsonValue]): boolean =>
    !jsonEqual(before.get(key) ?? null, device);
  const changed = [...[...now].filter(isChanged), ...[...before].filter(([key]) => !now.has(key))];
  return [...new Set(changed.map(([, device]) => stringAt(device, 'driver') ?? ''))].sort(compareStrings);
}

function deviceKey(device: JsonValue): string {
  return ['driver', 'pool', 'device', 'shareID'].map((field) => stringAt(device, field) ?? '').join('/');
}

/** The one Node that devices are on; '' where they are on several, or nobody says. */
export function nodeNameOf(allocation: JsonValue | undefined): string {
  const terms = arrayAt(allocation, 'nodeSelector', 'nodeSelectorTerms');
  const fields = arrayAt(terms[0], 'matchFields');
  const values = arrayAt(fields[0], 'values');
  const isOne = terms.length === 1 && fields.length === 1 && values.length === 1;
  const isName = stringAt(fields[0], 'key') === 'metadata.name' && stringAt(fields[0], 'operator') === 'In';
  if (!isOne || !isName || arrayAt(terms[0], 'matchExpressions').length > 0) return '';
  return String(values[0]);
}

/** Whether a user is a service account whose token is bound to a Pod on the Node. */
export function isOnNode({ name, extra }: UserInfo, node: string): boolean {
  const nodes = extra?.[NODE_NAME] ?? [];
  const isAccount = /^system:serviceaccount:[^:]+:[^:]+$/.test(name);
  return (
    node !== '' && isAccount && nodes.length === 1 && nodes[0] === node && validateDns1123Subdomain(node).length === 0
  );
}
