import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, isJsonObject, nameAt, valueAt } from '../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { SECRET } from './core-kinds.ts';
import { nameReference, namespaceOrDefault, referenceTo } from './name-reference.ts';
import { newMetadata } from './new-metadata.ts';

/** Fields as of cert-manager 1.17 (pkg/apis/certmanager/v1 and pkg/apis/acme/v1). */
export const CERT_MANAGER = 'cert-manager.io';

/** Before 0.11 the group had another name. */
export const OLDER_CERT_MANAGER = [
  ...['v1beta1', 'v1alpha3', 'v1alpha2'].map((version) => ({ group: CERT_MANAGER, version })),
  { group: 'certmanager.k8s.io', version: 'v1alpha1' },
];

/** Where cert-manager looks for what a ClusterIssuer names, unless it is started otherwise. */
const CLUSTER_RESOURCE_NAMESPACE = 'cert-manager';

/** Issuer and ClusterIssuer differ in where their Secrets are. */
export function issuerDefinition(kind: 'Issuer' | 'ClusterIssuer'): KindDefinition {
  const scope = kind === 'Issuer' ? 'Namespaced' : 'Cluster';
  return {
    group: CERT_MANAGER,
    version: 'v1',
    kind,
    resource: `${kind.toLowerCase()}s`,
    shortNames: kind === 'Issuer' ? ['iss'] : ['ciss'],
    scope,
    category: 'custom',
    olderVersions: OLDER_CERT_MANAGER,
    newObject: (name, namespace) => ({
      apiVersion: `${CERT_MANAGER}/v1`,
      kind,
      metadata: newMetadata(name, scope === 'Cluster' ? undefined : namespace),
      spec: { selfSigned: {} },
    }),
    references: (object) =>
      issuerReferences(object, scope === 'Cluster' ? CLUSTER_RESOURCE_NAMESPACE : namespaceOrDefault(object)),
    disconnect: disconnectIssuer,
    summary: issuerSummary,
    fields: [
      'spec.selfSigned',
      'spec.ca.secretName',
      'spec.acme.server',
      'spec.acme.email',
      'spec.acme.solvers',
      'spec.vault.server',
    ],
  };
}

function issuerReferences(object: KubernetesObject, namespace: string): readonly Reference[] {
  const secret = { ...SECRET, namespace };
  const solvers = arrayAt(object, 'spec', 'acme', 'solvers');
  return [
    ...nameReference(object, 'secretReference', ['spec', 'ca', 'secretName'], secret),
    ...secretReferences(object, ['spec'], namespace),
    ...solvers.flatMap((_, index) => {
      const http = ['spec', 'acme', 'solvers', index, 'http01'];
      const ingressClass = { group: 'networking.k8s.io', kind: 'IngressClass', namespace: '' };
      return [
        ...nameReference(object, 'class', [...http, 'ingress', 'ingressClassName'], ingressClass),
        ...nameReference(object, 'class', [...http, 'ingress', 'class'], ingressClass, { optional: true }),
        ...gatewayReferences(object, [...http, 'gatewayHTTPRoute', 'parentRefs'], namespace),
      ];
    }),
  ];
}

function gatewayReferences(object: KubernetesObject, list: Path, namespace: string): readonly Reference[] {
  return arrayAt(object, ...list).flatMap((parent, index) => {
    const target = {
      group: 'gateway.networking.k8s.io',
      kind: nameAt(parent, 'kind') ?? 'Gateway',
      namespace: nameAt(parent, 'namespace') ?? namespace,
    };
    return nameReference(object, 'parent', [...list, index, 'name'], target);
  });
}

/** Solvers of a dozen DNS providers, Vault and Venafi all write their Secrets as `…SecretRef: {name, key}`. */
function secretReferences(object: KubernetesObject, path: Path, namespace: string, depth = 12): readonly Reference[] {
  const value = valueAt(object, ...path);
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).flatMap((_, index) =>
      secretReferences(object, [...path, index], namespace, depth - 1),
    );
  }
  return Object.entries(value as JsonObject).flatMap(([name, inner]) => {
    const field = [...path, name];
    const isReference = /^(?:.*S|s)ecretRef$/.test(name) || name === 'credentialsRef';
    if (!isReference || !isJsonObject(inner)) return secretReferences(object, field, namespace, depth - 1);
    const secret = nameAt(inner, 'name');
    const key = nameAt(inner, 'key');
    if (secret === undefined) return [];
    // cert-manager writes the key of an ACME account itself.
    const optional = name === 'privateKeySecretRef';
    const target = { ...SECRET, namespace, name: secret };
    return [
      referenceTo('secretReference', [...field, 'name'], target, {
        ...(key !== undefined && { key }),
        ...(optional && { optional }),
      }),
    ];
  });
}

/** A Secret is what an issuer works with; classes and gateways of a solver have defaults. */
function disconnectIssuer(_: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  return type === 'class' ? [{ op: 'delete', path: field }] : { refused: 'disconnect.required' };
}

const ISSUERS = ['acme', 'ca', 'selfSigned', 'vault', 'venafi'] as const;

function issuerSummary(object: KubernetesObject): Summary {
  const fact = ISSUERS.find((name) => isJsonObject(valueAt(object, 'spec', name)));
  const detail = nameAt(object, 'spec', 'acme', 'server') ?? nameAt(object, 'spec', 'vault', 'server');
  return { ...(fact !== undefined && { fact }), ...(detail !== undefined && { detail: hostOf(detail) }) };
}

function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/]+)/.exec(url)?.[1] ?? url;
}
