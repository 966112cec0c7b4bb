import type { JsonObject, Path } from '../../../base/json.ts';
import { arrayAt, asName, objectAt, valueAt } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';
import { configMapIn, optionalWhen, referenceByName, referenceToOutside, secretIn } from '../written-reference.ts';

/** What a container points at: its image, and ConfigMaps and Secrets in its environment. */
export function containerReferences(container: JsonObject, path: Path, namespace: string): readonly Reference[] {
  return [
    ...referenceToOutside('image', container['image'], [...path, 'image'], 'image'),
    ...arrayAt(container, 'env').flatMap((entry, index) => envReferences(entry, [...path, 'env', index], namespace)),
    ...arrayAt(container, 'envFrom').flatMap((entry, index) =>
      envFromReferences(entry, [...path, 'envFrom', index], namespace),
    ),
  ];
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
