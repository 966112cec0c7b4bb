import { formatGroupKind } from '../apimachinery/group-version-kind.ts';
import type { NameTarget } from './reference.ts';

/**
 * What every cluster of 1.36 holds without a manifest saying so, so that nobody calls it missing. Objects that kubeadm
 * adds (CoreDNS, kube-proxy, its own ConfigMaps) count, because nearly every cluster has them under these names.
 * StorageClasses and IngressClasses do not count: which ones there are is up to the provider.
 */
export function isClusterProvided({ group, kind, namespace, name }: NameTarget): boolean {
  const provided = PROVIDED.get(formatGroupKind({ group, kind }));
  if (!provided) return false;
  if (provided.everywhere?.includes(name)) return true;
  if (namespace === '') return provided.cluster?.(name) ?? false;
  const { inNamespaces = {} } = provided;
  return Object.hasOwn(inNamespaces, namespace) && (inNamespaces[namespace]?.includes(name) ?? false);
}

interface Provided {
  /** Names that every namespace holds. */
  readonly everywhere?: readonly string[];
  readonly inNamespaces?: Readonly<Partial<Record<string, readonly string[]>>>;
  /** Names of cluster-scoped objects. */
  readonly cluster?: (name: string) => boolean;
}

const among = (...names: readonly string[]) => {
  const set = new Set(names);
  return (name: string) => set.has(name);
};

/** plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go: each has a ServiceAccount and a ClusterRole. */
const CONTROLLERS = [
  'attachdetach-controller',
  'certificate-controller',
  'clusterrole-aggregation-controller',
  'cronjob-controller',
  'daemon-set-controller',
  'deployment-controller',
  'device-taint-eviction-controller',
  'disruption-controller',
  'endpoint-controller',
  'endpointslice-controller',
  'endpointslicemirroring-controller',
  'ephemeral-volume-controller',
  'expand-controller',
  'generic-garbage-collector',
  'horizontal-pod-autoscaler',
  'job-controller',
  'legacy-service-account-token-cleaner',
  'namespace-controller',
  'node-controller',
  'persistent-volume-binder',
  'pod-garbage-collector',
  'pv-protection-controller',
  'pvc-protection-controller',
  'replicaset-controller',
  'replication-controller',
  'resource-claim-controller',
  'resourcequota-controller',
  'root-ca-cert-publisher',
  'route-controller',
  'selinux-warning-controller',
  'service-account-controller',
  'service-cidrs-controller',
  'service-controller',
  'statefulset-controller',
  'ttl-after-finished-controller',
  'ttl-controller',
  'validatingadmissionpolicy-status-controller',
  'volumeattributesclass-protection-controller',
];

/** plugin/pkg/auth/authorizer/rbac/bootstrappolicy/namespace_policy.go. */
const SYSTEM_ROLES = [
  'extension-apiserver-authentication-reader',
  'system::leader-locking-kube-controller-manager',
  'system::leader-locking-kube-scheduler',
  'system:controller:bootstrap-signer',
  'system:controller:cloud-provider',
  'system:controller:token-cleaner',
];
const PUBLIC_ROLES = ['system:controller:bootstrap-signer'];

/** The same file; the first binding alone is named differently from its Role. */
const SYSTEM_ROLE_BINDINGS = ['system::extension-apiserver-authentication-reader', ...SYSTEM_ROLES.slice(1)];

/** plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go, and cmd/kubeadm/app/phases/addons/dns/manifests.go. */
const CLUSTER_ROLES = [
  'admin',
  'cluster-admin',
  'edit',
  'view',
  'system:aggregate-to-admin',
  'system:aggregate-to-edit',
  'system:aggregate-to-view',
  'system:auth-delegator',
  'system:basic-user',
  'system:certificates.k8s.io:certificatesigningrequests:nodeclient',
  'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
  'system:certificates.k8s.io:kube-apiserver-client-approver',
  'system:certificates.k8s.io:kube-apiserver-client-kubelet-approver',
  'system:certificates.k8s.io:kubelet-serving-approver',
  'system:certificates.k8s.io:legacy-unknown-approver',
  'system:cluster-trust-bundle-discovery',
  'system:coredns',
  'system:discovery',
  'system:heapster',
  'system:kube-aggregator',
  'system:kube-controller-manager',
  'system:kube-dns',
  'system:kube-scheduler',
  'system:kubelet-api-admin',
  'system:monitoring',
  'system:node',
  'system:node-bootstrapper',
  'system:node-problem-detector',
  'system:node-proxier',
  'system:persistent-volume-provisioner',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
  'system:volume-scheduler',
];

/** The same two files. */
const CLUSTER_ROLE_BINDINGS = [
  'cluster-admin',
  'system:basic-user',
  'system:coredns',
  'system:discovery',
  'system:kube-controller-manager',
  'system:kube-dns',
  'system:kube-scheduler',
  'system:monitoring',
  'system:node',
  'system:node-proxier',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
  'system:volume-scheduler',
];

/** A role or binding of the API server's own controllers. */
const isControllerRole = among(...CONTROLLERS.map((controller) => `system:controller:${controller}`));

const isClusterRole = among(...CLUSTER_ROLES);
const isClusterRoleBinding = among(...CLUSTER_ROLE_BINDINGS);

const RBAC = 'rbac.authorization.k8s.io';
const FLOW_CONTROL = 'flowcontrol.apiserver.k8s.io';

const PROVIDED: ReadonlyMap<string, Provided> = new Map<string, Provided>([
  // pkg/controlplane/controller/systemnamespaces, set up in pkg/controlplane/instance.go.
  ['Namespace', { cluster: among('default', 'kube-system', 'kube-public', 'kube-node-lease') }],
  [
    'Service',
    {
      inNamespaces: {
        default: ['kubernetes'], // pkg/controlplane/controller/kubernetesservice
        'kube-system': ['kube-dns'], // cmd/kubeadm/app/phases/addons/dns/manifests.go
      },
    },
  ],
  // pkg/controlplane/reconcilers
  ['Endpoints', { inNamespaces: { default: ['kubernetes'], 'kube-system': ['kube-dns'] } }],
  [
    'ServiceAccount',
    {
      everywhere: ['default'], // pkg/controller/serviceaccount/serviceaccounts_controller.go
      inNamespaces: {
        'kube-system': [
          ...CONTROLLERS,
          // plugin/pkg/auth/authorizer/rbac/bootstrappolicy/namespace_policy.go
          'bootstrap-signer',
          'cloud-provider',
          'kube-controller-manager',
          'kube-scheduler',
          'leader-election-controller',
          'token-cleaner',
          // cmd/kubeadm/app/phases/addons
          'coredns',
          'kube-dns',
          'kube-proxy',
        ],
      },
    },
  ],
  [
    'ConfigMap',
    {
      everywhere: ['kube-root-ca.crt'], // pkg/controller/certificates/rootcacertpublisher/publisher.go
      inNamespaces: {
        'kube-public': ['cluster-info'], // cmd/kubeadm/app/phases/bootstraptoken/clusterinfo/clusterinfo.go
        'kube-system': [
          'extension-apiserver-authentication', // pkg/controlplane/controller/clusterauthenticationtrust
          'kube-apiserver-legacy-service-account-token-tracking', // pkg/controlplane/controller/legacytokentracking
          // cmd/kubeadm/app/constants/constants.go
          'coredns',
          'kube-proxy',
          'kubeadm-config',
          'kubelet-config',
        ],
      },
    },
  ],
  // cmd/kubeadm/app/phases/addons
  ['Deployment.apps', { inNamespaces: { 'kube-system': ['coredns'] } }],
  ['DaemonSet.apps', { inNamespaces: { 'kube-system': ['kube-proxy'] } }],
  [`ClusterRole.${RBAC}`, { cluster: (name) => isClusterRole(name) || isControllerRole(name) }],
  [`ClusterRoleBinding.${RBAC}`, { cluster: (name) => isClusterRoleBinding(name) || isControllerRole(name) }],
  [`Role.${RBAC}`, { inNamespaces: { 'kube-system': SYSTEM_ROLES, 'kube-public': PUBLIC_ROLES } }],
  [`RoleBinding.${RBAC}`, { inNamespaces: { 'kube-system': SYSTEM_ROLE_BINDINGS, 'kube-public': PUBLIC_ROLES } }],
  // pkg/apis/scheduling/v1/helpers.go
  ['PriorityClass.scheduling.k8s.io', { cluster: among('system-cluster-critical', 'system-node-critical') }],
  // staging/src/k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap/default.go
  [
    `FlowSchema.${FLOW_CONTROL}`,
    {
      cluster: among(
        'catch-all',
        'exempt',
        'global-default',
        'kube-controller-manager',
        'kube-scheduler',
        'kube-system-service-accounts',
        'probes',
        'service-accounts',
        'system-leader-election',
        'system-node-high',
        'system-nodes',
      ),
    },
  ],
  [
    `PriorityLevelConfiguration.${FLOW_CONTROL}`,
    {
      cluster: among(
        'catch-all',
        'exempt',
        'global-default',
        'leader-election',
        'node-high',
        'system',
        'workload-high',
        'workload-low',
      ),
    },
  ],
  // pkg/controlplane/controller/defaultservicecidr
  ['ServiceCIDR.networking.k8s.io', { cluster: among('kubernetes') }],
]);
