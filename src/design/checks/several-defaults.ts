import { annotationsOf, nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { KeysOf } from '../view/record-index.ts';
import type { Check } from './check.ts';

const DEFAULT_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
  'ingressclass.kubernetes.io/is-default-class',
  'snapshot.storage.kubernetes.io/is-default-class',
];

/** More than one class of a kind says it is the default: the newest wins for storage, Ingress refuses to choose. */
export const severalDefaults: Check = {
  name: 'several-defaults',
  look(record, view) {
    const annotation = defaultAnnotation(record.object);
    if (annotation === undefined || record.namespace !== '') return [];
    const [before] = view.members(defaultClasses, record.object.kind);
    if (!before || before.identity === record.identity) return [];
    return [
      {
        id: 'class.severalDefaults',
        severity: 'warning',
        record: record.id,
        field: ['metadata', 'annotations', annotation],
        related: [before.id],
        params: { kind: record.object.kind, other: nameOf(before.object) },
      },
    ];
  },
};

const defaultClasses: KeysOf = ({ object, namespace }) =>
  namespace === '' && defaultAnnotation(object) !== undefined ? [object.kind] : [];

function defaultAnnotation(object: KubernetesObject): string | undefined {
  const annotations = annotationsOf(object);
  return annotations.size === 0 ? undefined : DEFAULT_ANNOTATIONS.find((name) => annotations.get(name) === 'true');
}
