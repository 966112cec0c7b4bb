import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { arrayAt, asObject, nameAt, objectAt, valueAt } from '../../base/json.ts';
import { withItems, withoutValue, withValue } from './change-object.ts';
import type { Conversion, ConversionNote, Converted, Rename } from './conversion.ts';

/**
 * Ingresses of extensions/v1beta1 and networking.k8s.io/v1beta1: backends have another shape, and every path says how it
 * matches. The annotation `kubernetes.io/ingress.class` means in v1 what it meant before, and stays.
 * Source: pkg/apis/networking/v1beta1/{conversion,defaults}.go, 1.36.
 */
export const ingress: Conversion = {
  from: ['extensions', 'networking.k8s.io'].map((group) => ({ group, version: 'v1beta1', kind: 'Ingress' })),
  to: { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' },
  convert: convertIngress,
};

function convertIngress(object: KubernetesObject): Converted {
  const renames: Rename[] = [];
  const notes: ConversionNote[] = [];
  let result = object;
  const backend = objectAt(object, 'spec', 'backend');
  if (backend !== undefined) {
    renames.push(...renamesOf(backend, ['spec', 'backend']), { path: ['spec', 'backend'], key: 'defaultBackend' });
    result = withoutValue(withValue(result, ['spec', 'defaultBackend'], convertBackend(backend)), ['spec', 'backend']);
  }
  arrayAt(object, 'spec', 'rules').forEach((_, rule) => {
    const path = ['spec', 'rules', rule, 'http', 'paths'];
    arrayAt(object, ...path).forEach((each, index) => {
      const own = objectAt(each, 'backend');
      if (own !== undefined) renames.push(...renamesOf(own, [...path, index, 'backend']));
    });
  });
  result = withItems(result, ['spec', 'rules'], (rule) => {
    const http = asObject(rule['http']);
    if (http === undefined) return rule;
    const paths = arrayAt(http, 'paths').map((each) => convertPath(each, notes));
    return { ...rule, http: { ...http, paths } };
  });
  return { object: result, renames, notes };
}

function convertPath(path: JsonValue, notes: ConversionNote[]): JsonValue {
  const map = asObject(path);
  if (map === undefined) return path;
  const backend = objectAt(map, 'backend');
  const converted = backend === undefined ? map : { ...map, backend: convertBackend(backend) };
  if (nameAt(map, 'pathType') !== undefined) return converted;
  if (notes.length === 0) notes.push({ id: 'pathType', params: {} });
  return { ...converted, pathType: 'ImplementationSpecific' };
}

/** The first of the two fields becomes the map that holds both. */
function renamesOf(backend: JsonObject, path: Path): readonly Rename[] {
  const first = Object.keys(backend).find((key) => key === 'serviceName' || key === 'servicePort');
  return first === undefined || backend['service'] !== undefined ? [] : [{ path: [...path, first], key: 'service' }];
}

function convertBackend(backend: JsonObject): JsonObject {
  const { serviceName, servicePort, ...rest } = backend;
  if (serviceName === undefined && servicePort === undefined) return backend;
  const name = valueAt(backend, 'serviceName') ?? '';
  const port = servicePort === undefined ? {} : { port: portOf(servicePort) };
  return { ...rest, service: { name, ...port } };
}

/** No Service has a port whose name is digits alone: a number in quotes is a number. */
function portOf(port: JsonValue): JsonObject {
  if (typeof port !== 'string') return { number: port };
  return /^[0-9]{1,5}$/.test(port) ? { number: Number(port) } : { name: port };
}
