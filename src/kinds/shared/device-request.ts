import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt } from '../../base/json.ts';
import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { nameReference, namespacedReference } from './name-reference.ts';
import { ALREADY } from './same-namespace.ts';

/** What the kinds of Dynamic Resource Allocation share. */
export const DEVICE_GROUP = 'resource.k8s.io';

/** Versions of a kind of resource.k8s.io before v1, back to the given one. */
export function olderDeviceVersions(
  first: 'v1alpha1' | 'v1alpha2' | 'v1alpha3',
): readonly Omit<GroupVersionKind, 'kind'>[] {
  const all = ['v1beta2', 'v1beta1', 'v1alpha3', 'v1alpha2', 'v1alpha1'];
  return all.slice(0, all.indexOf(first) + 1).map((version) => ({ group: DEVICE_GROUP, version }));
}

/**
 * The spec of a ResourceClaim, which stands in the claim and in a template of claims. `path` is that of the spec.
 * A request names its class in `exactly` and in each of `firstAvailable`; until v1beta1 it named it itself; until
 * v1alpha2 the whole claim named one ResourceClass.
 */
export function claimRequestReferences(object: KubernetesObject, path: Path, namespace: string): readonly Reference[] {
  return [
    ...arrayAt(object, ...path, 'devices', 'requests').flatMap((request, index) => {
      const at = [...path, 'devices', 'requests', index];
      return classFields(request, at).flatMap((field) =>
        nameReference(object, 'deviceClass', field, { group: DEVICE_GROUP, kind: 'DeviceClass', namespace: '' }),
      );
    }),
    ...olderReferences(object, path, namespace),
  ];
}

function classFields(request: JsonValue, path: Path): readonly Path[] {
  return [
    [...path, 'exactly', 'deviceClassName'],
    [...path, 'deviceClassName'],
    ...arrayAt(request, 'firstAvailable').map((_, index) => [...path, 'firstAvailable', index, 'deviceClassName']),
  ];
}

function olderReferences(object: KubernetesObject, path: Path, namespace: string): readonly Reference[] {
  const parameters = [...path, 'parametersRef'];
  const kind = nameAt(object, ...parameters, 'kind');
  return [
    ...nameReference(object, 'class', [...path, 'resourceClassName'], {
      group: DEVICE_GROUP,
      kind: 'ResourceClass',
      namespace: '',
    }),
    ...(kind === undefined
      ? []
      : namespacedReference(object, 'parameters', parameters, {
          group: nameAt(object, ...parameters, 'apiGroup') ?? '',
          kind,
          defaultNamespace: namespace,
        })),
  ];
}

/** `gpu.example.com ×2`: the classes asked for, with counts above one. */
export function requestSummary(object: JsonObject, path: Path): { fact: string } {
  const words = arrayAt(object, ...path, 'devices', 'requests').flatMap((request) => {
    const exactly = nameAt(request, 'exactly', 'deviceClassName') ?? nameAt(request, 'deviceClassName');
    const count = numberAt(request, 'exactly', 'count') ?? numberAt(request, 'count') ?? 1;
    if (exactly !== undefined) return [count > 1 ? `${exactly} ×${count}` : exactly];
    const classes = arrayAt(request, 'firstAvailable').flatMap((option) => nameAt(option, 'deviceClassName') ?? []);
    return classes.length > 0 ? [classes.join(' | ')] : [];
  });
  return { fact: words.join(', ') };
}

/** A request of a new object: one device of one class, which a driver's installation brings. */
export const NEW_REQUEST: JsonObject = { name: 'device', exactly: { deviceClassName: 'device.example.com' } };

/** An arrow to a DeviceClass asks for one device of it. */
export function requestDevice(path: Path): Connection {
  return {
    id: 'claimDevice',
    to: { group: DEVICE_GROUP, kind: 'DeviceClass' },
    connect: (source, target) => {
      const deviceClassName = nameOf(target);
      if (deviceClassName === '') return { refused: 'connect.noMeaning' };
      const requests = [...path, 'devices', 'requests'];
      const isAsked = claimRequestReferences(source, path, '').some(
        ({ target: known }) => known.by === 'name' && known.kind === 'DeviceClass' && known.name === deviceClassName,
      );
      if (isAsked) return ALREADY;
      const names = new Set(arrayAt(source, ...requests).map((request) => nameAt(request, 'name')));
      const name = freeName(names);
      // v1beta1 and before have no `exactly`.
      const { version } = parseApiVersion(source.apiVersion);
      const value =
        version === 'v1' || version === 'v1beta2' ? { name, exactly: { deviceClassName } } : { name, deviceClassName };
      return { source: [{ op: 'append', path: requests, value }] };
    },
  };
}

function freeName(taken: ReadonlySet<string | undefined>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'device' : `device-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The last request stays, and so does the class of each request that stays. */
export function disconnectRequest(
  object: JsonObject,
  { type, field }: Reference,
  path: Path,
): readonly FieldEdit[] | Refusal {
  if (type === 'parameters') return [{ op: 'delete', path: field.slice(0, -1) }];
  if (type !== 'deviceClass') return { refused: 'disconnect.required' };
  const request = field.slice(0, path.length + 3);
  const options = [...request, 'firstAvailable'];
  if (field.includes('firstAvailable') && arrayAt(object, ...options).length > 1) {
    return [{ op: 'delete', path: field.slice(0, -1) }];
  }
  if (arrayAt(object, ...request.slice(0, -1)).length <= 1) return { refused: 'disconnect.required' };
  return [{ op: 'delete', path: request }];
}
