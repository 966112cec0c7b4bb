import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { annotationReferences, issuedSecrets } from './ingress.annotations.ts';
import { disconnectIngress, routeToService, sendTheRestToService, serveSecret, useClass } from './ingress.editing.ts';
import { backendReferences, classOf, classReferences, tlsReferences } from './ingress.references.ts';

export const ingress: KindDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  resource: 'ingresses',
  shortNames: ['ing'],
  scope: 'Namespaced',
  category: 'network',
  olderVersions: [
    { group: 'networking.k8s.io', version: 'v1beta1' },
    { group: 'extensions', version: 'v1beta1' },
  ],
  // A rule with a host and no paths is accepted, and names no Service that is not there.
  newObject: (name, namespace) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: newMetadata(name, namespace),
    spec: { rules: [{ host: 'example.com' }] },
  }),
  references: (object) => [
    ...backendReferences(object),
    ...tlsReferences(object),
    ...classReferences(object),
    ...annotationReferences(object),
  ],
  makes: issuedSecrets,
  connections: [routeToService, sendTheRestToService, serveSecret, useClass],
  disconnect: disconnectIngress,
  summary,
  fields: [
    'spec.ingressClassName',
    'spec.rules',
    'spec.defaultBackend.service.name',
    'spec.tls[*].hosts',
    'spec.tls[*].secretName',
  ],
};

/** Class and hosts, as `kubectl get ingresses` prints them: `*` for a rule without a host. */
function summary(object: KubernetesObject): Summary {
  const rules = arrayAt(object, 'spec', 'rules');
  const hosts = new Set(rules.map((rule) => nameAt(rule, 'host') ?? '*'));
  const fact = classOf(object)?.name;
  return {
    ...(fact === undefined ? {} : { fact }),
    detail: hosts.size === 0 ? '*' : [...hosts].join(', '),
  };
}
