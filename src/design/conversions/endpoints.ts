import { parseIp } from '../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, objectAt, stringAt } from '../../base/json.ts';
import type { Conversion, ConversionNote } from './conversion.ts';

/**
 * Endpoints as the EndpointSlices that the control plane would mirror them to: one for each subset and each family of
 * addresses. Source: staging/src/k8s.io/endpointslice and pkg/controller/endpointslicemirroring, 1.36.
 */
export const endpoints: Conversion = {
  from: [{ group: '', version: 'v1', kind: 'Endpoints' }],
  to: { group: 'discovery.k8s.io', version: 'v1', kind: 'EndpointSlice' },
  convert(object) {
    if (annotationsOf(object).has(LEADER)) return undefined;
    const slices = arrayAt(object, 'subsets').flatMap((subset) => slicesOf(subset));
    const [first, ...others] = slices.length === 0 ? [{ addressType: 'IPv4', endpoints: [], ports: [] }] : slices;
    const named = (slice: JsonObject, index: number): KubernetesObject => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: metadataFor(object, index),
      ...slice,
    });
    const notes: ConversionNote[] = [{ id: 'sliceByHand', params: {} }];
    if (others.length > 0) notes.push({ id: 'severalSlices', params: { count: slices.length } });
    return {
      object: named(first!, 0),
      adds: others.map((slice, index) => named(slice, index + 1)),
      notes,
    };
  },
};

/** A lock of an old leader election; a Lease is its successor, made by who takes it. */
const LEADER = 'control-plane.alpha.kubernetes.io/leader';

function metadataFor(object: KubernetesObject, index: number): JsonObject {
  const metadata = objectAt(object, 'metadata') ?? {};
  const name = nameOf(object);
  const labels = { ...objectAt(metadata, 'labels'), 'kubernetes.io/service-name': name };
  return index === 0 ? { ...metadata, labels } : { ...metadata, name: `${name}-${index + 1}`, labels };
}

function slicesOf(subset: JsonValue): readonly JsonObject[] {
  const entries = [
    ...arrayAt(subset, 'addresses').map((address) => endpointOf(address, true)),
    ...arrayAt(subset, 'notReadyAddresses').map((address) => endpointOf(address, false)),
  ];
  const ports = arrayAt(subset, 'ports');
  return [false, true].flatMap((isSix) => {
    const own = entries.filter((entry) => entry.isSix === isSix).map(({ endpoint }) => endpoint);
    return own.length === 0 ? [] : [{ addressType: isSix ? 'IPv6' : 'IPv4', endpoints: own, ports }];
  });
}

function endpointOf(address: JsonValue, ready: boolean): { readonly isSix: boolean; readonly endpoint: JsonObject } {
  const { ip, ...rest } = asObject(address) ?? {};
  const text = stringAt(address, 'ip') ?? String(ip ?? '');
  return { isSix: parseIp(text)?.family === 6, endpoint: { addresses: [text], conditions: { ready }, ...rest } };
}
