import { describe, expect, it } from 'vitest';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { preloadValidity } from '../validity.ts';
import { contextOf, designOf } from '../testing/design-of.ts';
import { findLints } from './find-lints.ts';
import { LINTS, lintNamed } from './index.ts';

const all = (...documents: readonly string[]): string => documents.join('---\n');
const object = (apiVersion: string, kind: string, name: string, rest: string, meta = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}${meta}}\n${rest}\n`;
const deployment = (container: string, spec = '', pod = ''): string =>
  object(
    'apps/v1',
    'Deployment',
    'web',
    `spec: {${spec} selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {${pod} containers: [{name: c, image: "web:1", ${container}}]}}}`,
  );
const C = 'spec.template.spec.containers[0]';
const role = (rule: string): string => object('rbac.authorization.k8s.io/v1', 'Role', 'r', `rules: [{${rule}}]`);
const binding = (subject: string): string =>
  object(
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    'b',
    `subjects: [{${subject}}]\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}`,
  );
const service = (spec: string): string => object('v1', 'Service', 'web', `spec: {${spec}}`);
const hpa = (spec: string): string =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'web',
    `spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, ${spec}}`,
  );
const cron = (spec: string): string =>
  object(
    'batch/v1',
    'CronJob',
    'c',
    `spec: {${spec}, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "a:1"}]}}}}}`,
  );
const budget = (spec: string): string =>
  object('policy/v1', 'PodDisruptionBudget', 'b', `spec: {selector: {matchLabels: {app: web}}, ${spec}}`);
const ingress = (spec: string): string => object('networking.k8s.io/v1', 'Ingress', 'i', `spec: {${spec}}`);
const rule = (host: string): string =>
  `{host: ${host}, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}`;
const probe = (name: string, rest = ''): string => `${name}: {httpGet: {path: /, port: 80}${rest}}`;
const hostNetwork = deployment('', '', 'hostNetwork: true,');

/** A lint, a design, and the fields of what it finds. Cases that kube-linter's own manifests have are not told again. */
const cases: readonly [id: string, text: string, fields: readonly string[]][] = [
  ['drop-all-capabilities', deployment(''), [`${C}.securityContext.capabilities.drop`]],
  ['drop-all-capabilities', deployment('securityContext: {capabilities: {drop: [all]}}'), []],
  ['drop-all-capabilities', deployment('securityContext: {privileged: true}'), []],
  ['privilege-escalation-unset', deployment(''), [`${C}.securityContext.allowPrivilegeEscalation`]],
  ['privilege-escalation-unset', deployment('securityContext: {allowPrivilegeEscalation: false}'), []],
  ['seccomp-profile', deployment('', '', 'securityContext: {seccompProfile: {type: RuntimeDefault}},'), []],
  [
    'seccomp-profile',
    deployment(
      'securityContext: {seccompProfile: {type: Unconfined}}',
      '',
      'securityContext: {seccompProfile: {type: RuntimeDefault}},',
    ),
    [`${C}.securityContext.seccompProfile`],
  ],
  [
    'dangerous-capability',
    deployment('securityContext: {capabilities: {add: [CHOWN, CAP_SYS_ADMIN]}}'),
    [`${C}.securityContext.capabilities.add[1]`],
  ],
  ['host-port', deployment('ports: [{containerPort: 80, hostPort: 80}]'), [`${C}.ports[0].hostPort`]],
  [
    'host-path',
    deployment('', '', 'volumes: [{name: v, hostPath: {path: /x}}],'),
    ['spec.template.spec.volumes[0].hostPath'],
  ],
  ['service-account-token', deployment(''), ['spec.template.spec.automountServiceAccountToken']],
  ['service-account-token', deployment('', '', 'serviceAccountName: web,'), []],
  [
    'service-account-token',
    all(deployment(''), object('v1', 'ServiceAccount', 'default', 'automountServiceAccountToken: false')),
    [],
  ],
  [
    'shared-process-namespace',
    deployment('', '', 'shareProcessNamespace: true,'),
    ['spec.template.spec.shareProcessNamespace'],
  ],
  [
    'secret-in-config-map',
    object(
      'v1',
      'ConfigMap',
      'c',
      'data: {DB_PASSWORD: x1, password_file: /run/x, token-ttl: 5m, color: red, useToken: "true"}',
    ),
    ['data.DB_PASSWORD'],
  ],
  [
    'env-var-credential',
    deployment(
      'env: [{name: API_KEY, value: abc}, {name: TOKEN_URL, value: "https://a"}, {name: DB_PASSWORD, value: $(X)}, {name: MY_SECRET, value: x}]',
    ),
    [`${C}.env[0].value`],
  ],
  [
    'namespace-pod-security',
    object('v1', 'Namespace', 'n', ''),
    ['metadata.labels[pod-security.kubernetes.io/enforce]'],
  ],
  ['role-can-exec', role('apiGroups: [""], resources: [pods, pods/exec], verbs: [create]'), ['rules[0]']],
  ['role-can-exec', role('apiGroups: [""], resources: [pods/log], verbs: [get]'), []],
  ['role-can-create-pods', role('apiGroups: [batch], resources: [cronjobs], verbs: [create]'), ['rules[0]']],
  ['role-reads-secrets', role('apiGroups: [""], resources: [secrets], verbs: [get]'), ['rules[0]']],
  ['role-reads-secrets', role('apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [a]'), []],
  [
    'role-can-escalate',
    role('apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [bind]'),
    ['rules[0]'],
  ],
  [
    'binding-to-everyone',
    binding('kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:authenticated"'),
    ['subjects[0].name'],
  ],
  ['binding-to-default-account', binding('kind: ServiceAccount, name: default'), ['subjects[0].name']],
  ['unused-role', role('verbs: [get]'), ['']],
  ['unused-role', all(role('verbs: [get]'), binding('kind: ServiceAccount, name: a')), []],
  ['image-pull-policy', deployment('imagePullPolicy: Never'), []],
  ['image-pull-policy', deployment('imagePullPolicy: Never').replace('web:1', 'web'), [`${C}.imagePullPolicy`]],
  ['unset-memory-request', deployment(''), [`${C}.resources.requests.memory`]],
  ['unset-memory-request', deployment('resources: {limits: {memory: 1Gi}}'), []],
  [
    'service-without-readiness',
    all(deployment('ports: [{containerPort: 80}]'), service('selector: {app: web}, ports: [{port: 80}]')),
    [`${C}.readinessProbe`],
  ],
  [
    'liveness-same-as-readiness',
    deployment(`${probe('livenessProbe')}, ${probe('readinessProbe')}`),
    [`${C}.livenessProbe`],
  ],
  [
    'liveness-same-as-readiness',
    deployment(`${probe('livenessProbe', ', failureThreshold: 9')}, ${probe('readinessProbe')}`),
    [],
  ],
  ['probe-timeout', deployment(probe('startupProbe', ', timeoutSeconds: 20')), [`${C}.startupProbe.timeoutSeconds`]],
  ['single-replica', deployment(''), []],
  ['single-replica', all(deployment(''), service('selector: {app: web}, ports: [{port: 80}]')), ['spec.replicas']],
  [
    'single-replica',
    all(deployment(''), service('selector: {app: web}, ports: [{port: 80}]'), hpa('maxReplicas: 3')),
    [],
  ],
  ['no-disruption-budget', deployment('', 'replicas: 2,'), ['']],
  ['no-disruption-budget', all(deployment('', 'replicas: 2,'), budget('maxUnavailable: 1')), []],
  ['pdb-max-unavailable', budget('maxUnavailable: 0%'), ['spec.maxUnavailable']],
  ['pdb-min-available', all(deployment('', 'replicas: 2,'), budget('minAvailable: 2')), ['spec.minAvailable']],
  ['pdb-min-available', all(deployment('', 'replicas: 3,'), budget('minAvailable: 50%')), []],
  ['pdb-min-available', all(deployment(''), hpa('minReplicas: 3, maxReplicas: 9'), budget('minAvailable: "2"')), []],
  ['autoscaler-without-range', hpa('minReplicas: 3, maxReplicas: 3'), ['spec.maxReplicas']],
  [
    'autoscaler-without-requests',
    all(
      deployment(''),
      hpa(
        'maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]',
      ),
    ),
    ['spec.metrics[0]'],
  ],
  [
    'autoscaler-without-requests',
    all(
      deployment('resources: {requests: {cpu: 1}}'),
      hpa(
        'maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]',
      ),
    ),
    [],
  ],
  [
    'rolling-update-takes-all',
    deployment('', 'replicas: 2, strategy: {rollingUpdate: {maxUnavailable: 100%}},'),
    ['spec.strategy.rollingUpdate.maxUnavailable'],
  ],
  [
    'no-grace-period',
    deployment('', '', 'terminationGracePeriodSeconds: 0,'),
    ['spec.template.spec.terminationGracePeriodSeconds'],
  ],
  ['no-revision-history', deployment('', 'revisionHistoryLimit: 0,'), ['spec.revisionHistoryLimit']],
  [
    'memory-volume-without-limit',
    deployment('', '', 'volumes: [{name: v, emptyDir: {medium: Memory}}],'),
    ['spec.template.spec.volumes[0].emptyDir.sizeLimit'],
  ],
  ['bare-pod', object('v1', 'Pod', 'p', 'spec: {containers: [{name: c, image: "a:1"}]}'), ['kind']],
  ['cron-time-zone', cron('schedule: "0 3 * * *"'), ['spec.timeZone']],
  ['cron-time-zone', cron('schedule: "*/5 * * * *"'), []],
  ['cron-never-runs', cron('schedule: "0 0 30,31 2 *"'), ['spec.schedule']],
  ['cron-never-runs', cron('schedule: "0 0 31 1,4 *"'), []],
  ['cron-never-runs', cron('schedule: "0 0 31 2 1"'), []],
  ['cron-overlap', cron('schedule: "* * * * *"'), ['spec.concurrencyPolicy']],
  ['service-without-selector', service('ports: [{port: 80}]'), ['spec.selector']],
  [
    'service-without-selector',
    all(service('ports: [{port: 80}]'), object('v1', 'Endpoints', 'web', 'subsets: []')),
    [],
  ],
  ['service-without-ports', service('clusterIP: None, selector: {app: web}'), ['spec.ports']],
  ['load-balancer-open', service('type: LoadBalancer, ports: [{port: 80}]'), ['spec.loadBalancerSourceRanges']],
  [
    'ingress-tls-hosts',
    ingress(`tls: [{hosts: [b.example]}], rules: [${rule('a.example')}]`),
    ['spec.tls[0].hosts[0]', 'spec.rules[0].host'],
  ],
  ['ingress-tls-hosts', ingress(`tls: [{hosts: ["*.example.com"]}], rules: [${rule('a.example.com')}]`), []],
  ['ingress-without-tls', ingress(`rules: [${rule('a.example')}]`), ['spec.tls']],
  ['ingress-without-class', ingress(`rules: [${rule('a.example')}]`), ['spec.ingressClassName']],
  [
    'ingress-without-class',
    all(
      ingress(`rules: [${rule('a.example')}]`),
      object(
        'networking.k8s.io/v1',
        'IngressClass',
        'n',
        'spec: {controller: a.b/c}',
        ', annotations: {ingressclass.kubernetes.io/is-default-class: "true"}',
      ),
    ),
    [],
  ],
  [
    'gateway-listener-conflict',
    object(
      'gateway.networking.k8s.io/v1',
      'Gateway',
      'g',
      'spec: {gatewayClassName: x, listeners: [{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}, {name: c, port: 80, protocol: HTTP, hostname: x.example}]}',
    ),
    ['spec.listeners[1]'],
  ],
  ['host-network-dns', hostNetwork, ['spec.template.spec.dnsPolicy']],
  ['recommended-labels', deployment(''), ['metadata.labels[app.kubernetes.io/name]']],
  ['unused-config-map', object('v1', 'ConfigMap', 'c', 'data: {}'), []],
  ['unused-config-map', all(object('v1', 'ConfigMap', 'c', 'data: {}'), deployment('')), ['']],
  [
    'unused-config-map',
    all(object('v1', 'ConfigMap', 'c', 'data: {}'), deployment('envFrom: [{configMapRef: {name: c}}]')),
    [],
  ],
  ['unused-secret', all(object('v1', 'Secret', 's', 'type: helm.sh/release.v1'), deployment('')), []],
  ['unused-claim', all(object('v1', 'PersistentVolumeClaim', 'd', ''), deployment('')), ['']],
  ['unused-service-account', all(object('v1', 'ServiceAccount', 'a', ''), deployment('')), ['']],
  ['unused-volume', deployment('', '', 'volumes: [{name: v, emptyDir: {}}],'), ['spec.template.spec.volumes[0]']],
  [
    'server-fields',
    object('v1', 'ConfigMap', 'c', '', ', uid: abc, creationTimestamp: null'),
    ['metadata.uid', 'metadata.creationTimestamp'],
  ],
  [
    'last-applied-annotation',
    object('v1', 'ConfigMap', 'c', '', ', annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}'),
    ['metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]'],
  ],
  [
    'sorted-keys',
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  labels: {b: "1", a: "2"}\n',
    ['metadata', 'metadata.labels'],
  ],
  ['sorted-keys', 'apiVersion: v1\ndata: {"10": a, "9": b}\nkind: ConfigMap\nmetadata: {name: c}\n', []],
  // Total functions: nothing is where it should be.
  [
    'run-as-non-root',
    'apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [null, 7, {securityContext: []}]}}}\n',
    ['spec.template.spec.containers[2].securityContext.runAsNonRoot'],
  ],
];

const found = (id: string, text: string): readonly string[] =>
  findLints(contextOf(designOf(text)), { on: [id], off: ['all'] }).map(({ field }) => formatFieldPath(field));

describe('lints', () => {
  it.each(cases)('%s of %j', (id, text, fields) => {
    expect(lintNamed(id)?.id).toBe(id);
    expect(found(id, text)).toEqual(fields);
  });

  it('have their own id, and kube-linter its own names', () => {
    for (const lint of LINTS) {
      expect(lintNamed(lint.id)).toBe(lint);
      if (lint.kubeLinter !== undefined) expect(lint.kubeLinter).toBe(lint.id);
    }
    expect(lintNamed('constructor')).toBeUndefined();
  });

  it('take whatever they are given', async () => {
    const odd = ['null', '7', '[]', '{}', '[null]', '[[]]', '{spec: 7}', '{template: {spec: {containers: 1}}}'];
    const kinds = [
      ['apps/v1', 'Deployment'],
      ['v1', 'Pod'],
      ['v1', 'Service'],
      ['batch/v1', 'CronJob'],
      ['networking.k8s.io/v1', 'Ingress'],
      ['rbac.authorization.k8s.io/v1', 'Role'],
      ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
      ['policy/v1', 'PodDisruptionBudget'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler'],
      ['gateway.networking.k8s.io/v1', 'Gateway'],
    ] as const;
    const text = kinds.flatMap(([apiVersion, kind]) =>
      odd.map(
        (value) =>
          `apiVersion: ${apiVersion}\nkind: ${kind}\nspec: ${value}\nrules: ${value}\nsubjects: ${value}\nroleRef: ${value}\n`,
      ),
    );
    const context = contextOf(designOf(text.join('---\n')));
    await preloadValidity(context.design, context.registry);
    expect(() => findLints(context, { on: ['all'], off: [] })).not.toThrow();
  });
});

describe('switches', () => {
  const ids = (text: string, on: readonly string[], off: readonly string[]): readonly string[] => [
    ...new Set(findLints(contextOf(designOf(text)), { on, off }).map(({ id }) => id)),
  ];
  const annotated = (annotations: string): string =>
    hostNetwork.replace('{name: web}', `{name: web, annotations: {${annotations}}}`);

  it('follow the defaults where nobody chose', () => {
    expect(ids(hostNetwork, [], [])).toContain('lint.host-network');
    expect(ids(hostNetwork, [], [])).not.toContain('lint.no-node-affinity');
  });
  it('take groups and ids; an id outweighs its group', () => {
    expect(ids(hostNetwork, [], ['security'])).not.toContain('lint.host-network');
    expect(ids(hostNetwork, ['host-network'], ['security'])).toContain('lint.host-network');
    expect(ids(hostNetwork, ['all'], ['host-network'])).not.toContain('lint.host-network');
    expect(ids(hostNetwork, [], ['all'])).toEqual([]);
  });
  it.each([
    'drydock.dev/ignore: "latest-tag, host-network"',
    'drydock.dev/ignore: security',
    'drydock.dev/ignore: all',
    'ignore-check.kube-linter.io/host-network: why not',
    'kube-linter.io/ignore-all: ""',
  ])('an object may say no: %s', (annotation) => {
    expect(ids(annotated(annotation), [], [])).not.toContain('lint.host-network');
  });
  it('an object that says no to another lint is asked', () => {
    expect(ids(annotated('drydock.dev/ignore: host-pid'), [], [])).toContain('lint.host-network');
  });
});
