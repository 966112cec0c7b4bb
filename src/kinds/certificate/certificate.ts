import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, nameAt, stringAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition, MadeObject, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { CERT_MANAGER, OLDER_CERT_MANAGER } from '../shared/cert-manager.ts';
import { SECRET } from '../shared/core-kinds.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

const ISSUER_REF = ['spec', 'issuerRef'];

/** cert-manager's Certificate. */
export const certificate: KindDefinition = {
  group: CERT_MANAGER,
  version: 'v1',
  kind: 'Certificate',
  resource: 'certificates',
  shortNames: ['cert', 'certs'],
  scope: 'Namespaced',
  category: 'custom',
  olderVersions: OLDER_CERT_MANAGER,
  newObject: (name, namespace) => ({
    apiVersion: `${CERT_MANAGER}/v1`,
    kind: 'Certificate',
    metadata: newMetadata(name, namespace),
    spec: { secretName: `${name}-tls`, dnsNames: ['example.com'], issuerRef: { name: 'selfsigned', kind: 'Issuer' } },
  }),
  references: (object) => {
    const secret = { ...SECRET, namespace: namespaceOrDefault(object) };
    return [
      ...issuerReference(object),
      ...nameReference(object, 'tls', ['spec', 'secretName'], secret, { optional: true }),
      ...['jks', 'pkcs12'].flatMap((store) => {
        const path = ['spec', 'keystores', store, 'passwordSecretRef'];
        const key = nameAt(object, ...path, 'key');
        return nameReference(object, 'secretReference', [...path, 'name'], secret, key === undefined ? {} : { key });
      }),
    ];
  },
  makes,
  disconnect,
  summary,
  fields: [
    'spec.dnsNames',
    'spec.secretName',
    'spec.issuerRef.kind',
    'spec.issuerRef.name',
    'spec.duration',
    'spec.renewBefore',
    'spec.privateKey.algorithm',
  ],
};

/** An issuer of cert-manager unless another group says otherwise; an Issuer unless the kind does. */
function issuerReference(object: KubernetesObject): readonly Reference[] {
  const kind = nameAt(object, ...ISSUER_REF, 'kind') ?? 'Issuer';
  const group = nameAt(object, ...ISSUER_REF, 'group') ?? CERT_MANAGER;
  const namespace = kind.startsWith('Cluster') ? '' : namespaceOrDefault(object);
  return nameReference(object, 'custom', [...ISSUER_REF, 'name'], { group, kind, namespace });
}

/** The Secret that cert-manager keeps the certificate in. */
function makes(object: KubernetesObject): readonly MadeObject[] {
  const name = nameAt(object, 'spec', 'secretName');
  return name === undefined ? [] : [{ ...SECRET, namespace: namespaceOrDefault(object), name }];
}

function disconnect(_: KubernetesObject, { field }: Reference): readonly FieldEdit[] | Refusal {
  return field[1] === 'keystores' ? [{ op: 'delete', path: field.slice(0, 3) }] : { refused: 'disconnect.required' };
}

/** The names it is for. */
function summary(object: KubernetesObject): Summary {
  const names = arrayAt(object, 'spec', 'dnsNames').flatMap((name) => asName(name) ?? []);
  const fact = names.join(', ') || stringAt(object, 'spec', 'commonName');
  const detail = nameAt(object, ...ISSUER_REF, 'name');
  return { ...(fact && { fact }), ...(detail !== undefined && { detail }) };
}
