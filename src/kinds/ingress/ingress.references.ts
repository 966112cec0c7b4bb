import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, asNumber, nameAt, valueAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { Reference, ReferenceType } from '../reference.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';

/**
 * Where requests go: v1 writes `backend.service.{name,port}` or `backend.resource`, v1beta1 `backend.serviceName` and
 * `servicePort`; the default is `spec.defaultBackend`, in v1beta1 `spec.backend`.
 */
export function backendReferences(object: KubernetesObject): readonly Reference[] {
  return [
    ...backend(object, 'defaultBackend', ['spec', 'defaultBackend']),
    ...backend(object, 'defaultBackend', ['spec', 'backend']),
    ...arrayAt(object, 'spec', 'rules').flatMap((rule, at) =>
      arrayAt(rule, 'http', 'paths').flatMap((_, index) =>
        backend(object, 'backend', ['spec', 'rules', at, 'http', 'paths', index, 'backend']),
      ),
    ),
  ];
}

function backend(object: KubernetesObject, type: ReferenceType, path: Path): readonly Reference[] {
  const namespace = namespaceOrDefault(object);
  const service = { group: '', kind: 'Service', namespace };
  const v1 =
    portAt(object, [...path, 'service', 'port', 'name']) ?? portAt(object, [...path, 'service', 'port', 'number']);
  const v1beta1 = portAt(object, [...path, 'servicePort']);
  return [
    ...nameReference(object, type, [...path, 'service', 'name'], service, withPort(v1)),
    ...nameReference(object, type, [...path, 'serviceName'], service, withPort(v1beta1)),
    ...resource(object, type, [...path, 'resource']),
  ];
}

/** A backend that is no Service: a storage bucket, say; always of the namespace of the Ingress. */
function resource(object: KubernetesObject, type: ReferenceType, path: Path): readonly Reference[] {
  const kind = nameAt(object, ...path, 'kind');
  if (kind === undefined) return [];
  const group = nameAt(object, ...path, 'apiGroup') ?? '';
  return nameReference(object, type, [...path, 'name'], { group, kind, namespace: namespaceOrDefault(object) });
}

function portAt(object: KubernetesObject, path: Path): string | number | undefined {
  const value = valueAt(object, ...path);
  return asName(value) ?? (asNumber(value) || undefined);
}

function withPort(port: string | number | undefined) {
  return port === undefined ? {} : { port };
}

export function tlsReferences(object: KubernetesObject): readonly Reference[] {
  const secret = { group: '', kind: 'Secret', namespace: namespaceOrDefault(object) };
  return arrayAt(object, 'spec', 'tls').flatMap((_, index) =>
    nameReference(object, 'tls', ['spec', 'tls', index, 'secretName'], secret),
  );
}

const CLASS_FIELD: Path = ['spec', 'ingressClassName'];
export const CLASS_ANNOTATION: Path = ['metadata', 'annotations', 'kubernetes.io/ingress.class'];

/** The class, and where it is written: the field, or the annotation that came before it. */
export function classOf(object: KubernetesObject): { readonly name: string; readonly field: Path } | undefined {
  const field = [CLASS_FIELD, CLASS_ANNOTATION].find((path) => nameAt(object, ...path) !== undefined);
  return field && { name: nameAt(object, ...field)!, field };
}

/** Controllers take the annotation's word without an IngressClass object, so that one may be missing. */
export function classReferences(object: KubernetesObject): readonly Reference[] {
  const written = classOf(object);
  if (!written) return [];
  const target = { group: 'networking.k8s.io', kind: 'IngressClass', namespace: '' };
  const optional = written.field === CLASS_ANNOTATION;
  return nameReference(object, 'class', written.field, target, optional ? { optional } : {});
}
