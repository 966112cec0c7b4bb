import type { JsonObject, JsonValue } from '../../../src/base/json.ts';

/** A field that is taken away. */
export const GONE = Symbol('gone');

/** Values by path, `spec.containers.0.name`; what is not given stays as it is in the seed. */
export type Change = Readonly<Record<string, JsonValue | typeof GONE>>;

/** A rule of an API server: a change of a good object that stays good, and one that the server refuses. */
export interface ValidityRule {
  /** Number in the list of rules. */
  readonly number: number;
  readonly id: string;
  /** Name of the object that is changed. */
  readonly seed: keyof typeof SEEDS;
  readonly accepted: Change;
  readonly refused: Change;
  /** Field of the first error; '' for what cannot be decoded. */
  readonly field: string;
  readonly reason: Reason | 'BadRequest' | 'NotFound';
  /** A part of the server's words, those of 1.36. */
  readonly words: string;
}

type Reason = `FieldValue${'Required' | 'Invalid' | 'Duplicate' | 'NotSupported' | 'Forbidden' | 'TooLong' | 'TooMany' | 'NotFound'}`;

const container = { name: 'c', image: 'nginx:1' };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } };
const selector = { matchLabels: { app: 'web' } };
const batch = { spec: { restartPolicy: 'Never', containers: [container] } };
const port = { port: 80 };
const path = { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } };
const webhook = {
  name: 'a.example.com',
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  clientConfig: { url: 'https://a.example.com/' },
  rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
};
const subject = { kind: 'ServiceAccount', name: 'web', namespace: 'shop' };
const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };

const of = (apiVersion: string, kind: string, rest: JsonObject, name = 'web', namespace = 'shop') => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === '' ? {} : { namespace }) },
  ...rest,
});

/** Good objects. */
export const SEEDS = {
  configMap: of('v1', 'ConfigMap', { data: { a: 'b' } }),
  fixedConfigMap: of('v1', 'ConfigMap', { data: { a: 'b' }, immutable: true }),
  namespace: of('v1', 'Namespace', {}, 'shop', ''),
  pod: of('v1', 'Pod', {
    spec: { containers: [{ ...container, env: [{ name: 'A', value: 'b' }], ports: [{ containerPort: 80 }] }] },
  }),
  podWithVolume: of('v1', 'Pod', {
    spec: {
      containers: [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
      volumes: [{ name: 'v', emptyDir: {} }],
    },
  }),
  podWithProbe: of('v1', 'Pod', {
    spec: { containers: [{ ...container, livenessProbe: { httpGet: { port: 80 } } }] },
  }),
  podWithInit: of('v1', 'Pod', { spec: { initContainers: [{ name: 'i', image: 'a:1' }], containers: [container] } }),
  deployment: of('apps/v1', 'Deployment', { spec: { replicas: 1, selector, template } }),
  statefulSet: of('apps/v1', 'StatefulSet', { spec: { serviceName: 'web', selector, template } }),
  daemonSet: of('apps/v1', 'DaemonSet', { spec: { selector, template } }),
  job: of('batch/v1', 'Job', { spec: { template: batch } }),
  cronJob: of('batch/v1', 'CronJob', { spec: { schedule: '* * * * *', jobTemplate: { spec: { template: batch } } } }),
  service: of('v1', 'Service', { spec: { selector: { app: 'web' }, ports: [port] } }),
  ingress: of('networking.k8s.io/v1', 'Ingress', { spec: { rules: [{ host: 'a.com', http: { paths: [path] } }] } }),
  endpoints: of('v1', 'Endpoints', { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] }),
  networkPolicy: of('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] },
  }),
  secret: of('v1', 'Secret', { data: { k: 'dg==' } }),
  claim: of('v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }),
  volume: of(
    'v1',
    'PersistentVolume',
    { spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/d' } } },
    'web',
    '',
  ),
  storageClass: of('storage.k8s.io/v1', 'StorageClass', { provisioner: 'example.com/p' }, 'web', ''),
  autoscaler: of('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 3,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
  }),
  disruptionBudget: of('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: 1, selector } }),
  role: of('rbac.authorization.k8s.io/v1', 'Role', {
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  }),
  roleBinding: of('rbac.authorization.k8s.io/v1', 'RoleBinding', { subjects: [subject], roleRef: role }),
  clusterRoleBinding: of(
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    { subjects: [subject], roleRef: role },
    'web',
    '',
  ),
  limitRange: of('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } }),
  quota: of('v1', 'ResourceQuota', { spec: { hard: { pods: '1' } } }),
  priorityClass: of('scheduling.k8s.io/v1', 'PriorityClass', { value: 10 }, 'web', ''),
  node: of('v1', 'Node', { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } }, 'w1', ''),
  definition: of(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    {
      spec: {
        group: 'ex.com',
        names: { plural: 'foos', kind: 'Foo' },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
    },
    'foos.ex.com',
    '',
  ),
  webhook: of('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', { webhooks: [webhook] }, 'web', ''),
} as const;

const C = 'spec.containers.0';
const long = (count: number): string => 'a'.repeat(count);
const terms = (requirement: JsonObject): Change => ({
  'spec.affinity': {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [requirement] }] },
    },
  },
});
const AFFINITY = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
const volume = (source: JsonObject): Change => ({ 'spec.volumes.0': { name: 'v', ...source } });
const toleration = (one: JsonObject): Change => ({ 'spec.tolerations': [one] });
const spread = (...more: readonly JsonObject[]): Change => ({
  'spec.topologySpreadConstraints': more.map((one) => ({
    maxSkew: 1,
    topologyKey: 'z',
    whenUnsatisfiable: 'DoNotSchedule',
    ...one,
  })),
});
const probe = (one: JsonObject): Change => ({ [`${C}.livenessProbe`]: one });
const env = (one: JsonObject): Change => ({ [`${C}.env.0`]: one });
const resources = (requests: JsonObject, limits: JsonObject = {}): Change => ({ [`${C}.resources`]: { requests, limits } });
const rolling = (one: JsonObject): Change => ({ 'spec.strategy': { type: 'RollingUpdate', rollingUpdate: one } });
const HTTP = 'spec.rules.0.http.paths.0';
const IN = 'spec.rules[0].http.paths[0]';
const ports = (...list: readonly JsonObject[]): Change => ({ 'spec.ports': list });
const peer = (one: JsonObject): Change => ({ 'spec.ingress.0.from.0': one });
const gpu = 'nvidia.com/gpu';
const [R, I, D, U, F, L, N] = [
  'FieldValueRequired',
  'FieldValueInvalid',
  'FieldValueDuplicate',
  'FieldValueNotSupported',
  'FieldValueForbidden',
  'FieldValueTooLong',
  'FieldValueNotFound',
] as const;

type Row = readonly [
  number: number,
  id: string,
  seed: keyof typeof SEEDS,
  accepted: Change,
  refused: Change,
  field: string,
  reason: ValidityRule['reason'],
  words: string,
];

const LABEL = 'a lowercase RFC 1123 label must consist of';
const SUBDOMAIN = 'a lowercase RFC 1123 subdomain must consist of';
const NAME_PART = "name part must consist of alphanumeric characters, '-', '_' or '.'";
const VALUE = 'a valid label must be an empty string or consist of alphanumeric characters';
const ONCE = 'must specify one of';

const META: readonly Row[] = [
  [1, 'meta.name.upper', 'configMap', { 'metadata.name': `${long(240)}.b-1` }, { 'metadata.name': 'Bad_Name' }, 'metadata.name', I, SUBDOMAIN],
  [2, 'meta.name.missing', 'configMap', { 'metadata.name': GONE, 'metadata.generateName': 'a-' }, { 'metadata.name': GONE }, 'metadata.name', R, 'name or generateName is required'],
  [3, 'ns.name.dots', 'namespace', { 'metadata.name': 'a-b' }, { 'metadata.name': 'a.b' }, 'metadata.name', I, 'must not contain dots'],
  // 1.36: RelaxedServiceNameValidation is on, so a Service may begin with a digit.
  [4, 'svc.name.digitStart', 'service', { 'metadata.name': '1svc' }, { 'metadata.name': '1_svc' }, 'metadata.name', I, LABEL],
  [5, 'cj.name.tooLong', 'cronJob', { 'metadata.name': long(52) }, { 'metadata.name': long(53) }, 'metadata.name', I, 'must be no more than 52 characters'],
  [6, 'meta.labels.key.bad', 'configMap', { 'metadata.labels': { 'a.b/c_d': 'x' } }, { 'metadata.labels': { 'a b': 'x' } }, 'metadata.labels', I, NAME_PART],
  [7, 'meta.labels.key.toolong', 'configMap', { 'metadata.labels': { [long(63)]: '' } }, { 'metadata.labels': { [long(64)]: '' } }, 'metadata.labels', I, 'name part must be no more than 63'],
  [8, 'meta.labels.value.bad', 'configMap', { 'metadata.labels': { a: 'b_c' } }, { 'metadata.labels': { a: 'b c' } }, 'metadata.labels', I, VALUE],
  [9, 'meta.labels.value.toolong', 'configMap', { 'metadata.labels': { a: long(63) } }, { 'metadata.labels': { a: long(64) } }, 'metadata.labels', I, 'must be no more than 63'],
  [10, 'meta.annotations.key.bad', 'configMap', { 'metadata.annotations': { 'a.b/c': 'any thing' } }, { 'metadata.annotations': { 'a b': '' } }, 'metadata.annotations', I, NAME_PART],
  [11, 'meta.annotations.toobig', 'configMap', { 'metadata.annotations': { a: long(262_143) } }, { 'metadata.annotations': { a: long(262_144) } }, 'metadata.annotations', L, 'may not be more than 262144 bytes'],
  [12, 'meta.ownerRef.twoControllers', 'configMap', { 'metadata.ownerReferences': [owner('p', true), owner('q', false)] }, { 'metadata.ownerReferences': [owner('p', true), owner('q', true)] }, 'metadata.ownerReferences', I, 'Only one reference can have Controller set to true'],
  [13, 'meta.ownerRef.noUID', 'configMap', { 'metadata.ownerReferences': [owner('p', true)] }, { 'metadata.ownerReferences': [{ ...owner('p', true), uid: '' }] }, 'metadata.ownerReferences.uid', I, 'must not be empty'],
  [14, 'meta.finalizer.unqualified', 'configMap', { 'metadata.finalizers': ['a.b/c'] }, { 'metadata.finalizers': ['bogus'] }, 'metadata.finalizers[0]', I, 'name is neither a standard finalizer name nor is it fully qualified'],
];

function owner(name: string, controller: boolean): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', name, uid: `uid-${name}`, controller };
}

const TYPES: readonly Row[] = [
  [16, 'type.replicas.string', 'deployment', { 'spec.replicas': 3 }, { 'spec.replicas': '3' }, 'spec.replicas', 'BadRequest', 'cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'],
  [17, 'meta.labels.value.number', 'configMap', { 'metadata.labels': { a: '1' } }, { 'metadata.labels': { a: 1 } }, 'metadata.labels.a', 'BadRequest', 'cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string'],
  [18, 'pod.env.valueBool', 'pod', env({ name: 'A', value: 'true' }), env({ name: 'A', value: true }), 'spec.containers[0].env[0].value', 'BadRequest', 'cannot unmarshal bool into Go struct field EnvVar.spec.containers.env.value of type string'],
  [19, 'cm.data.value.number', 'configMap', { 'data.a': '1' }, { 'data.a': 1 }, 'data.a', 'BadRequest', 'cannot unmarshal number into Go struct field ConfigMap.data of type string'],
  [20, 'type.args.string', 'pod', { [`${C}.args`]: ['--x'] }, { [`${C}.args`]: '--x' }, 'spec.containers[0].args', 'BadRequest', 'cannot unmarshal string into Go struct field Container.spec.containers.args of type []string'],
  [21, 'type.containers.map', 'pod', {}, { 'spec.containers': { name: 'c' } }, 'spec.containers', 'BadRequest', 'cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container'],
  [22, 'pod.res.badQuantity2', 'pod', resources({ memory: '1.5Gi' }), resources({ memory: '1GB' }), 'spec.containers[0].resources.requests.memory', 'BadRequest', 'quantities must match the regular expression'],
  [23, 'secret.data.notBase64', 'secret', { 'data.k': 'bm90' }, { 'data.k': 'not base64!' }, 'data.k', 'BadRequest', 'illegal base64 data at input byte 3'],
  [24, 'gvk.unknownKind', 'configMap', {}, { kind: 'ConfigMapp' }, 'apiVersion', 'NotFound', 'ConfigMapp'],
];

const CONTAINERS: readonly Row[] = [
  [25, 'pod.noContainers', 'pod', {}, { 'spec.containers': [] }, 'spec.containers', R, ''],
  [26, 'pod.container.noName', 'pod', {}, { [`${C}.name`]: GONE }, 'spec.containers[0].name', R, ''],
  [27, 'pod.container.badName', 'pod', { [`${C}.name`]: 'c-1' }, { [`${C}.name`]: 'Bad_C' }, 'spec.containers[0].name', I, LABEL],
  [28, 'pod.container.dupName', 'pod', { 'spec.containers.1': { ...container, name: 'd' } }, { 'spec.containers.1': container }, 'spec.containers[1].name', D, '"c"'],
  [29, 'pod.container.dupNameInit', 'podWithInit', {}, { 'spec.initContainers.0.name': 'c' }, 'spec.initContainers[0].name', D, '"c"'],
  [30, 'pod.container.noImage', 'pod', {}, { [`${C}.image`]: GONE }, 'spec.containers[0].image', R, ''],
  [31, 'pod.container.image.spaces', 'pod', {}, { [`${C}.image`]: ' nginx ' }, 'spec.containers[0].image', I, 'must not have leading or trailing whitespace'],
  [32, 'pod.container.pullPolicy', 'pod', { [`${C}.imagePullPolicy`]: 'Never' }, { [`${C}.imagePullPolicy`]: 'Sometimes' }, 'spec.containers[0].imagePullPolicy', U, 'supported values: "Always", "IfNotPresent", "Never"'],
  [33, 'pod.init.readinessProbe', 'podWithInit', { 'spec.initContainers.0.restartPolicy': 'Always', 'spec.initContainers.0.readinessProbe': { tcpSocket: { port: 1 } } }, { 'spec.initContainers.0.readinessProbe': { tcpSocket: { port: 1 } } }, 'spec.initContainers[0].readinessProbe', F, 'may not be set for init containers without restartPolicy=Always'],
  [34, 'pod.init.lifecycle', 'podWithInit', { 'spec.initContainers.0.restartPolicy': 'Always', 'spec.initContainers.0.lifecycle': { preStop: { sleep: { seconds: 1 } } } }, { 'spec.initContainers.0.lifecycle': { preStop: { sleep: { seconds: 1 } } } }, 'spec.initContainers[0].lifecycle', F, 'may not be set for init containers without restartPolicy=Always'],
  [35, 'pod.port.missing', 'pod', {}, { [`${C}.ports.0`]: { name: 'a' } }, 'spec.containers[0].ports[0].containerPort', R, ''],
  [36, 'pod.port.tooHigh', 'pod', { [`${C}.ports.0.containerPort`]: 65_535 }, { [`${C}.ports.0.containerPort`]: 65_536 }, 'spec.containers[0].ports[0].containerPort', I, 'must be between 1 and 65535, inclusive'],
  [37, 'pod.port.protocol.lower', 'pod', { [`${C}.ports.0.protocol`]: 'UDP' }, { [`${C}.ports.0.protocol`]: 'tcp' }, 'spec.containers[0].ports[0].protocol', U, 'supported values: "SCTP", "TCP", "UDP"'],
  [38, 'pod.port.name.toolong', 'pod', { [`${C}.ports.0.name`]: 'a-15-characters' }, { [`${C}.ports.0.name`]: 'a-very-long-port-name' }, 'spec.containers[0].ports[0].name', I, 'must be no more than 15'],
  [39, 'pod.port.name.digitsOnly', 'pod', { [`${C}.ports.0.name`]: 'p8080' }, { [`${C}.ports.0.name`]: '8080' }, 'spec.containers[0].ports[0].name', I, 'must contain at least one letter'],
  [40, 'pod.port.name.dup', 'pod', { [`${C}.ports`]: [{ name: 'a', containerPort: 1 }, { name: 'b', containerPort: 2 }] }, { [`${C}.ports`]: [{ name: 'a', containerPort: 1 }, { name: 'a', containerPort: 2 }] }, 'spec.containers[0].ports[1].name', D, '"a"'],
  [41, 'pod.hostPort.conflict', 'pod', { [`${C}.ports`]: [{ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80, protocol: 'UDP' }] }, { [`${C}.ports`]: [{ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80 }] }, 'spec.containers[0].ports[1].hostPort', D, '"TCP//80"'],
  [42, 'pod.hostNetwork.portMismatch', 'pod', { 'spec.hostNetwork': true, [`${C}.ports.0`]: { containerPort: 80, hostPort: 80 } }, { 'spec.hostNetwork': true, [`${C}.ports.0`]: { containerPort: 80, hostPort: 81 } }, 'spec.containers[0].ports[0].hostPort', I, 'must match `containerPort` when `hostNetwork` is true'],
  // 1.34: any printable ASCII but "=".
  [43, 'pod.env.badName', 'pod', env({ name: 'a b', value: 'c' }), env({ name: 'a=b', value: 'c' }), 'spec.containers[0].env[0].name', I, 'a valid environment variable name must consist only of printable ASCII characters'],
  [44, 'pod.env.valueAndValueFrom', 'pod', env({ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }), env({ name: 'A', value: 'b', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }), 'spec.containers[0].env[0].valueFrom', I, 'may not be specified when `value` is not empty'],
  [45, 'pod.env.valueFrom.empty', 'pod', env({ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }), env({ name: 'A', valueFrom: {} }), 'spec.containers[0].env[0].valueFrom', I, ONCE],
  [46, 'pod.env.fieldPath.bad', 'pod', env({ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }), env({ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.replicas' } } }), 'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath', I, 'field label not supported: spec.replicas'],
  [47, 'pod.env.resource.bad', 'pod', env({ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }), env({ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }), 'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource', U, '"limits.cpu"'],
  [48, 'pod.env.secretKeyRef.noKey', 'pod', env({ name: 'A', valueFrom: { configMapKeyRef: { name: 's', key: 'k' } } }), env({ name: 'A', valueFrom: { secretKeyRef: { name: 's' } } }), 'spec.containers[0].env[0].valueFrom.secretKeyRef.key', R, ''],
  [49, 'pod.envFrom.empty', 'pod', { [`${C}.envFrom`]: [{ configMapRef: { name: 'a' } }] }, { [`${C}.envFrom`]: [{}] }, 'spec.containers[0].envFrom', I, ONCE],
  [50, 'pod.res.requestOverLimit', 'pod', resources({ cpu: '1' }, { cpu: '1' }), resources({ cpu: '2' }, { cpu: '1' }), 'spec.containers[0].resources.requests', I, 'must be less than or equal to cpu limit'],
  [51, 'pod.res.negative', 'pod', resources({ cpu: '0' }), resources({ cpu: '-1' }), 'spec.containers[0].resources.requests[cpu]', I, 'must be greater than or equal to 0'],
  [52, 'pod.res.unknownName', 'pod', resources({ 'ephemeral-storage': '1Gi' }), resources({ gpu: '1' }), 'spec.containers[0].resources.requests[gpu]', I, 'must be a standard resource type or fully qualified'],
  [53, 'pod.res.extended.noLimit', 'pod', resources({}, { [gpu]: '1' }), resources({ [gpu]: '1' }), 'spec.containers[0].resources.limits', R, 'Limit must be set for non overcommitable resources'],
  [54, 'pod.res.extended.mismatch', 'pod', resources({ [gpu]: '2' }, { [gpu]: '2' }), resources({ [gpu]: '1' }, { [gpu]: '2' }), 'spec.containers[0].resources.requests', I, 'must be equal to nvidia.com/gpu limit'],
  [55, 'pod.res.extended.fraction', 'pod', resources({}, { [gpu]: '2' }), resources({}, { [gpu]: '1500m' }), `spec.containers[0].resources.limits[${gpu}]`, I, 'must be an integer'],
  [56, 'pod.res.hugepages.noCpuMem', 'pod', resources({ cpu: '1', 'hugepages-2Mi': '2Mi' }, { 'hugepages-2Mi': '2Mi' }), resources({ 'hugepages-2Mi': '2Mi' }, { 'hugepages-2Mi': '2Mi' }), 'spec.containers[0].resources', F, 'HugePages require cpu or memory'],
];

const PROBES: readonly Row[] = [
  [57, 'pod.probe.noHandler', 'podWithProbe', {}, probe({}), 'spec.containers[0].livenessProbe', R, 'must specify a handler type'],
  [58, 'pod.probe.twoHandlers', 'podWithProbe', probe({ grpc: { port: 1 } }), probe({ tcpSocket: { port: 1 }, httpGet: { port: 1 } }), 'spec.containers[0].livenessProbe.tcpSocket', F, 'may not specify more than 1 handler type'],
  [59, 'pod.probe.http.noPort', 'podWithProbe', probe({ httpGet: { port: 'http' } }), probe({ httpGet: { path: '/' } }), 'spec.containers[0].livenessProbe.httpGet.port', I, 'must be between 1 and 65535, inclusive'],
  [60, 'pod.probe.http.scheme', 'podWithProbe', probe({ httpGet: { port: 1, scheme: 'HTTPS' } }), probe({ httpGet: { port: 1, scheme: 'http' } }), 'spec.containers[0].livenessProbe.httpGet.scheme', U, 'supported values: "HTTP", "HTTPS"'],
  [61, 'pod.probe.liveness.successThreshold', 'podWithProbe', probe({ tcpSocket: { port: 1 }, successThreshold: 1 }), probe({ tcpSocket: { port: 1 }, successThreshold: 2 }), 'spec.containers[0].livenessProbe.successThreshold', I, 'must be 1'],
  [62, 'pod.probe.negativePeriod', 'podWithProbe', probe({ tcpSocket: { port: 1 }, periodSeconds: 1 }), probe({ tcpSocket: { port: 1 }, periodSeconds: -1 }), 'spec.containers[0].livenessProbe.periodSeconds', I, 'must be greater than or equal to 0'],
  [63, 'pod.probe.exec.noCommand', 'podWithProbe', probe({ exec: { command: ['a'] } }), probe({ exec: {} }), 'spec.containers[0].livenessProbe.exec.command', R, ''],
  [64, 'pod.lifecycle.noHandler', 'pod', { [`${C}.lifecycle`]: { preStop: { exec: { command: ['a'] } } } }, { [`${C}.lifecycle`]: { preStop: {} } }, 'spec.containers[0].lifecycle.preStop', R, 'must specify a handler type'],
];

const VOLUMES: readonly Row[] = [
  [65, 'pod.vol.badName', 'pod', { 'spec.volumes': [{ name: 'a-b', emptyDir: {} }] }, { 'spec.volumes': [{ name: 'A_b', emptyDir: {} }] }, 'spec.volumes[0].name', I, LABEL],
  [66, 'pod.vol.dupName', 'podWithVolume', { 'spec.volumes.1': { name: 'b', emptyDir: {} } }, { 'spec.volumes.1': { name: 'v', emptyDir: {} } }, 'spec.volumes[1].name', D, '"v"'],
  [67, 'pod.vol.twoSources', 'podWithVolume', { 'spec.volumes.0': { name: 'v' } }, volume({ emptyDir: {}, hostPath: { path: '/a' } }), 'spec.volumes[0].hostPath', F, 'may not specify more than 1 volume type'],
  [68, 'pod.mount.unknownVolume', 'podWithVolume', {}, { [`${C}.volumeMounts.0.name`]: 'zz' }, 'spec.containers[0].volumeMounts[0].name', N, '"zz"'],
  [69, 'pod.mount.noPath', 'podWithVolume', {}, { [`${C}.volumeMounts.0.mountPath`]: GONE }, 'spec.containers[0].volumeMounts[0].mountPath', R, ''],
  [70, 'pod.mount.dupPath', 'podWithVolume', { [`${C}.volumeMounts.1`]: { name: 'v', mountPath: '/x' } }, { [`${C}.volumeMounts.1`]: { name: 'v', mountPath: '/v' } }, 'spec.containers[0].volumeMounts[1].mountPath', I, 'must be unique'],
  [71, 'pod.mount.subPath.dotdot', 'podWithVolume', { [`${C}.volumeMounts.0.subPath`]: 'a/b' }, { [`${C}.volumeMounts.0.subPath`]: '../a' }, 'spec.containers[0].volumeMounts.subPath', I, "must not contain '..'"],
  [72, 'pod.mount.subPathAndExpr', 'podWithVolume', { [`${C}.volumeMounts.0.subPathExpr`]: 'b' }, { [`${C}.volumeMounts.0.subPathExpr`]: 'b', [`${C}.volumeMounts.0.subPath`]: 'a' }, 'spec.containers[0].volumeMounts[0].subPathExpr', I, 'subPathExpr and subPath are mutually exclusive'],
  [73, 'pod.mount.propagation.notPrivileged', 'podWithVolume', { [`${C}.volumeMounts.0.mountPropagation`]: 'Bidirectional', [`${C}.securityContext`]: { privileged: true } }, { [`${C}.volumeMounts.0.mountPropagation`]: 'Bidirectional' }, 'spec.containers[0].volumeMounts.mountPropagation', F, 'Bidirectional mount propagation is available only to privileged containers'],
  [74, 'pod.vol.hostPath.noPath', 'podWithVolume', volume({ hostPath: { path: '/a' } }), volume({ hostPath: {} }), 'spec.volumes[0].hostPath.path', R, ''],
  [75, 'pod.vol.hostPath.type', 'podWithVolume', volume({ hostPath: { path: '/a', type: 'Directory' } }), volume({ hostPath: { path: '/a', type: 'Dir' } }), 'spec.volumes[0].hostPath.type', U, '"BlockDevice", "CharDevice", "Directory"'],
  [76, 'pod.vol.secret.noName', 'podWithVolume', volume({ secret: { secretName: 's' } }), volume({ secret: {} }), 'spec.volumes[0].secret.secretName', R, ''],
  [77, 'pod.vol.configMap.noName', 'podWithVolume', volume({ configMap: { name: 's' } }), volume({ configMap: {} }), 'spec.volumes[0].configMap.name', R, ''],
  [78, 'pod.vol.configMap.item.dotdot', 'podWithVolume', volume({ configMap: { name: 's', items: [{ key: 'k', path: 'x' }] } }), volume({ configMap: { name: 's', items: [{ key: 'k', path: '../x' }] } }), 'spec.volumes[0].configMap.items[0].path', I, "must not contain '..'"],
  [79, 'pod.vol.secret.mode', 'podWithVolume', volume({ secret: { secretName: 's', defaultMode: 511 } }), volume({ secret: { secretName: 's', defaultMode: 1000 } }), 'spec.volumes[0].secret.defaultMode', I, 'must be a number between 0 and 0777 (octal), both inclusive'],
  [80, 'pod.vol.pvc.noClaim', 'podWithVolume', volume({ persistentVolumeClaim: { claimName: 'c' } }), volume({ persistentVolumeClaim: {} }), 'spec.volumes[0].persistentVolumeClaim.claimName', R, ''],
  [81, 'pod.vol.projected.conflict', 'podWithVolume', volume(projected('b', 'c')), volume(projected('b', 'b')), 'spec.volumes[0].projected', I, 'conflicting duplicate paths'],
  [82, 'pod.vol.projected.token.short', 'podWithVolume', volume(token(600)), volume(token(10)), 'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds', I, 'may not specify a duration less than 10 minutes'],
  [83, 'pod.vol.downward.noRef', 'podWithVolume', volume({ downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] } }), volume({ downwardAPI: { items: [{ path: 'a' }] } }), 'spec.volumes[0].downwardAPI', R, 'one of fieldRef and resourceFieldRef is required'],
];

function projected(...paths: readonly string[]): JsonObject {
  return { projected: { sources: paths.map((to, index) => ({ secret: { name: `s${index}`, items: [{ key: 'k', path: to }] } })) } };
}

function token(expirationSeconds: number): JsonObject {
  return { projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds } }] } };
}

const POD: readonly Row[] = [
  [84, 'pod.restartPolicy', 'pod', { 'spec.restartPolicy': 'Never' }, { 'spec.restartPolicy': 'Sometimes' }, 'spec.restartPolicy', U, '"Always", "OnFailure", "Never"'],
  [85, 'pod.dnsPolicy', 'pod', { 'spec.dnsPolicy': 'Default' }, { 'spec.dnsPolicy': 'X' }, 'spec.dnsPolicy', U, '"ClusterFirst"'],
  [86, 'pod.dnsNone.noNameservers', 'pod', { 'spec.dnsPolicy': 'None', 'spec.dnsConfig': { nameservers: ['1.1.1.1'] } }, { 'spec.dnsPolicy': 'None' }, 'spec.dnsConfig', R, 'must provide `dnsConfig` when `dnsPolicy` is None'],
  [87, 'pod.dnsConfig.tooManyNS', 'pod', { 'spec.dnsConfig': { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3'] } }, { 'spec.dnsConfig': { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } }, 'spec.dnsConfig.nameservers', I, 'must not have more than 3 nameservers'],
  [88, 'pod.activeDeadline.zero', 'pod', { 'spec.activeDeadlineSeconds': 1 }, { 'spec.activeDeadlineSeconds': 0 }, 'spec.activeDeadlineSeconds', I, 'must be between 1 and 2147483647, inclusive'],
  [89, 'pod.hostname.bad', 'pod', { 'spec.hostname': 'a-b' }, { 'spec.hostname': 'A_b' }, 'spec.hostname', I, LABEL],
  [90, 'pod.nodeSelector.badKey', 'pod', { 'spec.nodeSelector': { disk: 'ssd' } }, { 'spec.nodeSelector': { 'a b': 'c' } }, 'spec.nodeSelector', I, NAME_PART],
  [91, 'pod.toleration.keyNoOpExists', 'pod', toleration({ operator: 'Exists' }), toleration({ operator: 'Equal', value: 'a' }), 'spec.tolerations[0].operator', I, 'operator must be Exists when `key` is empty'],
  [92, 'pod.toleration.existsWithValue', 'pod', toleration({ key: 'a', operator: 'Exists' }), toleration({ key: 'a', operator: 'Exists', value: 'b' }), 'spec.tolerations[0].operator', I, "value must be empty when `operator` is 'Exists'"],
  [93, 'pod.toleration.secondsWithoutNoExecute', 'pod', toleration({ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }), toleration({ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }), 'spec.tolerations[0].effect', I, "effect must be 'NoExecute' when `tolerationSeconds` is set"],
  [94, 'pod.toleration.badEffect', 'pod', toleration({ key: 'a', operator: 'Exists', effect: 'NoSchedule' }), toleration({ key: 'a', operator: 'Exists', effect: 'Never' }), 'spec.tolerations[0].effect', U, '"NoSchedule", "PreferNoSchedule"'],
  [95, 'pod.affinity.node.emptyTerms', 'pod', terms({ key: 'a', operator: 'Exists' }), { 'spec.affinity': { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } }, AFFINITY, R, 'must have at least one node selector term'],
  [96, 'pod.affinity.node.badOp', 'pod', terms({ key: 'a', operator: 'Gt', values: ['1'] }), terms({ key: 'a', operator: 'Equals', values: ['1'] }), `${AFFINITY}[0].matchExpressions[0].operator`, I, 'not a valid selector operator'],
  [97, 'pod.affinity.node.inNoValues', 'pod', terms({ key: 'a', operator: 'In', values: ['b'] }), terms({ key: 'a', operator: 'In' }), `${AFFINITY}[0].matchExpressions[0].values`, R, "must be specified when `operator` is 'In' or 'NotIn'"],
  [98, 'pod.affinity.node.existsValues', 'pod', terms({ key: 'a', operator: 'DoesNotExist' }), terms({ key: 'a', operator: 'Exists', values: ['b'] }), `${AFFINITY}[0].matchExpressions[0].values`, F, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"],
  [99, 'pod.affinity.node.weight', 'pod', weight(100), weight(101), 'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight', I, 'must be in the range 1-100'],
  [100, 'pod.affinity.pod.noTopologyKey', 'pod', apart({ topologyKey: 'z' }), apart({}), 'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey', R, 'can not be empty'],
  [101, 'pod.spread.maxSkew0', 'pod', spread({}), spread({ maxSkew: 0 }), 'spec.topologySpreadConstraints[0].maxSkew', I, 'must be greater than zero'],
  [102, 'pod.spread.badWhen', 'pod', spread({ whenUnsatisfiable: 'ScheduleAnyway' }), spread({ whenUnsatisfiable: 'Maybe' }), 'spec.topologySpreadConstraints[0].whenUnsatisfiable', U, '"DoNotSchedule", "ScheduleAnyway"'],
  [103, 'pod.spread.dup', 'pod', spread({}, { topologyKey: 'y' }), spread({}, {}), 'spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}', D, '{z, DoNotSchedule}'],
  [104, 'pod.sec.runAsUser.negative', 'pod', { 'spec.securityContext': { runAsUser: 0 } }, { 'spec.securityContext': { runAsUser: -1 } }, 'spec.securityContext.runAsUser', I, 'must be between 0 and 2147483647, inclusive'],
  [105, 'pod.sec.escalation.privileged', 'pod', { [`${C}.securityContext`]: { privileged: true } }, { [`${C}.securityContext`]: { privileged: true, allowPrivilegeEscalation: false } }, 'spec.containers[0].securityContext', I, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'],
  [106, 'pod.sec.seccomp.localhostNoProfile', 'pod', { 'spec.securityContext': { seccompProfile: { type: 'Localhost', localhostProfile: 'p' } } }, { 'spec.securityContext': { seccompProfile: { type: 'Localhost' } } }, 'spec.securityContext.seccompProfile.localhostProfile', R, 'must be set when seccomp type is Localhost'],
  [107, 'pod.hostAliases.badHost', 'pod', { 'spec.hostAliases': [{ ip: '10.0.0.1', hostnames: ['a.b'] }] }, { 'spec.hostAliases': [{ ip: '10.0.0.1', hostnames: ['a_b'] }] }, 'spec.hostAliases[0].hostnames[0]', I, SUBDOMAIN],
  [108, 'pod.shareProcessNsAndHostPID', 'pod', { 'spec.hostPID': true }, { 'spec.hostPID': true, 'spec.shareProcessNamespace': true }, 'spec.securityContext.shareProcessNamespace', I, 'ShareProcessNamespace and HostPID cannot both be enabled'],
];

function weight(value: number): Change {
  return {
    'spec.affinity': {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: value, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
        ],
      },
    },
  };
}

function apart(term: JsonObject): Change {
  return {
    'spec.affinity': {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { a: 'b' } }, ...term }],
      },
    },
  };
}

const WORKLOADS: readonly Row[] = [
  [109, 'dep.noSelector', 'deployment', {}, { 'spec.selector': GONE }, 'spec.selector', R, ''],
  [110, 'dep.emptySelector', 'deployment', {}, { 'spec.selector': {} }, 'spec.selector', I, 'empty selector is invalid for deployment'],
  [111, 'dep.selectorMismatch', 'deployment', { 'spec.template.metadata.labels': { app: 'web', more: 'x' } }, { 'spec.template.metadata.labels': { app: 'other' } }, 'spec.template.metadata.labels', I, '`selector` does not match template `labels`'],
  [112, 'dep.negativeReplicas', 'deployment', { 'spec.replicas': 0 }, { 'spec.replicas': -1 }, 'spec.replicas', I, 'must be greater than or equal to 0'],
  [113, 'dep.restartPolicy', 'deployment', { 'spec.template.spec.restartPolicy': 'Always' }, { 'spec.template.spec.restartPolicy': 'OnFailure' }, 'spec.template.spec.restartPolicy', U, 'supported values: "Always"'],
  [114, 'dep.strategy.bad', 'deployment', { 'spec.strategy': { type: 'Recreate' } }, { 'spec.strategy': { type: 'Rolling' } }, 'spec.strategy', U, '"Recreate", "RollingUpdate"'],
  [115, 'dep.strategy.recreateWithRolling', 'deployment', rolling({ maxSurge: 1 }), { 'spec.strategy': { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }, 'spec.strategy.rollingUpdate', F, "may not be specified when strategy `type` is 'Recreate'"],
  [116, 'dep.strategy.bothZero', 'deployment', rolling({ maxSurge: 0, maxUnavailable: 1 }), rolling({ maxSurge: 0, maxUnavailable: 0 }), 'spec.strategy.rollingUpdate.maxUnavailable', I, 'may not be 0 when `maxSurge` is 0'],
  [117, 'dep.strategy.maxUnavailableOver100', 'deployment', rolling({ maxUnavailable: '100%' }), rolling({ maxUnavailable: '101%' }), 'spec.strategy.rollingUpdate.maxUnavailable', I, 'must not be greater than 100%'],
  [118, 'dep.strategy.notPercent', 'deployment', rolling({ maxSurge: '25%' }), rolling({ maxSurge: 'some' }), 'spec.strategy.rollingUpdate.maxSurge', I, "a valid percent string must be a numeric string followed by an ending '%'"],
  [119, 'dep.progressDeadline.leMinReady', 'deployment', { 'spec.minReadySeconds': 599 }, { 'spec.minReadySeconds': 600 }, 'spec.progressDeadlineSeconds', I, 'must be greater than minReadySeconds'],
  [120, 'dep.selector.inNoValues', 'deployment', { 'spec.selector': { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] } }, { 'spec.selector': { matchExpressions: [{ key: 'app', operator: 'In' }] } }, 'spec.selector.matchExpressions[0].values', R, "must be specified when `operator` is 'In' or 'NotIn'"],
  [121, 'dep.activeDeadline', 'deployment', {}, { 'spec.template.spec.activeDeadlineSeconds': 5 }, 'spec.template.spec.activeDeadlineSeconds', F, 'activeDeadlineSeconds in ReplicaSet is not Supported'],
  [122, 'sts.podManagement', 'statefulSet', { 'spec.podManagementPolicy': 'Parallel' }, { 'spec.podManagementPolicy': 'Serial' }, 'spec.podManagementPolicy', I, "must be 'OrderedReady' or 'Parallel'"],
  [123, 'sts.updateStrategy', 'statefulSet', { 'spec.updateStrategy': { type: 'OnDelete' } }, { 'spec.updateStrategy': { type: 'Recreate' } }, 'spec.updateStrategy', I, "must be 'RollingUpdate' or 'OnDelete'"],
  [124, 'sts.partition.negative', 'statefulSet', { 'spec.updateStrategy': { rollingUpdate: { partition: 1 } } }, { 'spec.updateStrategy': { rollingUpdate: { partition: -1 } } }, 'spec.updateStrategy.rollingUpdate.partition', I, 'must be greater than or equal to 0'],
  [125, 'ds.maxUnavailable0', 'daemonSet', { 'spec.updateStrategy': { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } }, { 'spec.updateStrategy': { rollingUpdate: { maxUnavailable: 0, maxSurge: 0 } } }, 'spec.updateStrategy.rollingUpdate.maxUnavailable', R, 'cannot be 0 when maxSurge is 0'],
  [126, 'job.restartMissing', 'job', {}, { 'spec.template.spec.restartPolicy': GONE }, 'spec.template.spec.restartPolicy', R, 'valid values: "OnFailure", "Never"'],
  [127, 'job.negativeBackoff', 'job', { 'spec.backoffLimit': 0 }, { 'spec.backoffLimit': -1 }, 'spec.backoffLimit', I, 'must be greater than or equal to 0'],
  [128, 'job.selectorWithoutManual', 'job', { 'spec.manualSelector': true, 'spec.selector': selector, 'spec.template.metadata': { labels: { app: 'web' } } }, { 'spec.selector': selector }, 'spec.selector', I, '`selector` not auto-generated'],
  [129, 'cj.noSchedule', 'cronJob', {}, { 'spec.schedule': GONE }, 'spec.schedule', R, ''],
  [130, 'cj.badSchedule', 'cronJob', { 'spec.schedule': '*/5 1 * * MON' }, { 'spec.schedule': 'every day' }, 'spec.schedule', I, 'xpected exactly 5 fields, found 2'],
  [131, 'cj.schedule.outOfRange', 'cronJob', { 'spec.schedule': '59 * * * *' }, { 'spec.schedule': '61 * * * *' }, 'spec.schedule', I, 'nd of range (61) above maximum (59): 61'],
  [132, 'cj.concurrency', 'cronJob', { 'spec.concurrencyPolicy': 'Forbid' }, { 'spec.concurrencyPolicy': 'Maybe' }, 'spec.concurrencyPolicy', U, '"Allow", "Forbid", "Replace"'],
  [133, 'cj.manualSelector', 'cronJob', {}, { 'spec.jobTemplate.spec.manualSelector': true }, 'spec.jobTemplate.spec.manualSelector', U, '"nil", "false"'],
];

const NETWORK: readonly Row[] = [
  [134, 'svc.noPorts', 'service', { 'spec.clusterIP': 'None', 'spec.ports': GONE }, { 'spec.ports': GONE }, 'spec.ports', R, ''],
  [135, 'svc.port.tooHigh', 'service', ports({ port: 65_535 }), ports({ port: 65_536 }), 'spec.ports[0].port', I, 'must be between 1 and 65535, inclusive'],
  [136, 'svc.port.multi.noName', 'service', ports({ name: 'a', port: 1 }, { name: 'b', port: 2 }), ports({ port: 1 }, { name: 'b', port: 2 }), 'spec.ports[0].name', R, ''],
  [137, 'svc.port.dupName', 'service', ports({ name: 'a', port: 1 }, { name: 'b', port: 2 }), ports({ name: 'a', port: 1 }, { name: 'a', port: 2 }), 'spec.ports[1].name', D, '"a"'],
  [138, 'svc.port.dupPortProto', 'service', ports({ name: 'a', port: 1 }, { name: 'b', port: 1, protocol: 'UDP' }), ports({ name: 'a', port: 1 }, { name: 'b', port: 1 }), 'spec.ports[1]', D, '"Protocol":"TCP"'],
  [139, 'svc.targetPort.quotedNumber', 'service', ports({ port: 80, targetPort: 8080 }), ports({ port: 80, targetPort: '8080' }), 'spec.ports[0].targetPort', I, 'must contain at least one letter'],
  [140, 'svc.targetPort.badName', 'service', ports({ port: 80, targetPort: 'http-port' }), ports({ port: 80, targetPort: 'http_port' }), 'spec.ports[0].targetPort', I, 'must contain only alpha-numeric characters'],
  [141, 'svc.protocol', 'service', ports({ port: 80, protocol: 'SCTP' }), ports({ port: 80, protocol: 'HTTP' }), 'spec.ports[0].protocol', U, '"SCTP", "TCP", "UDP"'],
  [142, 'svc.type.case', 'service', { 'spec.type': 'NodePort' }, { 'spec.type': 'nodeport' }, 'spec.type', U, '"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"'],
  [143, 'svc.nodePort.clusterIP', 'service', { 'spec.type': 'LoadBalancer', ...ports({ port: 80, nodePort: 30_080 }) }, ports({ port: 80, nodePort: 30_080 }), 'spec.ports[0].nodePort', F, "may not be used when `type` is 'ClusterIP'"],
  [144, 'svc.nodePort.dup', 'service', { 'spec.type': 'NodePort', ...ports({ name: 'a', port: 1, nodePort: 30_080 }, { name: 'b', port: 2, nodePort: 30_081 }) }, { 'spec.type': 'NodePort', ...ports({ name: 'a', port: 1, nodePort: 30_080 }, { name: 'b', port: 1, nodePort: 30_080 }) }, 'spec.ports[1].nodePort', D, '30080'],
  [148, 'svc.headless.nodePort', 'service', { 'spec.clusterIP': 'None' }, { 'spec.clusterIP': 'None', 'spec.type': 'NodePort' }, 'spec.clusterIPs[0]', I, "may not be set to 'None' for NodePort services"],
  [149, 'svc.externalName.missing', 'service', { 'spec.type': 'ExternalName', 'spec.externalName': 'a.b' }, { 'spec.type': 'ExternalName' }, 'spec.externalName', R, ''],
  [150, 'svc.sessionAffinity', 'service', { 'spec.sessionAffinity': 'ClientIP' }, { 'spec.sessionAffinity': 'Sticky' }, 'spec.sessionAffinity', U, '"ClientIP", "None"'],
  [151, 'svc.externalTrafficPolicy.clusterIP', 'service', { 'spec.type': 'NodePort', 'spec.externalTrafficPolicy': 'Local' }, { 'spec.externalTrafficPolicy': 'Local' }, 'spec.externalTrafficPolicy', I, 'may only be set for externally-accessible services'],
  [152, 'svc.lbSourceRanges.bad', 'service', { 'spec.type': 'LoadBalancer', 'spec.loadBalancerSourceRanges': ['10.0.0.0/8'] }, { 'spec.type': 'LoadBalancer', 'spec.loadBalancerSourceRanges': ['10.0.0.0'] }, 'spec.LoadBalancerSourceRanges[0]', I, 'must be a valid CIDR value'],
  [153, 'svc.selector.badValue', 'service', { 'spec.selector': { a: 'b' } }, { 'spec.selector': { a: 'b c' } }, 'spec.selector', I, VALUE],
  [154, 'ing.noRulesNoDefault', 'ingress', { spec: { defaultBackend: path.backend } }, { spec: {} }, 'spec', I, 'either `defaultBackend` or `rules` must be specified'],
  [155, 'ing.pathType.missing', 'ingress', { [`${HTTP}.pathType`]: 'Exact' }, { [`${HTTP}.pathType`]: GONE }, `${IN}.pathType`, R, 'pathType must be specified'],
  [156, 'ing.path.notAbs', 'ingress', { [`${HTTP}.path`]: '/foo' }, { [`${HTTP}.path`]: 'foo' }, `${IN}.path`, I, 'must be an absolute path'],
  [157, 'ing.path.doubleSlash', 'ingress', { [`${HTTP}.path`]: '/a/b' }, { [`${HTTP}.path`]: '/a//b' }, `${IN}.path`, I, "must not contain '//'"],
  [158, 'ing.host.ip', 'ingress', {}, { 'spec.rules.0.host': '1.2.3.4' }, 'spec.rules[0].host', I, 'must be a DNS name, not an IP address'],
  [159, 'ing.host.port', 'ingress', {}, { 'spec.rules.0.host': 'a.com:80' }, 'spec.rules[0].host', I, SUBDOMAIN],
  [160, 'ing.host.wildcardMiddle', 'ingress', { 'spec.rules.0.host': '*.a.com' }, { 'spec.rules.0.host': 'a.*.com' }, 'spec.rules[0].host', I, "a wildcard DNS-1123 subdomain must start with '*.'"],
  [161, 'ing.backend.none', 'ingress', {}, { [`${HTTP}.backend`]: {} }, `${IN}.backend`, I, 'resource or service backend is required'],
  [162, 'ing.backend.oldShape', 'ingress', {}, { [`${HTTP}.backend`]: { serviceName: 'a', servicePort: 80 } }, 'spec.rules[0].http.paths[0].backend.serviceName', 'BadRequest', 'unknown field "spec.rules[0].http.paths[0].backend.serviceName"'],
  [163, 'ing.backend.noPort', 'ingress', { [`${HTTP}.backend.service.port`]: { name: 'http' } }, { [`${HTTP}.backend.service.port`]: GONE }, `${IN}.backend`, R, 'port name or number is required'],
  [164, 'ing.backend.bothPorts', 'ingress', {}, { [`${HTTP}.backend.service.port`]: { name: 'http', number: 80 } }, `${IN}.backend`, I, 'cannot set both port name & port number'],
  [165, 'ing.class.bothAnnotation', 'ingress', { 'spec.ingressClassName': 'x' }, { 'spec.ingressClassName': 'x', 'metadata.annotations': { 'kubernetes.io/ingress.class': 'y' } }, 'annotations.kubernetes.io/ingress.class', I, 'must match `ingressClassName` when both are specified'],
  [166, 'ep.loopback', 'endpoints', {}, { 'subsets.0.addresses.0.ip': '127.0.0.1' }, 'subsets[0].addresses[0].ip', I, 'may not be in the loopback range'],
  [167, 'np.peer.empty', 'networkPolicy', {}, peer({}), 'spec.ingress[0].from[0]', R, 'must specify a peer'],
  [168, 'np.peer.ipBlockAndSelector', 'networkPolicy', peer({ ipBlock: { cidr: '10.0.0.0/8' } }), peer({ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }), 'spec.ingress[0].from[0]', F, 'may not specify both ipBlock and another peer'],
  [169, 'np.cidr.bad', 'networkPolicy', peer({ ipBlock: { cidr: '10.0.0.0/8' } }), peer({ ipBlock: { cidr: '10.0.0.0' } }), 'spec.ingress[0].from[0].ipBlock.cidr', I, 'must be a valid CIDR value'],
  [170, 'np.except.outside', 'networkPolicy', peer({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }), peer({ ipBlock: { cidr: '10.0.0.0/8', except: ['192.168.0.0/24'] } }), 'spec.ingress[0].from[0].ipBlock.except[0]', I, 'must be a strict subset of `cidr`'],
  [171, 'np.policyType.bad', 'networkPolicy', { 'spec.policyTypes': ['Egress'] }, { 'spec.policyTypes': ['Both'] }, 'spec.policyTypes[0]', U, '"Ingress", "Egress"'],
  [172, 'np.protocol.bad', 'networkPolicy', { 'spec.ingress.0.ports': [{ protocol: 'SCTP', port: 80 }] }, { 'spec.ingress.0.ports': [{ protocol: 'ICMP' }] }, 'spec.ingress[0].ports[0].protocol', U, '"TCP", "UDP", "SCTP"'],
];

const STORAGE: readonly Row[] = [
  [173, 'cm.data.key.bad', 'configMap', { data: { 'a-b_c.d': 'x' } }, { data: { 'a b': 'x' } }, 'data[a b]', I, 'a valid config key must consist of alphanumeric characters'],
  [174, 'cm.data.dupWithBinary', 'configMap', { binaryData: { b: 'YQ==' } }, { binaryData: { a: 'YQ==' } }, 'data[a]', I, 'duplicate of key present in binaryData'],
  [175, 'cm.tooBig', 'configMap', { data: { a: long(1_048_576) } }, { data: { a: long(1_048_577) } }, '[]', L, 'may not be more than 1048576 bytes'],
  [176, 'secret.tls.missingKeys', 'secret', { type: 'kubernetes.io/tls', data: { 'tls.crt': '', 'tls.key': '' } }, { type: 'kubernetes.io/tls' }, 'data[tls.crt]', R, ''],
  [177, 'secret.dockerconfigjson.missing', 'secret', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'e30=' } }, { type: 'kubernetes.io/dockerconfigjson' }, 'data[.dockerconfigjson]', R, ''],
  [178, 'secret.basicauth.missing', 'secret', { type: 'kubernetes.io/basic-auth', data: { username: 'YQ==' } }, { type: 'kubernetes.io/basic-auth' }, 'data[username]', R, ''],
  [179, 'pvc.noAccessModes', 'claim', {}, { 'spec.accessModes': GONE }, 'spec.accessModes', R, 'at least 1 access mode is required'],
  [180, 'pvc.badAccessMode', 'claim', { 'spec.accessModes': ['ReadWriteOncePod'] }, { 'spec.accessModes': ['RWO'] }, 'spec.accessModes', U, '"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"'],
  [181, 'pvc.noStorage', 'claim', {}, { 'spec.resources': {} }, 'spec.resources[storage]', R, ''],
  [182, 'pvc.zeroStorage', 'claim', { 'spec.resources.requests': { storage: '1' } }, { 'spec.resources.requests': { storage: '0' } }, 'spec.resources[storage]', I, 'must be greater than zero'],
  [183, 'pvc.volumeMode', 'claim', { 'spec.volumeMode': 'Block' }, { 'spec.volumeMode': 'Raw' }, 'spec.volumeMode', U, '"Block", "Filesystem"'],
  [184, 'pv.noCapacity', 'volume', {}, { 'spec.capacity': GONE }, 'spec.capacity', R, ''],
  [185, 'pv.noSource', 'volume', {}, { 'spec.hostPath': GONE }, 'spec', R, 'must specify a volume type'],
  [186, 'pv.twoSources', 'volume', {}, { 'spec.nfs': { server: 'a', path: '/b' } }, 'spec.nfs', F, 'may not specify more than 1 volume type'],
  [187, 'pv.local.noAffinity', 'volume', { 'spec.hostPath': GONE, 'spec.local': { path: '/a' }, 'spec.nodeAffinity': { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } } }, { 'spec.hostPath': GONE, 'spec.local': { path: '/a' } }, 'spec.nodeAffinity', R, 'Local volume requires node affinity'],
  [188, 'pv.reclaim.bad', 'volume', { 'spec.persistentVolumeReclaimPolicy': 'Delete', 'spec.hostPath.path': '/tmp/a' }, { 'spec.persistentVolumeReclaimPolicy': 'Keep' }, 'spec.persistentVolumeReclaimPolicy', U, '"Delete", "Recycle", "Retain"'],
  [189, 'sc.noProvisioner', 'storageClass', {}, { provisioner: '' }, 'provisioner', R, ''],
  [190, 'sc.bindingMode', 'storageClass', { volumeBindingMode: 'WaitForFirstConsumer' }, { volumeBindingMode: 'Later' }, 'volumeBindingMode', U, '"Immediate", "WaitForFirstConsumer"'],
];

const REST: readonly Row[] = [
  [191, 'hpa.maxLtMin', 'autoscaler', { 'spec.minReplicas': 3 }, { 'spec.minReplicas': 4 }, 'spec.maxReplicas', I, 'must be greater than or equal to `minReplicas`'],
  [192, 'hpa.noMax', 'autoscaler', {}, { 'spec.maxReplicas': GONE }, 'spec.maxReplicas', R, 'must be set and greater than 0'],
  [193, 'hpa.minZero', 'autoscaler', { 'spec.minReplicas': 1 }, { 'spec.minReplicas': 0 }, 'spec.minReplicas', I, 'must be greater than or equal to 1'],
  [194, 'hpa.noTargetName', 'autoscaler', {}, { 'spec.scaleTargetRef.name': GONE }, 'spec.scaleTargetRef.name', R, ''],
  [195, 'hpa.metric.noSource', 'autoscaler', {}, { 'spec.metrics.0': { type: 'Resource' } }, 'spec.metrics[0].resource', R, 'must populate information for the given metric source'],
  [196, 'hpa.metric.noTarget', 'autoscaler', { 'spec.metrics.0.resource.target': { type: 'AverageValue', averageValue: '1' } }, { 'spec.metrics.0.resource.target': { type: 'Utilization' } }, 'spec.metrics[0].resource.target.averageUtilization', R, 'must set either a target raw value or a target utilization'],
  [197, 'hpa.behavior.window', 'autoscaler', { 'spec.behavior': { scaleUp: { stabilizationWindowSeconds: 3600 } } }, { 'spec.behavior': { scaleUp: { stabilizationWindowSeconds: 4000 } } }, 'spec.behavior.scaleUp.stabilizationWindowSeconds', I, 'must be less than or equal to 3600'],
  [198, 'pdb.both', 'disruptionBudget', { 'spec.minAvailable': GONE, 'spec.maxUnavailable': 1 }, { 'spec.maxUnavailable': 1 }, 'spec', I, 'minAvailable and maxUnavailable cannot be both set'],
  [199, 'pdb.percent', 'disruptionBudget', { 'spec.minAvailable': '100%' }, { 'spec.minAvailable': '101%' }, 'spec.minAvailable', I, 'must not be greater than 100%'],
  [200, 'role.noVerbs', 'role', {}, { 'rules.0.verbs': [] }, 'rules[0].verbs', R, 'verbs must contain at least one value'],
  [201, 'role.noApiGroups', 'role', { 'rules.0.apiGroups': ['apps'] }, { 'rules.0.apiGroups': [] }, 'rules[0].apiGroups', R, 'resource rules must supply at least one api group'],
  [202, 'role.nonResourceURLs', 'role', {}, { 'rules.0': { nonResourceURLs: ['/x'], verbs: ['get'] } }, 'rules[0].nonResourceURLs', I, 'namespaced rules cannot apply to non-resource URLs'],
  [203, 'rb.roleRef.kind', 'roleBinding', { 'roleRef.kind': 'Role' }, { 'roleRef.kind': 'Deployment' }, 'roleRef.kind', U, '"Role", "ClusterRole"'],
  [204, 'rb.roleRef.apiGroup', 'roleBinding', {}, { 'roleRef.apiGroup': 'v1' }, 'roleRef.apiGroup', U, '"rbac.authorization.k8s.io"'],
  [205, 'rb.subject.kind', 'roleBinding', { 'subjects.0': { kind: 'Group', name: 'g', apiGroup: 'rbac.authorization.k8s.io' } }, { 'subjects.0': { kind: 'Robot', name: 'r' } }, 'subjects[0].kind', U, '"ServiceAccount", "User", "Group"'],
  [206, 'crb.subject.noNamespace', 'clusterRoleBinding', {}, { 'subjects.0.namespace': GONE }, 'subjects[0].namespace', R, ''],
  [207, 'crb.roleRef.role', 'clusterRoleBinding', {}, { 'roleRef.kind': 'Role' }, 'roleRef.kind', U, '"ClusterRole"'],
  [208, 'lr.minGtMax', 'limitRange', { 'spec.limits.0.min': { cpu: '1' } }, { 'spec.limits.0.min': { cpu: '2' } }, 'spec.limits[0].min[cpu]', I, 'min value 2 is greater than max value 1'],
  [209, 'lr.podDefault', 'limitRange', { 'spec.limits.0': { type: 'Container', default: { cpu: '1' } } }, { 'spec.limits.0': { type: 'Pod', default: { cpu: '1' } } }, 'spec.limits[0].default', F, "may not be specified when `type` is 'Pod'"],
  [210, 'rq.badResource', 'quota', { 'spec.hard': { 'requests.cpu': '1', 'count/jobs.batch': '1' } }, { 'spec.hard': { bogus: '1' } }, 'spec.hard[bogus]', I, 'must be a standard resource type or fully qualified'],
  [211, 'pc.tooHigh', 'priorityClass', { value: 1_000_000_000 }, { value: 1_000_000_001 }, 'value', F, 'maximum allowed value of a user defined priority is 1000000000'],
  [212, 'pc.systemPrefix', 'priorityClass', { 'metadata.name': 'my-system-a' }, { 'metadata.name': 'system-mine' }, 'metadata.name', F, "priority class names with 'system-' prefix are reserved for system use only"],
  [213, 'node.taint.dup', 'node', { 'spec.taints.1': { key: 'a', effect: 'NoExecute' } }, { 'spec.taints.1': { key: 'a', effect: 'NoSchedule', value: 'b' } }, 'metadata.taints[1]', D, 'taints must be unique by key and effect pair'],
  [214, 'crd.nameMismatch', 'definition', {}, { 'metadata.name': 'bars.ex.com' }, 'metadata.name', I, 'must be spec.names.plural+"."+spec.group'],
  [215, 'crd.noSchema', 'definition', {}, { 'spec.versions.0.schema': GONE }, 'spec.versions[0].schema.openAPIV3Schema', R, ''],
  [216, 'crd.twoStorage', 'definition', { 'spec.versions.1': version('v2', false) }, { 'spec.versions.1': version('v2', true) }, 'spec.versions', I, 'must have exactly one version marked as storage version'],
  [217, 'crd.schema.noType', 'definition', { 'spec.versions.0.schema.openAPIV3Schema': { type: 'object', properties: { a: { type: 'string' } } } }, { 'spec.versions.0.schema.openAPIV3Schema': { type: 'object', properties: { a: {} } } }, 'spec.validation.openAPIV3Schema.properties[a].type', R, 'must not be empty for specified object fields'],
  [218, 'vwc.sideEffects.missing', 'webhook', { 'webhooks.0.sideEffects': 'NoneOnDryRun' }, { 'webhooks.0.sideEffects': GONE }, 'webhooks[0].sideEffects', R, 'must specify one of None, NoneOnDryRun'],
  [219, 'vwc.timeout', 'webhook', { 'webhooks.0.timeoutSeconds': 30 }, { 'webhooks.0.timeoutSeconds': 60 }, 'webhooks[0].timeoutSeconds', I, 'the timeout value must be between 1 and 30 seconds'],
];

function version(name: string, storage: boolean): JsonObject {
  return { name, served: true, storage, schema: { openAPIV3Schema: { type: 'object' } } };
}

const UPDATES: readonly Row[] = [
  [220, 'upd.dep.selector', 'deployment', { 'spec.replicas': 2 }, { 'spec.selector': { matchLabels: { app: 'b' } }, 'spec.template.metadata.labels': { app: 'b' } }, 'spec.selector', I, 'field is immutable'],
  [221, 'upd.sts.vct', 'statefulSet', { 'spec.replicas': 2, 'spec.minReadySeconds': 1 }, { 'spec.serviceName': 'other' }, 'spec', F, "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy'"],
  [222, 'upd.job.template', 'job', { 'spec.parallelism': 2 }, { 'spec.template.spec.containers.0.image': 'b:1' }, 'spec.template', I, 'field is immutable'],
  [223, 'upd.job.completions', 'job', { 'spec.backoffLimit': 2 }, { 'spec.completions': 5 }, 'spec.completions', I, 'field is immutable'],
  [224, 'upd.svc.clusterIP', 'service', { 'spec.ports': [{ port: 81 }] }, { 'spec.clusterIP': '10.96.200.200' }, 'spec.clusterIPs[0]', I, 'may not change once set'],
  [225, 'upd.pvc.shrink', 'claim', { 'metadata.labels': { a: 'b' } }, { 'spec.accessModes': ['ReadOnlyMany'] }, 'spec', F, 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'],
  [226, 'upd.pv.source', 'volume', { 'spec.persistentVolumeReclaimPolicy': 'Retain' }, { 'spec.hostPath.path': '/other' }, 'spec.persistentvolumesource', F, 'spec.persistentvolumesource is immutable after creation'],
  [227, 'upd.sc.params', 'storageClass', { allowVolumeExpansion: true }, { parameters: { a: 'b' } }, 'parameters', I, 'field is immutable'],
  [228, 'upd.sec.type', 'secret', { 'data.k': 'YQ==' }, { type: 'foo' }, 'type', I, 'field is immutable'],
  [229, 'imm.cm', 'fixedConfigMap', { 'metadata.labels': { a: 'b' } }, { 'data.a': 'c' }, 'data', F, 'field is immutable when `immutable` is set'],
  [230, 'imm.cm.unset', 'fixedConfigMap', {}, { immutable: false }, 'immutable', F, 'field is immutable when `immutable` is set'],
  [231, 'upd.rb.roleRef', 'roleBinding', { subjects: [] }, { 'roleRef.name': 'other' }, 'roleRef', I, 'cannot change roleRef'],
  [232, 'upd.pod.env', 'pod', { [`${C}.image`]: 'nginx:2' }, { [`${C}.env.0.value`]: 'c' }, 'spec', F, 'pod updates may not change fields other than `spec.containers[*].image`'],
  [233, 'upd.pod.addContainer', 'pod', { 'metadata.labels': { a: 'b' } }, { 'spec.containers.1': { name: 'd', image: 'a:1' } }, 'spec.containers', F, 'pod updates may not add or remove containers'],
];

const ruleOf = ([number, id, seed, accepted, refused, field, reason, words]: Row): ValidityRule => ({
  number,
  id,
  seed,
  accepted,
  refused,
  field,
  reason,
  words,
});

/** Rules of a create, and of an update of the seed. */
export const CREATE_RULES: readonly ValidityRule[] = [
  ...META,
  ...TYPES,
  ...CONTAINERS,
  ...PROBES,
  ...VOLUMES,
  ...POD,
  ...WORKLOADS,
  ...NETWORK,
  ...STORAGE,
  ...REST,
].map(ruleOf);
export const UPDATE_RULES: readonly ValidityRule[] = UPDATES.map(ruleOf);
