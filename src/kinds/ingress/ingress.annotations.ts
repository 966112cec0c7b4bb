import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { MadeObject } from '../kind.ts';
import type { Reference, ReferenceType } from '../reference.ts';
import { CONFIG_MAP, SECRET } from '../shared/core-kinds.ts';
import { namespaceOrDefault, referenceTo } from '../shared/name-reference.ts';
import { serviceOfHost } from '../shared/service-dns.ts';

/**
 * Annotations of ingress-nginx and cert-manager that name objects.
 * Sources: ingress-nginx docs/user-guide/nginx-configuration/annotations.md (controller 1.12);
 * cert-manager docs/usage/ingress (1.17).
 */
interface NamingAnnotation extends GroupKind {
  readonly annotation: string;
  readonly type: ReferenceType;
  readonly namespace: 'own' | 'own or written' | 'cluster';
}

const SERVICE: GroupKind = { group: '', kind: 'Service' };
const nginx = (name: string) => `nginx.ingress.kubernetes.io/${name}`;

const NAMING: readonly NamingAnnotation[] = [
  { annotation: nginx('auth-secret'), type: 'secretReference', ...SECRET, namespace: 'own or written' },
  { annotation: nginx('auth-tls-secret'), type: 'secretReference', ...SECRET, namespace: 'own or written' },
  { annotation: nginx('proxy-ssl-secret'), type: 'secretReference', ...SECRET, namespace: 'own or written' },
  { annotation: nginx('auth-proxy-set-headers'), type: 'parameters', ...CONFIG_MAP, namespace: 'own or written' },
  { annotation: nginx('custom-headers'), type: 'parameters', ...CONFIG_MAP, namespace: 'own or written' },
  { annotation: nginx('fastcgi-params-configmap'), type: 'parameters', ...CONFIG_MAP, namespace: 'own or written' },
  { annotation: nginx('default-backend'), type: 'defaultBackend', ...SERVICE, namespace: 'own' },
];

const CLUSTER_ISSUER = 'cert-manager.io/cluster-issuer';
const ISSUER = 'cert-manager.io/issuer';
const TLS_ACME = 'kubernetes.io/tls-acme';

export function annotationReferences(object: KubernetesObject): readonly Reference[] {
  const annotations = annotationsOf(object);
  if (annotations.size === 0) return [];
  return [
    ...NAMING.flatMap((naming) => named(object, naming, annotations.get(naming.annotation))),
    ...issuer(object, annotations),
    ...authentication(annotations),
  ];
}

function named(object: KubernetesObject, naming: NamingAnnotation, value: string | undefined): readonly Reference[] {
  if (!value) return [];
  const { annotation, type, group, kind } = naming;
  const slash = naming.namespace === 'own or written' ? value.indexOf('/') : -1;
  const namespace = slash < 0 ? namespaceOrDefault(object) : value.slice(0, slash);
  const name = value.slice(slash + 1);
  if (name === '' || namespace === '') return [];
  const field = ['metadata', 'annotations', annotation];
  const target = { group, kind, name, namespace: naming.namespace === 'cluster' ? '' : namespace };
  return [
    referenceTo(type, field, target, slash < 0 ? {} : { nameFormat: '{namespace}/{name}', namespaceField: field }),
  ];
}

/** Who signs the certificate; the issuer of an annotation may be of another kind and group. */
function issuer(object: KubernetesObject, annotations: ReadonlyMap<string, string>): readonly Reference[] {
  const group = annotations.get('cert-manager.io/issuer-group') || 'cert-manager.io';
  const kind = annotations.get('cert-manager.io/issuer-kind') || 'Issuer';
  const cluster = { group: 'cert-manager.io', kind: 'ClusterIssuer', annotation: CLUSTER_ISSUER };
  return [
    ...named(object, { ...cluster, type: 'custom', namespace: 'cluster' }, annotations.get(CLUSTER_ISSUER)),
    ...named(
      object,
      { annotation: ISSUER, type: 'custom', group, kind, namespace: kind === 'ClusterIssuer' ? 'cluster' : 'own' },
      annotations.get(ISSUER),
    ),
  ];
}

/** `auth-url` asks a server before each request; drawn where that is a Service of the cluster. */
function authentication(annotations: ReadonlyMap<string, string>): readonly Reference[] {
  const annotation = nginx('auth-url');
  const url = annotations.get(annotation) ?? '';
  const [, before, host, port, after] = /^(https?:\/\/)([^/:?#$]+)(?::(\d+))?(.*)$/s.exec(url) ?? [];
  const service = host === undefined ? undefined : serviceOfHost(host);
  if (!service) return [];
  const nameFormat = `${before}${service.format}${port === undefined ? '' : `:${port}`}${after}`;
  const field = ['metadata', 'annotations', annotation];
  const target = { ...SERVICE, namespace: service.namespace, name: service.name };
  return [
    referenceTo('extension', field, target, { nameFormat, ...(port === undefined ? {} : { port: Number(port) }) }),
  ];
}

/** Secrets that cert-manager will write for an annotated Ingress: they need not stand in any file. */
export function issuedSecrets(object: KubernetesObject): readonly MadeObject[] {
  const annotations = annotationsOf(object);
  const issued = annotations.has(CLUSTER_ISSUER) || annotations.has(ISSUER) || annotations.get(TLS_ACME) === 'true';
  if (!issued) return [];
  const namespace = namespaceOrDefault(object);
  return arrayAt(object, 'spec', 'tls').flatMap((entry) => {
    const name = nameAt(entry, 'secretName');
    return name === undefined ? [] : [{ ...SECRET, namespace, name }];
  });
}
