import type { JsonObject, Path } from '../../../base/json.ts';
import { arrayAt, asName, objectAt, valueAt } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';
import {
  clusterScoped,
  configMapIn,
  optionalWhen,
  referenceByName,
  referenceToOutside,
  secretIn,
} from '../written-reference.ts';

/** What a container points at: its image, and ConfigMaps and Secrets in its environment. */
export function containerReferences(container: JsonObject, path: Path, namespace: string): readonly Reference[] {
  return [
    ...referenceToOutside('image', container['image'], [...path, 'image'], 'image'),
    ...arrayAt(container, 'env').flatMap((entry, index) => envReferences(entry, [...path, 'env', index], namespace)),
    ...arrayAt(container, 'envFrom').flatMap((entry, index) =>
      envFromReferences(entry, [...path, 'envFrom', index], namespace),
    ),
    ...deviceClassReferences(container['resources'], [...path, 'resources']),
  ];
}

const DEVICE_CLASS_PREFIX = 'deviceclass.resource.kubernetes.io/';

/**
 * Devices asked for like cpu and memory: the name of the resource holds the name of a DeviceClass.
 * Source: staging/src/k8s.io/api/resource/v1/types.go, `ResourceDeviceClassPrefix`, 1.36.
 */
export function deviceClassReferences(resources: unknown, path: Path): readonly Reference[] {
  return (['limits', 'requests'] as const).flatMap((list) =>
    Object.keys(objectAt(resources, list) ?? {}).flatMap((resource) => {
      if (!resource.startsWith(DEVICE_CLASS_PREFIX)) return [];
      const name = resource.slice(DEVICE_CLASS_PREFIX.length);
      const target = clusterScoped('resource.k8s.io', 'DeviceClass');
      const nameFormat = `${DEVICE_CLASS_PREFIX}{name}`;
      return referenceByName('deviceClass', name, [...path, list, resource], target, { nameFormat, inKey: true });
    }),
  );
}

function envReferences(entry: unknown, path: Path, namespace: string): readonly Reference[] {
  const sources = [
    ['configMapKeyRef', configMapIn(namespace)],
    ['secretKeyRef', secretIn(namespace)],
  ] as const;
  return sources.flatMap(([source, target]) => {
    const selector = objectAt(entry, 'valueFrom', source);
    const key = asName(valueAt(selector, 'key'));
    const extra = { ...optionalWhen(valueAt(selector, 'optional')), ...(key === undefined ? {} : { key }) };
    return referenceByName('env', valueAt(selector, 'name'), [...path, 'valueFrom', source, 'name'], target, extra);
  });
}

function envFromReferences(entry: unknown, path: Path, namespace: string): readonly Reference[] {
  const sources = [
    ['configMapRef', configMapIn(namespace)],
    ['secretRef', secretIn(namespace)],
  ] as const;
  return sources.flatMap(([source, target]) => {
    const reference = objectAt(entry, source);
    const extra = optionalWhen(valueAt(reference, 'optional'));
    return referenceByName('envFrom', valueAt(reference, 'name'), [...path, source, 'name'], target, extra);
  });
}
