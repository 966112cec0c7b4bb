/**
 * Which fields kustomize's own transformers write, as data.
 * Source: api/internal/konfig/builtinpluginconsts of kubernetes-sigs/kustomize, kustomize/v5.8.1 (of kubectl 1.36).
 */
import type { FieldSpec } from './field-spec.ts';

/** Where each kind keeps its Pod spec. */
const POD_SPECS: readonly (readonly [kind: string, path: string])[] = [
  ['Pod', 'spec'],
  ['PodTemplate', 'template/spec'],
  ['Deployment', 'spec/template/spec'],
  ['ReplicaSet', 'spec/template/spec'],
  ['DaemonSet', 'spec/template/spec'],
  ['StatefulSet', 'spec/template/spec'],
  ['Job', 'spec/template/spec'],
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
];

/** The same for references that upstream lists for another set of kinds. */
const WORKLOADS: readonly (readonly [kind: string, path: string])[] = [
  ['Pod', 'spec'],
  ['StatefulSet', 'spec/template/spec'],
  ['Deployment', 'spec/template/spec'],
  ['ReplicationController', 'spec/template/spec'],
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
  ['Job', 'spec/template/spec'],
  ['DaemonSet', 'spec/template/spec'],
];

const inPods = (kinds: typeof POD_SPECS, ...paths: readonly string[]): readonly FieldSpec[] =>
  kinds.flatMap(([kind, root]) => paths.map((path) => ({ kind, path: `${root}/${path}` })));

export interface NameReference {
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
  readonly fields: readonly FieldSpec[];
}

const RBAC = 'rbac.authorization.k8s.io';
const SCALED: readonly FieldSpec[] = [{ kind: 'HorizontalPodAutoscaler', path: 'spec/scaleTargetRef/name' }];

/** Who points at objects of a kind by name, and where. */
export const NAME_REFERENCES: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({ kind, fields: SCALED })),
  {
    kind: 'ConfigMap',
    version: 'v1',
    fields: [
      ...inPods(
        POD_SPECS,
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ),
      { kind: 'Node', path: 'spec/configSource/configMap' },
      { kind: 'Role', path: 'rules/resourceNames' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
      { kind: 'Ingress', path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap' },
    ],
  },
  {
    kind: 'Secret',
    version: 'v1',
    fields: [
      ...inPods(
        POD_SPECS,
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ),
      { kind: 'Ingress', path: 'spec/tls/secretName' },
      { kind: 'Ingress', path: 'metadata/annotations/ingress.kubernetes.io\\/auth-secret' },
      { kind: 'Ingress', path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret' },
      { kind: 'Ingress', path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret' },
      { kind: 'ServiceAccount', path: 'imagePullSecrets/name' },
      { kind: 'StorageClass', path: 'parameters/secretName' },
      { kind: 'StorageClass', path: 'parameters/adminSecretName' },
      { kind: 'StorageClass', path: 'parameters/userSecretName' },
      { kind: 'StorageClass', path: 'parameters/secretRef' },
      { kind: 'Role', path: 'rules/resourceNames' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
      {
        group: 'serving.knative.dev',
        version: 'v1',
        kind: 'Service',
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
      },
      { kind: 'PersistentVolume', path: 'spec/azureFile/secretName' },
    ],
  },
  {
    kind: 'Service',
    version: 'v1',
    fields: [
      { group: 'apps', kind: 'StatefulSet', path: 'spec/serviceName' },
      { kind: 'Ingress', path: 'spec/rules/http/paths/backend/serviceName' },
      { kind: 'Ingress', path: 'spec/backend/serviceName' },
      { kind: 'Ingress', path: 'spec/rules/http/paths/backend/service/name' },
      { kind: 'Ingress', path: 'spec/defaultBackend/service/name' },
      { group: 'apiregistration.k8s.io', kind: 'APIService', path: 'spec/service/name' },
      {
        group: 'admissionregistration.k8s.io',
        kind: 'ValidatingWebhookConfiguration',
        path: 'webhooks/clientConfig/service',
      },
      {
        group: 'admissionregistration.k8s.io',
        kind: 'MutatingWebhookConfiguration',
        path: 'webhooks/clientConfig/service',
      },
    ],
  },
  { kind: 'Role', group: RBAC, fields: [{ group: RBAC, kind: 'RoleBinding', path: 'roleRef/name' }] },
  {
    kind: 'ClusterRole',
    group: RBAC,
    fields: [
      { group: RBAC, kind: 'RoleBinding', path: 'roleRef/name' },
      { group: RBAC, kind: 'ClusterRoleBinding', path: 'roleRef/name' },
    ],
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fields: [
      { group: RBAC, kind: 'RoleBinding', path: 'subjects' },
      { group: RBAC, kind: 'ClusterRoleBinding', path: 'subjects' },
      ...inPods(WORKLOADS, 'serviceAccountName'),
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fields: inPods(WORKLOADS, 'volumes/persistentVolumeClaim/claimName'),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fields: [
      { kind: 'PersistentVolumeClaim', path: 'spec/volumeName' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
    ],
  },
  {
    kind: 'StorageClass',
    group: 'storage.k8s.io',
    version: 'v1',
    fields: [
      { kind: 'PersistentVolume', path: 'spec/storageClassName' },
      { kind: 'PersistentVolumeClaim', path: 'spec/storageClassName' },
      { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates/spec/storageClassName' },
    ],
  },
  { kind: 'PriorityClass', group: 'scheduling.k8s.io', version: 'v1', fields: inPods(WORKLOADS, 'priorityClassName') },
  {
    kind: 'IngressClass',
    // Written so upstream: it selects nothing.
    group: 'networking.k8s.io/v1',
    version: 'v1',
    fields: [{ kind: 'Ingress', path: 'spec/ingressClassName' }],
  },
];

const created = (kind: string, path: string, group?: string): FieldSpec => ({
  kind,
  path,
  create: true,
  ...(group === undefined ? {} : { group }),
});

/** Labels of objects and of the templates that they hold. */
export const TEMPLATE_LABELS: readonly FieldSpec[] = [
  { path: 'metadata/labels', create: true },
  { ...created('ReplicationController', 'spec/template/metadata/labels'), version: 'v1' },
  created('Deployment', 'spec/template/metadata/labels'),
  created('ReplicaSet', 'spec/template/metadata/labels'),
  created('DaemonSet', 'spec/template/metadata/labels'),
  created('StatefulSet', 'spec/template/metadata/labels', 'apps'),
  created('Job', 'spec/template/metadata/labels', 'batch'),
  created('CronJob', 'spec/jobTemplate/metadata/labels', 'batch'),
  created('CronJob', 'spec/jobTemplate/spec/template/metadata/labels', 'batch'),
  created('StatefulSet', 'spec/volumeClaimTemplates[]/metadata/labels', 'apps'),
];

const POD_TERMS = [
  'podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm',
  'podAffinity/requiredDuringSchedulingIgnoredDuringExecution',
  'podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm',
  'podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution',
].map((term) => `spec/template/spec/affinity/${term}/labelSelector/matchLabels`);

const SELECTED = ['Deployment', 'StatefulSet'].flatMap((kind) =>
  [...POD_TERMS, 'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels'].map((path) => ({
    group: 'apps',
    kind,
    path,
  })),
);

/** The same, with what selects by them. */
export const SELECTOR_LABELS: readonly FieldSpec[] = [
  { ...created('Service', 'spec/selector'), version: 'v1' },
  { ...created('ReplicationController', 'spec/selector'), version: 'v1' },
  created('Deployment', 'spec/selector/matchLabels'),
  created('ReplicaSet', 'spec/selector/matchLabels'),
  created('DaemonSet', 'spec/selector/matchLabels'),
  created('StatefulSet', 'spec/selector/matchLabels', 'apps'),
  ...SELECTED,
  { group: 'batch', kind: 'Job', path: 'spec/selector/matchLabels' },
  { group: 'batch', kind: 'CronJob', path: 'spec/jobTemplate/spec/selector/matchLabels' },
  { group: 'policy', kind: 'PodDisruptionBudget', path: 'spec/selector/matchLabels' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy', path: 'spec/podSelector/matchLabels' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy', path: 'spec/ingress/from/podSelector/matchLabels' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy', path: 'spec/egress/to/podSelector/matchLabels' },
  ...TEMPLATE_LABELS,
];

export const ANNOTATIONS: readonly FieldSpec[] = TEMPLATE_LABELS.filter(({ path }) => !path.includes('[]')).map(
  (spec) => ({
    ...spec,
    path: spec.path.replace(/labels$/, 'annotations'),
  }),
);

export const NAMESPACES: readonly FieldSpec[] = [
  { group: 'apiregistration.k8s.io', kind: 'APIService', path: 'spec/service/namespace', create: true },
  {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
  },
];

export const REPLICAS: readonly FieldSpec[] = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(
  (kind) => created(kind, 'spec/replicas'),
);

/** Where images are written by field; before that, every list of containers is gone through, so a tag's suffix comes twice. */
export const IMAGES: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((spec) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((path) => ({
    path: `${spec}/${path}`,
  })),
);
