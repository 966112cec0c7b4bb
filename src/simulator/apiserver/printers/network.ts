import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { ageOf, labelsAt, selectorAt, textOf, withMore } from './cells.ts';
import type { TablePrinter } from './printer.ts';

/** Addresses of load balancers are cut to so many characters. */
const LOAD_BALANCER_WIDTH = 16;

/** Source: pkg/printers/internalversion/printers.go `loadBalancerStatusStringer`, 1.36. */
function loadBalancer(object: KubernetesObject, wide: boolean): string {
  const found = arrayAt(object, 'status', 'loadBalancer', 'ingress').flatMap((entry) => {
    const address = nameAt(entry, 'ip') ?? nameAt(entry, 'hostname');
    return address === undefined ? [] : [address];
  });
  const joined = [...new Set(found)].sort(compareStrings).join(',');
  return !wide && joined.length > LOAD_BALANCER_WIDTH ? `${joined.slice(0, LOAD_BALANCER_WIDTH - 3)}...` : joined;
}

/** Source: pkg/printers/internalversion/printers.go `getServiceExternalIP`, 1.36. */
function externalIp(service: KubernetesObject, wide: boolean): string {
  const external = arrayAt(service, 'spec', 'externalIPs').map(String);
  switch (stringAt(service, 'spec', 'type')) {
    case 'ClusterIP':
    case 'NodePort':
      return external.length > 0 ? external.join(',') : '<none>';
    case 'LoadBalancer': {
      const balanced = loadBalancer(service, wide);
      if (external.length > 0) return [...(balanced === '' ? [] : [balanced]), ...external].join(',');
      return balanced === '' ? '<pending>' : balanced;
    }
    case 'ExternalName':
      return stringAt(service, 'spec', 'externalName') ?? '';
    default:
      return '<unknown>';
  }
}

function portText(port: JsonValue): string {
  const nodePort = numberAt(port, 'nodePort') ?? 0;
  const node = nodePort > 0 ? `:${nodePort}` : '';
  return `${numberAt(port, 'port') ?? 0}${node}/${stringAt(port, 'protocol') ?? ''}`;
}

const service: TablePrinter = {
  group: '',
  kind: 'Service',
  columns: ['Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', '+Selector'],
  cells(object, options) {
    const ports = arrayAt(object, 'spec', 'ports').map(portText).join(',');
    return [
      nameOf(object),
      stringAt(object, 'spec', 'type') ?? '',
      textOf(arrayAt(object, 'spec', 'clusterIPs')[0], '<none>'),
      externalIp(object, options.wide),
      ports === '' ? '<none>' : ports,
      ageOf(object, options),
      labelsAt(object, 'spec', 'selector'),
    ];
  },
};

/** Hosts of rules; at most three, of which those without a name are not shown. */
function hosts(rules: readonly JsonValue[]): string {
  const list: string[] = [];
  let more = false;
  for (const rule of rules) {
    if (list.length === MOST) more = true;
    const host = nameAt(rule, 'host');
    if (!more && host !== undefined) list.push(host);
  }
  if (list.length === 0) return '*';
  return more ? `${list.join(',')} + ${rules.length - MOST} more...` : list.join(',');
}

const MOST = 3;

const ingress: TablePrinter = {
  group: 'networking.k8s.io',
  kind: 'Ingress',
  columns: ['Name', 'Class', 'Hosts', 'Address', 'Ports', 'Age'],
  cells: (object, options) => [
    nameOf(object),
    stringAt(object, 'spec', 'ingressClassName') ?? '<none>',
    hosts(arrayAt(object, 'spec', 'rules')),
    loadBalancer(object, options.wide),
    arrayAt(object, 'spec', 'tls').length > 0 ? '80, 443' : '80',
    ageOf(object, options),
  ],
};

const ingressClass: TablePrinter = {
  group: 'networking.k8s.io',
  kind: 'IngressClass',
  columns: ['Name', 'Controller', 'Parameters', 'Age'],
  cells(object, options) {
    const isDefault = annotationsOf(object).get('ingressclass.kubernetes.io/is-default-class') === 'true';
    const parameters = objectAt(object, 'spec', 'parameters');
    const group = stringAt(parameters, 'apiGroup');
    const kind = stringAt(parameters, 'kind') ?? '';
    return [
      isDefault ? `${nameOf(object)} (default)` : nameOf(object),
      stringAt(object, 'spec', 'controller') ?? '',
      parameters === undefined
        ? '<none>'
        : `${group === undefined ? kind : `${kind}.${group}`}/${stringAt(parameters, 'name') ?? ''}`,
      ageOf(object, options),
    ];
  },
};

function hostPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

const endpoints: TablePrinter = {
  group: '',
  kind: 'Endpoints',
  columns: ['Name', 'Endpoints', 'Age'],
  cells(object, options) {
    const list = arrayAt(object, 'subsets').flatMap((subset) => {
      const ips = arrayAt(subset, 'addresses').map((address) => stringAt(address, 'ip') ?? '');
      const ports = arrayAt(subset, 'ports');
      if (ports.length === 0) return ips;
      return ports.flatMap((port) => ips.map((ip) => hostPort(ip, numberAt(port, 'port') ?? 0)));
    });
    const isEmpty = arrayAt(object, 'subsets').length === 0;
    return [nameOf(object), isEmpty ? '<none>' : withMore(list, MOST, ''), ageOf(object, options)];
  },
};

const endpointSlice: TablePrinter = {
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  columns: ['Name', 'AddressType', 'Ports', 'Endpoints', 'Age'],
  cells(object, options) {
    const ports = arrayAt(object, 'ports').map((port) =>
      String(numberAt(port, 'port') ?? stringAt(port, 'name') ?? '*'),
    );
    const addresses = arrayAt(object, 'endpoints').flatMap((endpoint) => arrayAt(endpoint, 'addresses').map(String));
    return [
      nameOf(object),
      stringAt(object, 'addressType') ?? '',
      withMore(ports, MOST, '<unset>'),
      withMore(addresses, MOST, '<unset>'),
      ageOf(object, options),
    ];
  },
};

const networkPolicy: TablePrinter = {
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  columns: ['Name', 'Pod-Selector', 'Age'],
  cells: (object, options) => [nameOf(object), selectorAt(object, 'spec', 'podSelector'), ageOf(object, options)],
};

const serviceCidr: TablePrinter = {
  group: 'networking.k8s.io',
  kind: 'ServiceCIDR',
  columns: ['Name', 'CIDRs', 'Age'],
  cells: (object, options) => [
    nameOf(object),
    arrayAt(object, 'spec', 'cidrs').map(String).join(','),
    ageOf(object, options),
  ],
};

const ipAddress: TablePrinter = {
  group: 'networking.k8s.io',
  kind: 'IPAddress',
  columns: ['Name', 'ParentRef', 'Age'],
  cells(object, options) {
    const parent = objectAt(object, 'spec', 'parentRef');
    const [group, namespace] = [nameAt(parent, 'group'), nameAt(parent, 'namespace')];
    const resource = (stringAt(parent, 'resource') ?? '').toLowerCase();
    const qualified = group === undefined ? resource : `${resource}.${group.toLowerCase()}`;
    const path = [qualified, ...(namespace === undefined ? [] : [namespace]), stringAt(parent, 'name') ?? ''];
    return [nameOf(object), parent === undefined ? '<none>' : path.join('/'), ageOf(object, options)];
  },
};

export const NETWORK: readonly TablePrinter[] = [
  service,
  ingress,
  ingressClass,
  endpoints,
  endpointSlice,
  networkPolicy,
  serviceCidr,
  ipAddress,
];
