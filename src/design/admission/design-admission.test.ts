import { beforeAll, describe, expect, test } from 'vitest';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { preloadStrategies } from '../../kinds/strategies.ts';
import { designRegistry } from '../import.ts';
import { designOf } from '../testing/design-of.ts';
import { judgeContextOf, preloadValidity } from '../validity.ts';
import { DesignAdmission } from './design-admission.ts';

beforeAll(() => preloadStrategies());

async function refusalsIn(text: string, admission = new DesignAdmission()): Promise<readonly object[]> {
  const design = designOf(text);
  const registry = designRegistry(design, BUILT_IN_KINDS);
  await preloadValidity(design, registry);
  return admission
    .problems(design, judgeContextOf(design, registry))
    .map(({ id, severity, record, field, related = [], params }) => ({
      id,
      severity,
      on: design.records.get(record)!.identity,
      field: formatFieldPath(field),
      related: related.map((other) => design.records.get(other)!.identity),
      plugin: params['plugin'],
      message: params['message'],
    }));
}

const POD = (name: string, spec = ''): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop}
spec:
  containers: [{name: c, image: a:1${spec}}]
`;
const DEPLOYMENT = (replicas: number, resources = '', rest = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      ${rest}
      containers: [{name: c, image: a:1${resources}}]
`;
const QUOTA = (hard: string): string => `apiVersion: v1
kind: ResourceQuota
metadata: {name: q, namespace: shop}
spec: {hard: {${hard}}}
`;
const LIMITS = `apiVersion: v1
kind: LimitRange
metadata: {name: limits, namespace: shop}
spec: {limits: [{type: Container, default: {cpu: 500m}, defaultRequest: {cpu: 200m}, max: {cpu: "1"}}]}
`;
const POLICY = (kind: string, spec: string, binding = ''): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}
metadata: {name: rule}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
  ${spec}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}Binding
metadata: {name: rule}
spec: {policyName: rule${binding}}
`;
const join = (...texts: readonly string[]): string => texts.join('---\n');

describe('what admission refuses of a design', () => {
  test('nothing of a plain one', async () => {
    expect(await refusalsIn(join(DEPLOYMENT(3), POD('p')))).toEqual([]);
  });

  test('what a policy of the same design refuses, by its parameters, and warns of', async () => {
    const params = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: most, namespace: shop}\ndata: {replicas: "3"}\n`;
    const spec = `paramKind: {apiVersion: v1, kind: ConfigMap}
  validations: [{expression: 'object.spec.replicas <= int(params.data.replicas)', messageExpression: "'at most ' + params.data.replicas"}]`;
    const ref = ', paramRef: {name: most, parameterNotFoundAction: Deny}';
    const policy = (action: string): string =>
      POLICY('ValidatingAdmissionPolicy', spec, `, validationActions: [${action}]${ref}`);
    expect(await refusalsIn(join(DEPLOYMENT(3), policy('Deny'), params))).toEqual([]);
    expect(await refusalsIn(join(DEPLOYMENT(4), policy('Deny'), params))).toEqual([
      {
        id: 'admission.refused',
        severity: 'error',
        on: 'Deployment.apps/shop/web',
        field: '',
        related: [
          'ValidatingAdmissionPolicy.admissionregistration.k8s.io//rule',
          'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io//rule',
        ],
        plugin: 'ValidatingAdmissionPolicy',
        message: `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'rule' with binding 'rule' denied request: at most 3`,
      },
    ]);
    expect(await refusalsIn(join(DEPLOYMENT(4), policy('Warn'), params))).toMatchObject([
      {
        id: 'object.warning',
        severity: 'warning',
        message: `Validation failed for ValidatingAdmissionPolicy 'rule' with binding 'rule': at most 3`,
      },
    ]);
    expect(await refusalsIn(join(DEPLOYMENT(3), policy('Deny')))).toMatchObject([
      { message: expect.stringContaining('no params found for policy binding with `Deny` parameterNotFoundAction') },
    ]);
  });

  test('where the types in a policy do not fit, by the kinds and definitions of the same design', async () => {
    const policy = (group: string, resource: string, expression: string): string =>
      `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: rule}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [${group}], apiVersions: [v1], operations: ['*'], resources: [${resource}]}]}
  validations: [{expression: '${expression}'}]\n`;
    expect(await refusalsIn(policy('batch', 'jobs', 'object.spec.completions > 1'))).toEqual([]);
    expect(await refusalsIn(policy('batch', 'jobs', 'object.spec.completion > 1'))).toMatchObject([
      {
        id: 'policy.typeWarning',
        severity: 'warning',
        on: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io//rule',
        field: 'spec.validations[0].expression',
        message:
          "batch/v1, Kind=Job: ERROR: <input>:1:12: undefined field 'completion'\n | object.spec.completion > 1\n | ...........^",
      },
    ]);
    const ships = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ships.sea.example.com}
spec:
  group: sea.example.com
  scope: Cluster
  names: {plural: ships, singular: ship, kind: Ship, listKind: ShipList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {masts: {type: integer}}}}}]\n`;
    const wrong = policy('sea.example.com', 'ships', 'object.sails > 1');
    expect(await refusalsIn(wrong)).toEqual([]);
    expect(await refusalsIn(join(ships, wrong))).toMatchObject([
      { id: 'policy.typeWarning', message: expect.stringContaining("undefined field 'sails'") },
    ]);
  });

  test('what is invalid once a policy of the same design has changed it', async () => {
    const policy = (replicas: number): string =>
      POLICY(
        'MutatingAdmissionPolicy',
        `reinvocationPolicy: Never
  mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: 'Object{spec: Object.spec{replicas: ${replicas}}}'}}]`,
      );
    expect(await refusalsIn(join(DEPLOYMENT(1), policy(2)))).toEqual([]);
    expect(await refusalsIn(join(DEPLOYMENT(1), policy(-1)))).toMatchObject([
      {
        plugin: 'MutatingAdmissionPolicy',
        message:
          'Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      },
    ]);
  });

  test('Pods beyond a quota, wherever the quota stands', async () => {
    expect(await refusalsIn(join(POD('a'), POD('b'), QUOTA('pods: 1')))).toEqual([
      {
        id: 'admission.refused',
        severity: 'error',
        on: 'Pod/shop/b',
        field: '',
        related: ['ResourceQuota/shop/q'],
        plugin: 'ResourceQuota',
        message: 'pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
      },
    ]);
  });

  test('the Pod of a workload that no longer fits, counting all replicas', async () => {
    const fits = join(DEPLOYMENT(3), QUOTA('pods: 3'));
    expect(await refusalsIn(fits)).toEqual([]);
    expect(await refusalsIn(join(DEPLOYMENT(1_000_000), QUOTA('pods: 3')))).toMatchObject([
      {
        on: 'Deployment.apps/shop/web',
        field: 'spec.template.spec',
        message: 'pods "web-" is forbidden: exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3',
      },
    ]);
  });

  test('what a quota needs to know, unless a LimitRange says it', async () => {
    const quota = QUOTA('requests.cpu: "1"');
    expect(await refusalsIn(join(DEPLOYMENT(1), quota))).toMatchObject([
      { message: 'pods "web-" is forbidden: failed quota: q: must specify requests.cpu for: c' },
    ]);
    expect(await refusalsIn(join(DEPLOYMENT(5), quota, LIMITS))).toEqual([]);
    expect(await refusalsIn(join(DEPLOYMENT(6), quota, LIMITS))).toMatchObject([
      {
        message:
          'pods "web-" is forbidden: exceeded quota: q, requested: requests.cpu=200m, used: requests.cpu=1, limited: requests.cpu=1',
      },
    ]);
  });

  test('a container above its LimitRange, at its field', async () => {
    const resources = ', resources: {limits: {cpu: "2"}}';
    expect(await refusalsIn(join(DEPLOYMENT(2, resources), LIMITS))).toEqual([
      {
        id: 'admission.refused',
        severity: 'error',
        on: 'Deployment.apps/shop/web',
        field: 'spec.template.spec.containers[0].resources.limits.cpu',
        related: ['LimitRange/shop/limits'],
        plugin: 'LimitRanger',
        message: 'pods "web-" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
      },
    ]);
  });

  test('classes and accounts that are not here, as a warning: the cluster may have them', async () => {
    expect(await refusalsIn(DEPLOYMENT(1, '', 'priorityClassName: gold'))).toMatchObject([
      {
        severity: 'warning',
        field: 'spec.template.spec.priorityClassName',
        plugin: 'Priority',
        message: 'pods "web-" is forbidden: no PriorityClass with name gold was found',
      },
    ]);
    expect(await refusalsIn(DEPLOYMENT(1, '', 'runtimeClassName: gvisor'))).toMatchObject([
      { plugin: 'RuntimeClass', message: 'pods "web-" is forbidden: pod rejected: RuntimeClass "gvisor" not found' },
    ]);
    expect(await refusalsIn(DEPLOYMENT(1, '', 'serviceAccountName: robot'))).toMatchObject([
      {
        plugin: 'ServiceAccount',
        message:
          'pods "web-" is forbidden: error looking up service account shop/robot: serviceaccount "robot" not found',
      },
    ]);
    expect(await refusalsIn(DEPLOYMENT(1, '', 'priorityClassName: system-node-critical'))).toEqual([]);
  });

  test('a second default PriorityClass, and not the first', async () => {
    const priorityClass = (name: string): string =>
      `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: ${name}}\nvalue: 1\nglobalDefault: true\n`;
    expect(await refusalsIn(join(priorityClass('one'), priorityClass('two')))).toMatchObject([
      {
        on: 'PriorityClass.scheduling.k8s.io//two',
        related: ['PriorityClass.scheduling.k8s.io//one'],
        message:
          'priorityclasses.scheduling.k8s.io "two" is forbidden: PriorityClass one is already marked as default. Only one default can exist',
      },
    ]);
  });

  test('claims of a StatefulSet beyond a quota of storage', async () => {
    const statefulSet = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 3
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: a:1}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
`;
    expect(await refusalsIn(join(statefulSet, QUOTA('requests.storage: 25Gi')))).toMatchObject([
      {
        field: 'spec.volumeClaimTemplates[0].spec',
        message:
          'persistentvolumeclaims "db-" is forbidden: exceeded quota: q, requested: requests.storage=10Gi, used: requests.storage=20Gi, limited: requests.storage=25Gi',
      },
    ]);
  });

  test('what every namespace holds from the start is counted', async () => {
    const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm, namespace: shop}\n';
    expect(await refusalsIn(join(configMap, QUOTA('configmaps: 2')))).toEqual([]);
    expect(await refusalsIn(join(configMap, QUOTA('configmaps: 1')))).toMatchObject([
      {
        message:
          'configmaps "cm" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=1, limited: configmaps=1',
      },
    ]);
  });
});

test('an edit is judged again, and what looks at it', async () => {
  const admission = new DesignAdmission();
  const pods = join(DEPLOYMENT(2), POD('p'));
  expect(await refusalsIn(pods, admission)).toEqual([]);
  expect(await refusalsIn(join(pods, QUOTA('pods: 2')), admission)).toMatchObject([{ on: 'Pod/shop/p' }]);
  expect(await refusalsIn(join(pods, QUOTA('pods: 1')), admission)).toHaveLength(2);
  expect(await refusalsIn(join(pods, QUOTA('pods: 3')), admission)).toEqual([]);
  const least = LIMITS.replace(/limits: \[.*\]/, 'limits: [{type: Pod, min: {cpu: "1"}}]');
  expect(await refusalsIn(join(pods, least), admission)).toHaveLength(2);
});

test('a Pod that the defaults of a LimitRange make invalid', async () => {
  const limits = `apiVersion: v1
kind: LimitRange
metadata: {name: limits, namespace: shop}
spec: {limits: [{type: Container, default: {cpu: 500m}, defaultRequest: {cpu: 100m}}]}
`;
  expect(await refusalsIn(join(DEPLOYMENT(1, '', 'resources: {limits: {cpu: 400m}}'), limits))).toMatchObject([
    {
      field: 'spec.template.spec',
      plugin: 'LimitRanger',
      message: expect.stringContaining('must be less than or equal to pod limits of 400m') as string,
    },
  ]);
});

describe('webhooks', () => {
  const CONFIGURATION = `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks:
  - name: pods.example.com
    clientConfig: {service: {namespace: policy, name: guard}}
    rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    sideEffects: None
    admissionReviewVersions: [v1]
    namespaceSelector: {matchLabels: {guarded: "yes"}}
`;
  const namespace = (labels: string): string =>
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {${labels}}}\n---\n`;

  test('are told once, with what they would be asked about, and make nothing invalid', async () => {
    const text = namespace('guarded: "yes"') + POD('one') + '---\n' + DEPLOYMENT(2) + CONFIGURATION;
    expect(await refusalsIn(text)).toEqual([
      expect.objectContaining({
        id: 'webhook.asked',
        severity: 'info',
        on: 'ValidatingWebhookConfiguration.admissionregistration.k8s.io//guard',
        field: 'webhooks[0]',
        related: ['Pod/shop/one', 'Deployment.apps/shop/web'],
      }),
    ]);
  });

  test('that select no namespace of the design are not told of', async () => {
    expect(await refusalsIn(namespace('') + POD('one') + CONFIGURATION)).toEqual([]);
  });
});
