import { describe, expect, test } from 'vitest';
import { parseObjectIdentity } from '../apimachinery/object-identity.ts';
import { isClusterProvided } from './cluster-provided.ts';

const isProvided = (identity: string) => isClusterProvided({ by: 'name', ...parseObjectIdentity(identity) });
const RBAC = 'rbac.authorization.k8s.io';

describe('every cluster holds', () => {
  test.each([
    'Namespace//default',
    'Namespace//kube-system',
    'Namespace//kube-public',
    'Namespace//kube-node-lease',
    'Service/default/kubernetes',
    'Service/kube-system/kube-dns',
    'ServiceAccount/shop/default',
    'ServiceAccount/kube-system/default',
    'ServiceAccount/kube-system/deployment-controller',
    'ConfigMap/shop/kube-root-ca.crt',
    'ConfigMap/kube-system/extension-apiserver-authentication',
    'ConfigMap/kube-system/coredns',
    'ConfigMap/kube-public/cluster-info',
    `ClusterRole.${RBAC}//view`,
    `ClusterRole.${RBAC}//cluster-admin`,
    `ClusterRole.${RBAC}//system:auth-delegator`,
    `ClusterRole.${RBAC}//system:controller:deployment-controller`,
    `Role.${RBAC}/kube-system/extension-apiserver-authentication-reader`,
    `Role.${RBAC}/kube-public/system:controller:bootstrap-signer`,
    'PriorityClass.scheduling.k8s.io//system-node-critical',
    'FlowSchema.flowcontrol.apiserver.k8s.io//catch-all',
    'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io//workload-low',
    'ServiceCIDR.networking.k8s.io//kubernetes',
  ])('%s', (identity) => expect(isProvided(identity)).toBe(true));
});

describe('not every cluster holds', () => {
  test.each([
    'Namespace//shop',
    'Service/shop/kubernetes',
    'Service/kube-system/metrics-server',
    'ServiceAccount/shop/deployment-controller',
    'ConfigMap/shop/coredns',
    'ConfigMap/default/constructor',
    'ConfigMap/constructor/name',
    'ConfigMap/__proto__/constructor',
    'Secret/shop/default',
    `ClusterRole.${RBAC}//system:metrics-server`,
    `Role.${RBAC}/shop/view`,
    'StorageClass.storage.k8s.io//standard',
    'IngressClass.networking.k8s.io//nginx',
    'PriorityClass.scheduling.k8s.io//high',
    'Service.serving.knative.dev/default/kubernetes',
  ])('%s', (identity) => expect(isProvided(identity)).toBe(false));
});
