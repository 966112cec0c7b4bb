import { isEmptySelector, labelSelectorFromMap, matchesLabels } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, nameAt, numberAt, valueAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { SECRET } from '../shared/core-kinds.ts';
import { ISTIO, ISTIO_VERSIONS } from '../shared/istio/host.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ALREADY } from '../shared/same-namespace.ts';
import { stableLabels } from '../shared/stable-labels.ts';

const SELECTOR = ['spec', 'selector'];

/** Gateway → workload: the proxies that it configures, in whatever namespace. */
const selectProxies: Connection = {
  id: 'select',
  to: 'podTemplate',
  connect(source, _, template) {
    if (!template) return { refused: 'connect.noPodTemplate' };
    const selector = labelSelectorFromMap(valueAt(source, ...SELECTOR));
    if (!isEmptySelector(selector) && matchesLabels(selector, template.labels)) return ALREADY;
    const istio = template.labels.get('istio');
    const value = istio === undefined ? stableLabels(template.labels) : { istio };
    if (Object.keys(value).length === 0) return { refused: 'connect.noLabels' };
    return { source: [{ op: 'set', path: SELECTOR, value }] };
  },
};

/** Istio's Gateway, which is older than the Gateway API's. Fields as of Istio 1.25 (gateway.proto). */
export const istioGateway: KindDefinition = {
  group: ISTIO,
  version: 'v1',
  kind: 'Gateway',
  resource: 'gateways',
  shortNames: ['gw'],
  scope: 'Namespaced',
  category: 'custom',
  olderVersions: ISTIO_VERSIONS,
  newObject: (name, namespace) => ({
    apiVersion: `${ISTIO}/v1`,
    kind: 'Gateway',
    metadata: newMetadata(name, namespace),
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    },
  }),
  references: (object) => [...proxyReferences(object), ...certificateReferences(object)],
  connections: [selectProxies],
  disconnect: (_, { field }) => [{ op: 'delete', path: field }],
  summary,
  fields: [
    'spec.selector',
    'spec.servers[*].port.number',
    'spec.servers[*].port.protocol',
    'spec.servers[*].hosts',
    'spec.servers[*].tls.mode',
    'spec.servers[*].tls.credentialName',
  ],
};

/** Proxies are looked for in every namespace. An empty selector means all of them, which nobody draws. */
function proxyReferences(object: KubernetesObject): readonly Reference[] {
  const selector = labelSelectorFromMap(valueAt(object, ...SELECTOR));
  if (isEmptySelector(selector)) return [];
  return [{ type: 'serviceSelector', field: SELECTOR, target: { by: 'pods', namespaces: 'all', selector } }];
}

/** A certificate is a Secret beside the proxies, whose namespace the Gateway does not say: its own is the best guess. */
function certificateReferences(object: KubernetesObject): readonly Reference[] {
  const secret = { ...SECRET, namespace: namespaceOrDefault(object) };
  return arrayAt(object, 'spec', 'servers').flatMap((server, index) => {
    const tls: Path = ['spec', 'servers', index, 'tls'];
    const names = arrayAt(server, 'tls', 'credentialNames');
    return [
      ...nameReference(object, 'tls', [...tls, 'credentialName'], secret, { optional: true }),
      ...names.flatMap((_, at) =>
        nameReference(object, 'tls', [...tls, 'credentialNames', at], secret, { optional: true }),
      ),
    ];
  });
}

function summary(object: KubernetesObject): Summary {
  const servers = arrayAt(object, 'spec', 'servers');
  const ports = servers.flatMap((server) => {
    const number = numberAt(server, 'port', 'number');
    const protocol = nameAt(server, 'port', 'protocol');
    return number === undefined ? [] : [protocol === undefined ? String(number) : `${number}/${protocol}`];
  });
  const hosts = servers.flatMap((server) => arrayAt(server, 'hosts').flatMap((host) => asName(host) ?? []));
  const fact = [...new Set(ports)].join(', ');
  const detail = [...new Set(hosts)].join(', ');
  return { ...(fact !== '' && { fact }), ...(detail !== '' && { detail }) };
}
