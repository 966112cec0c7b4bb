import type { KubernetesObject } from '../../apimachinery/object.ts';
import { timeOf } from '../kernel/clock.ts';
import { familyName } from '../network/addresses.ts';

/** What is given to a cluster about its network. */
export interface NetworkFacts {
  /** Networks of Services, one for each family of addresses. */
  readonly serviceNetworks: readonly string[];
  /** Addresses of the Services `kubernetes` and `kube-dns`. */
  readonly apiServiceIp: string;
  readonly dnsServiceIp: string;
  /** The machine on which the API server listens, and that of CoreDNS. */
  readonly controlPlaneIp: string;
  readonly dnsIp: string;
  /** When the cluster comes into being, in milliseconds of the run. */
  readonly nowMs: number;
}

const API_PORT = 6443;

/** The Services' network, and where the API server and CoreDNS are found. */
export function networkObjects(facts: NetworkFacts): readonly KubernetesObject[] {
  const { serviceNetworks, apiServiceIp, dnsServiceIp, controlPlaneIp, dnsIp, nowMs } = facts;
  return [
    serviceCidr(serviceNetworks, nowMs),
    ipAddress(apiServiceIp, 'default', 'kubernetes'),
    ...apiEndpoints([controlPlaneIp]),
    ipAddress(dnsServiceIp, 'kube-system', 'kube-dns'),
    ...clusterDns(dnsServiceIp, dnsIp),
  ];
}

/** Source: pkg/controlplane/controller/defaultservicecidr/default_servicecidr_controller.go, 1.36. */
function serviceCidr(cidrs: readonly string[], nowMs: number): KubernetesObject {
  const ready = { type: 'Ready', status: 'True', lastTransitionTime: timeOf(nowMs), reason: '', message: '' };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name: 'kubernetes' },
    spec: { cidrs },
    status: { conditions: [ready] },
  };
}

function ipAddress(address: string, namespace: string, name: string): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: {
      name: address,
      labels: {
        'ipaddress.kubernetes.io/ip-family': familyName(address),
        'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
      },
    },
    spec: { parentRef: { group: '', resource: 'services', namespace, name } },
  };
}

/** The port of an API server among endpoints. */
export function endpointsPort() {
  return { name: 'https', port: API_PORT, protocol: 'TCP' } as const;
}

/**
 * The Endpoints and the EndpointSlice of the Service `kubernetes`, where API servers have these addresses.
 * Source: pkg/controlplane/reconcilers/endpointsadapter.go, 1.36.
 */
export function apiEndpoints(ips: readonly string[]): readonly KubernetesObject[] {
  const port = endpointsPort();
  return [
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
      },
      subsets: [{ addresses: ips.map((ip) => ({ ip })), ports: [port] }],
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: { 'kubernetes.io/service-name': 'kubernetes' },
      },
      addressType: familyName(ips[0] ?? ''),
      endpoints: ips.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
      ports: [port],
    },
  ];
}

/**
 * The Service of CoreDNS and what lets CoreDNS read. Where kubeadm runs two Pods of a Deployment, the simulation has one
 * process beside the control plane, so the Service selects nothing and its endpoint is written here.
 * Source: cmd/kubeadm/app/phases/addons/dns/manifests.go, 1.36.
 */
function clusterDns(serviceIp: string, ip: string): readonly KubernetesObject[] {
  const metadata = { name: 'kube-dns', namespace: 'kube-system' };
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
    { name: 'metrics', port: 9153, protocol: 'TCP' },
  ];
  const read = (apiGroup: string, resources: readonly string[]) => ({
    apiGroups: [apiGroup],
    resources: [...resources],
    verbs: ['list', 'watch'],
  });
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadata,
        labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
        annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
      },
      spec: {
        clusterIP: serviceIp,
        clusterIPs: [serviceIp],
        internalTrafficPolicy: 'Cluster',
        ipFamilies: [familyName(serviceIp)],
        ipFamilyPolicy: 'SingleStack',
        ports: ports.map((port) => ({ ...port, targetPort: port.port })),
        sessionAffinity: 'None',
        type: 'ClusterIP',
      },
      status: { loadBalancer: {} },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/service-name': 'kube-dns' } },
      addressType: familyName(ip),
      endpoints: [{ addresses: [ip], conditions: { ready: true, serving: true, terminating: false } }],
      ports,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'system:coredns' },
      rules: [read('', ['endpoints', 'services', 'pods', 'namespaces']), read('discovery.k8s.io', ['endpointslices'])],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'system:coredns' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
      subjects: [{ kind: 'ServiceAccount', name: 'coredns', namespace: 'kube-system' }],
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'coredns', namespace: 'kube-system' } },
  ];
}
