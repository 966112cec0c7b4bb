import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { Conversion } from './conversion.ts';

/** Kinds whose older versions have the same fields, rules and defaults: the apiVersion alone is another. */
const SAME: readonly [group: string, version: string, kinds: readonly string[], from: readonly string[]][] = [
  [
    'admissionregistration.k8s.io',
    'v1',
    [
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
    ],
    ['v1beta1', 'v1alpha1'],
  ],
  ['apiregistration.k8s.io', 'v1', ['APIService'], ['v1beta1']],
  ['apps', 'v1', ['ControllerRevision'], ['v1beta2', 'v1beta1']],
  ['authentication.k8s.io', 'v1', ['TokenReview', 'SelfSubjectReview'], ['v1beta1', 'v1alpha1']],
  ['authorization.k8s.io', 'v1', ['SelfSubjectAccessReview', 'SelfSubjectRulesReview'], ['v1beta1']],
  ['autoscaling.k8s.io', 'v1', ['VerticalPodAutoscaler', 'VerticalPodAutoscalerCheckpoint'], ['v1beta2']],
  ['batch', 'v1', ['CronJob'], ['v1beta1', 'v2alpha1']],
  ['coordination.k8s.io', 'v1', ['Lease'], ['v1beta1']],
  ['events.k8s.io', 'v1', ['Event'], ['v1beta1']],
  ['flowcontrol.apiserver.k8s.io', 'v1', ['FlowSchema'], ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1']],
  ['gateway.networking.k8s.io', 'v1', ['GatewayClass', 'Gateway', 'HTTPRoute', 'ReferenceGrant'], ['v1beta1']],
  ['networking.k8s.io', 'v1', ['IngressClass', 'IPAddress', 'ServiceCIDR'], ['v1beta1']],
  ['node.k8s.io', 'v1', ['RuntimeClass'], ['v1beta1']],
  ['rbac.authorization.k8s.io', 'v1', ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'], ['v1beta1']],
  ['rbac.authorization.k8s.io', 'v1', ['Role', 'ClusterRole'], ['v1alpha1']],
  ['resource.k8s.io', 'v1', ['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'], ['v1beta2']],
  ['resource.k8s.io', 'v1', ['DeviceClass'], ['v1beta1']],
  ['scheduling.k8s.io', 'v1', ['PriorityClass'], ['v1beta1', 'v1alpha1']],
  ['storage.k8s.io', 'v1', ['CSIDriver', 'CSINode', 'StorageClass'], ['v1beta1']],
  [
    'storage.k8s.io',
    'v1',
    ['CSIStorageCapacity', 'VolumeAttachment', 'VolumeAttributesClass'],
    ['v1beta1', 'v1alpha1'],
  ],
];

const within = (group: string, versions: readonly string[], kind: string): readonly GroupVersionKind[] =>
  versions.map((version) => ({ group, version, kind }));

export const sameShape: readonly Conversion[] = [
  ...SAME.flatMap(([group, version, kinds, from]) =>
    kinds.map((kind): Conversion => ({
      from: within(group, from, kind),
      to: { group, version, kind },
      convert: (object) => ({ object }),
    })),
  ),
  {
    // The defaults are alike: policyTypes follow from what is written.
    from: within('extensions', ['v1beta1'], 'NetworkPolicy'),
    to: { group: 'networking.k8s.io', version: 'v1', kind: 'NetworkPolicy' },
    convert: (object) => ({ object }),
  },
];
