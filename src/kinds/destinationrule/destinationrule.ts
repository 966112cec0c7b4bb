import { isEmptySelector, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, valueAt } from '../../base/json.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { SECRET } from '../shared/core-kinds.ts';
import { ISTIO, ISTIO_VERSIONS, hostReference } from '../shared/istio/host.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';

const HOST = ['spec', 'host'];

/** DestinationRule → Service: the host whose traffic it shapes. */
const applyToService: Connection = {
  id: 'usePolicy',
  to: { group: '', kind: 'Service' },
  connect(source, target) {
    const name = nameOf(target);
    const namespace = namespaceOrDefault(target);
    const same = hostReference(source, 'policyTarget', HOST).some(
      ({ target: to }) => to.by === 'name' && to.name === name && to.namespace === namespace,
    );
    if (same) return ALREADY;
    const value = refuseOtherNamespace(source, target) ? `${name}.${namespace}.svc.cluster.local` : name;
    return { source: [{ op: 'set', path: HOST, value }] };
  },
};

/** Fields as of Istio 1.25 (networking/v1alpha3/destination_rule.proto). */
export const destinationRule: KindDefinition = {
  group: ISTIO,
  version: 'v1',
  kind: 'DestinationRule',
  resource: 'destinationrules',
  shortNames: ['dr'],
  scope: 'Namespaced',
  category: 'custom',
  olderVersions: ISTIO_VERSIONS,
  newObject: (name, namespace) => ({
    apiVersion: `${ISTIO}/v1`,
    kind: 'DestinationRule',
    metadata: newMetadata(name, namespace),
    spec: { host: name, trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST' } } },
  }),
  references: (object) => [
    ...hostReference(object, 'policyTarget', HOST),
    ...clientReferences(object),
    ...nameReference(object, 'tls', ['spec', 'trafficPolicy', 'tls', 'credentialName'], {
      ...SECRET,
      namespace: namespaceOrDefault(object),
    }),
  ],
  connections: [applyToService],
  disconnect: (_, { field }) =>
    field.at(-1) === 'host' ? { refused: 'disconnect.required' } : [{ op: 'delete', path: field }],
  summary,
  fields: [
    'spec.host',
    'spec.subsets[*].name',
    'spec.subsets[*].labels',
    'spec.trafficPolicy.loadBalancer',
    'spec.trafficPolicy.tls.mode',
    'spec.trafficPolicy.outlierDetection',
  ],
};

/** The clients that the rule holds for; everybody where none are chosen. */
function clientReferences(object: KubernetesObject): readonly Reference[] {
  const field = ['spec', 'workloadSelector'];
  const selector = parseLabelSelector(valueAt(object, ...field));
  if (selector.nothing || isEmptySelector(selector)) return [];
  const target = { by: 'pods', namespaces: { names: [namespaceOrDefault(object)] }, selector } as const;
  return [{ type: 'policySelector', field, target }];
}

function summary(object: KubernetesObject): Summary {
  const fact = nameAt(object, ...HOST);
  const subsets = arrayAt(object, 'spec', 'subsets').flatMap((subset) => nameAt(subset, 'name') ?? []);
  const policy = Object.keys(objectAt(object, 'spec', 'trafficPolicy') ?? {});
  const detail = (subsets.length > 0 ? subsets : policy).join(', ');
  return { ...(fact !== undefined && { fact }), ...(detail !== '' && { detail }) };
}
