import type { JsonObject, JsonValue } from '../base/json.ts';
import { valueAt } from '../base/json.ts';
import { upstreamLeftOut } from '../base/testing/upstream-table.ts';
import { clusterRoleStrategy } from './clusterrole/clusterrole.strategy.ts';
import { cronJobStrategy } from './cronjob/cronjob.strategy.ts';
import { deviceClassStrategy } from './deviceclass/deviceclass.strategy.ts';
import { endpointSliceStrategy } from './endpointslice/endpointslice.strategy.ts';
import { horizontalPodAutoscalerStrategy } from './horizontalpodautoscaler/horizontalpodautoscaler.strategy.ts';
import { ingressClassStrategy } from './ingressclass/ingressclass.strategy.ts';
import { ipAddressStrategy } from './ipaddress/ipaddress.strategy.ts';
import { networkPolicyStrategy } from './networkpolicy/networkpolicy.strategy.ts';
import { priorityLevelConfigurationStrategy } from './prioritylevelconfiguration/prioritylevelconfiguration.strategy.ts';
import { replicationControllerStrategy } from './replicationcontroller/replicationcontroller.strategy.ts';
import { roleStrategy } from './role/role.strategy.ts';
import { roleBindingStrategy } from './rolebinding/rolebinding.strategy.ts';
import { runtimeClassStrategy } from './runtimeclass/runtimeclass.strategy.ts';
import { storageClassStrategy } from './storageclass/storageclass.strategy.ts';
import type { KindStrategy } from './strategy.ts';
import type { DeclarativeCreate, DeclarativeTable, DeclarativeUpdate } from './testing/declarative-table.ts';
import { declarativeSource, judgeTables } from './testing/declarative-table.ts';
import { validatingAdmissionPolicyBindingStrategy } from './validatingadmissionpolicybinding/validatingadmissionpolicybinding.strategy.ts';
import { volumeAttachmentStrategy } from './volumeattachment/volumeattachment.strategy.ts';

const handler = (text: string): JsonObject => ({ handler: text });
const NODES: DeclarativeTable = {
  strategy: runtimeClassStrategy,
  folder: 'node/runtimeclass',
  valid: { handler: 'runc' },
  create: [
    'TestRuntimeClass_DeclarativeValidate_Create',
    [
      ['valid handler', handler('test')],
      ['empty handler', handler(''), 'handler: Required value'],
      ['handler with special characters', handler('asasdasda&^%'), 'handler: Invalid value'],
      ['handler with uppercase and special characters', handler('asasdasda&^%&^%$UUUUUUU'), 'handler: Invalid value'],
      [
        'handler exceeds length with invalid characters',
        handler('asasdasda&^%&^%$UUUUUUUaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbcccccccccccccccccccccccc'),
        'handler: Invalid value',
      ],
    ],
  ],
  update: [
    'TestRuntimeClass_DeclarativeValidate_Update',
    [
      ['no-op update', {}, {}],
      ['handler changed (immutable)', handler('runc'), handler('asadsasdas'), 'handler: Invalid value'],
    ],
  ],
};

const parameters = (change: JsonValue): JsonObject => ({ spec: { parameters: change } });
const ingressRule = (cidr: string): JsonObject => ({ spec: { ingress: [{ from: [{ ipBlock: { cidr } }] }] } });
const egressRule = (cidr: string): JsonObject => ({ spec: { egress: [{ to: [{ ipBlock: { cidr } }] }] } });
const parentRef = (change: JsonValue): JsonObject => ({ spec: { parentRef: change } });
const VALID = '192.168.1.0/24';
const NO_INGRESS_CIDR = 'spec.ingress[0].from[0].ipBlock.cidr: Required value';
const NO_EGRESS_CIDR = 'spec.egress[0].to[0].ipBlock.cidr: Required value';
const NETWORKING: readonly DeclarativeTable[] = [
  {
    strategy: ingressClassStrategy,
    folder: 'networking/ingressclass',
    valid: {
      spec: {
        controller: 'example.com/ingress-controller',
        parameters: { apiGroup: 'example.com', kind: 'IngressParameters', name: 'valid-params', scope: 'Cluster' },
      },
    },
    create: [
      'TestDeclarativeValidateParameter',
      [
        ['valid', {}],
        ['nil parameters', parameters(null)],
        ['missing parameter name', parameters({ name: '' }), 'spec.parameters.name: Required value'],
        ['missing parameter kind', parameters({ kind: '' }), 'spec.parameters.kind: Required value'],
      ],
    ],
    update: [
      'TestDeclarativeValidateUpdateParameters',
      [
        ['valid update', {}, {}],
        ['nil parameters update', {}, parameters(null)],
        [
          'update fails when parameters name is cleared',
          {},
          parameters({ name: '' }),
          'spec.parameters.name: Required value',
        ],
        [
          'update fails when parameters kind is cleared',
          {},
          parameters({ kind: '' }),
          'spec.parameters.kind: Required value',
        ],
      ],
    ],
  },
  {
    strategy: networkPolicyStrategy,
    folder: 'networking/networkpolicy',
    valid: { spec: { podSelector: {} } },
    create: [
      'TestDeclarativeValidateIPBlockCIDR',
      [
        ['valid ingress rule with CIDR', ingressRule(VALID)],
        ['valid egress rule with CIDR', egressRule(VALID)],
        ['ingress rule rejects empty CIDR in ipBlock', ingressRule(''), NO_INGRESS_CIDR],
        ['egress rule rejects empty CIDR in ipBlock', egressRule(''), NO_EGRESS_CIDR],
      ],
    ],
    update: [
      'TestDeclarativeValidateIPBlockCIDRUpdate',
      [
        ['valid update ingress rule with CIDR', ingressRule(VALID), ingressRule('10.0.0.0/8')],
        ['valid update egress rule with CIDR', egressRule(VALID), egressRule('10.0.0.0/8')],
        ['update ingress rule rejects empty CIDR in ipBlock', ingressRule(VALID), ingressRule(''), NO_INGRESS_CIDR],
        ['update egress rule rejects empty CIDR in ipBlock', egressRule(VALID), egressRule(''), NO_EGRESS_CIDR],
      ],
    ],
  },
  {
    strategy: ipAddressStrategy,
    folder: 'networking/ipaddress',
    valid: {
      metadata: { name: '192.168.1.1' },
      spec: { parentRef: { group: 'apps', resource: 'deployments', name: 'my-deployment' } },
    },
    create: [
      'TestDeclarativeValidateIPAddress',
      [
        ['valid', {}],
        ['missing parentRef', parentRef(null), 'spec.parentRef: Required value'],
        ['missing parentRef resource', parentRef({ resource: '' }), 'spec.parentRef.resource: Required value'],
        ['missing parentRef name', parentRef({ name: '' }), 'spec.parentRef.name: Required value'],
      ],
    ],
    update: [
      'TestDeclarativeValidateIPAddressUpdate',
      [
        ['valid update', {}, {}],
        ['immutable parentRef', {}, parentRef({ name: 'new-name' }), 'spec.parentRef: Invalid value'],
        ['set parentRef', parentRef(null), parentRef({ name: 'new-name' }), 'spec.parentRef: Invalid value'],
        ['unset parentRef', {}, parentRef(null), 'spec.parentRef: Required value', 'spec.parentRef: Invalid value'],
      ],
    ],
  },
];

const addresses = (count: number): JsonObject => ({
  endpoints: [{ addresses: Array.from({ length: count }, (_, index) => `10.0.0.${index % 255}`) }],
});
const SLICES: DeclarativeTable = {
  strategy: endpointSliceStrategy,
  folder: 'discovery/endpointslice',
  valid: { addressType: 'IPv4', endpoints: [{ addresses: ['10.1.2.1'] }] },
  create: [
    'TestDeclarativeValidate',
    [
      ['valid', {}],
      ['valid at limit endpoint addresses', addresses(100)],
      ['invalid missing endpoint addresses', { endpoints: [{}] }, 'endpoints[0].addresses: Required value'],
      ['invalid too many endpoint addresses', addresses(101), 'endpoints[0].addresses: Too many'],
      ['invalid missing addressType', { addressType: '' }, 'addressType: Required value'],
      ['invalid addressType not supported', { addressType: 'invalid' }, 'addressType: Unsupported value'],
    ],
  ],
  update: [
    'TestDeclarativeValidateUpdate',
    [
      ['valid update', {}, {}],
      ['valid update at limit endpoint addresses', {}, addresses(100)],
      ['invalid update missing addresses', {}, { endpoints: [{}] }, 'endpoints[0].addresses: Required value'],
      ['invalid update too many addresses', {}, addresses(101), 'endpoints[0].addresses: Too many'],
      ['invalid update addressType immutable', {}, { addressType: 'IPv6' }, 'addressType: Invalid value'],
    ],
  ],
};

const attacher = (text: string): JsonObject => ({ spec: { attacher: text } });
const provisioner = (text: string): JsonObject => ({ provisioner: text });
const [FIXED_PROVISIONER, FIXED_PARAMETERS] = ['provisioner: Invalid value', 'parameters: Invalid value'];
const [FIXED_RECLAIM, FIXED_BINDING] = ['reclaimPolicy: Invalid value', 'volumeBindingMode: Invalid value'];
const STORAGE: readonly DeclarativeTable[] = [
  {
    strategy: volumeAttachmentStrategy,
    folder: 'storage/volumeattachment',
    valid: { spec: { attacher: 'example.com', source: { persistentVolumeName: 'pv-001' }, nodeName: 'node-1' } },
    create: [
      'TestDeclarativeValidate',
      [
        ['valid', {}],
        ['attacher with upper characters', attacher('AAAAAAAA')],
        ['attacher with 63 characters', attacher('a'.repeat(63))],
        ['invalid attacher (required)', attacher(''), 'spec.attacher: Required value'],
        ['attacher with special characters', attacher('asdadasd&@!'), 'spec.attacher: Invalid value'],
        ['attacher with number of characters exceeds 63', attacher('a'.repeat(64)), 'spec.attacher: Too long'],
      ],
    ],
    update: [
      'TestDeclarativeValidateUpdate',
      [
        ['valid update', {}, {}],
        ['immutable spec.attacher', {}, attacher('different.com'), 'spec: Invalid value'],
      ],
    ],
  },
  {
    strategy: storageClassStrategy,
    folder: 'storage/storageclass',
    valid: { provisioner: 'kubernetes.io/gce-pd', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
    create: [
      'TestDeclarativeValidate',
      [
        ['valid', {}],
        ['invalid provisioner', provisioner(''), 'provisioner: Required value'],
      ],
    ],
    update: [
      'TestDeclarativeValidateUpdate',
      [
        ['valid update', {}, {}],
        ['invalid update provisioner changed', {}, provisioner('kubernetes.io/aws-ebs'), FIXED_PROVISIONER],
        ['invalid update provisioner unset to set', provisioner(''), {}, FIXED_PROVISIONER],
        [
          'invalid update provisioner set to unset',
          {},
          provisioner(''),
          FIXED_PROVISIONER,
          'provisioner: Required value',
        ],
        ['invalid update parameters changed', {}, { parameters: { new: 'value' } }, FIXED_PARAMETERS],
        ['invalid update parameters unset to set', {}, { parameters: { foo: 'bar' } }, FIXED_PARAMETERS],
        ['invalid update parameters set to unset', { parameters: { foo: 'bar' } }, {}, FIXED_PARAMETERS],
        ['invalid update reclaimPolicy changed', {}, { reclaimPolicy: 'Retain' }, FIXED_RECLAIM],
        ['invalid update reclaimPolicy unset to set', { reclaimPolicy: null }, {}, FIXED_RECLAIM],
        ['invalid update reclaimPolicy set to unset', {}, { reclaimPolicy: null }, FIXED_RECLAIM],
        ['invalid update volumeBindingMode changed', {}, { volumeBindingMode: 'WaitForFirstConsumer' }, FIXED_BINDING],
        ['invalid update volumeBindingMode unset to set', { volumeBindingMode: null }, {}, FIXED_BINDING],
        [
          'invalid update volumeBindingMode set to unset',
          {},
          { volumeBindingMode: null },
          'volumeBindingMode: Required value',
          FIXED_BINDING,
        ],
      ],
    ],
  },
];

const verbs = (given: JsonValue): JsonObject => ({
  rules: [{ apiGroups: [''], resources: ['pods'], ...(given === null ? {} : { verbs: given }) }],
});
const NO_VERBS = 'rules[0].verbs: Required value';
const role = (strategy: KindStrategy): DeclarativeTable => ({
  strategy,
  folder: `rbac/${strategy.kind.toLowerCase()}`,
  valid: verbs(['get', 'list']),
  create: [
    'TestDeclarativeValidateForDeclarative',
    [
      ['valid', {}],
      [`invalid ${strategy.kind} missing verbs`, verbs(null), NO_VERBS],
      [`invalid ${strategy.kind} empty verbs`, verbs([]), NO_VERBS],
    ],
  ],
  update: [
    'TestValidateUpdateForDeclarative',
    [
      ['valid update', {}, {}],
      ['invalid update clearing verbs', {}, verbs([]), NO_VERBS],
    ],
  ],
});
const apiGroup = 'rbac.authorization.k8s.io';
const ACCESS: readonly DeclarativeTable[] = [
  role(roleStrategy),
  role(clusterRoleStrategy),
  {
    strategy: roleBindingStrategy,
    folder: 'rbac/rolebinding',
    valid: {
      roleRef: { apiGroup, kind: 'Role', name: 'admin' },
      subjects: [{ kind: 'User', apiGroup, name: 'user1' }],
    },
    create: [
      'TestDeclarativeValidateForDeclarative',
      [
        ['missing roleRef.name', { roleRef: { kind: 'ClusterRole', name: null } }, 'roleRef.name: Required value'],
        ['missing subject.name', { subjects: [{ kind: 'User', apiGroup }] }, 'subjects[0].name: Required value'],
        ['valid binding', {}],
      ],
    ],
  },
];

const podSpec = (restartPolicy: string): JsonObject => ({
  restartPolicy,
  dnsPolicy: 'ClusterFirst',
  terminationGracePeriodSeconds: 30,
  containers: [
    {
      name: 'ctr',
      image: 'image',
      imagePullPolicy: 'IfNotPresent',
      terminationMessagePolicy: 'File',
    },
  ],
});
const name = (text: string): JsonObject => ({ metadata: { name: text } });
const spec = (change: JsonObject): JsonObject => ({ spec: change });
const generateName = (text: string): JsonObject => ({ metadata: { generateName: text } });
const NO_NAME = 'metadata.name: Required value';
const BAD_NAME = 'metadata.name: Invalid value';
const maxReplicas = (count: number): JsonObject => spec({ maxReplicas: count });
const TO_ZERO = spec({
  minReplicas: 0,
  metrics: [
    {
      type: 'Object',
      object: {
        metric: { name: 'requests-per-second' },
        target: { type: 'Value', value: '10k' },
        describedObject: { kind: 'Ingress', name: 'main-route', apiVersion: 'networking.k8s.io/v1' },
      },
    },
  ],
});
const MIN_OF_ONE = spec({ ...(valueAt(TO_ZERO, 'spec') as JsonObject), minReplicas: 1 });
const NO_MAXIMUM = 'spec.maxReplicas: Required value';
const WORKLOADS: readonly DeclarativeTable[] = [
  {
    strategy: cronJobStrategy,
    folder: 'batch/cronjob',
    valid: spec({
      schedule: '5 5 * * ?',
      concurrencyPolicy: 'Allow',
      timeZone: 'Asia/Shanghai',
      jobTemplate: {
        spec: { template: { spec: podSpec('OnFailure') }, completionMode: 'Indexed', completions: 10, parallelism: 10 },
      },
    }),
    create: [
      'TestDeclarativeValidateForDeclarative',
      [
        ['valid', {}],
        ['schedule: empty', spec({ schedule: '' }), 'spec.schedule: Required value'],
      ],
    ],
    update: [
      'TestValidateUpdateForDeclarative',
      [
        ['valid (no changes)', {}, {}],
        ['schedule: updated to empty', {}, spec({ schedule: '' }), 'spec.schedule: Required value'],
      ],
    ],
  },
  {
    strategy: horizontalPodAutoscalerStrategy,
    folder: 'autoscaling/horizontalpodautoscaler',
    valid: spec({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'test-deployment' },
      maxReplicas: 10,
    }),
    create: [
      'TestDeclarativeValidate',
      [
        ['valid: minReplicas = 5', spec({ minReplicas: 5 })],
        ['valid: minReplicas not set (nil)', {}],
        ['invalid: maxReplicas = 0 (required)', maxReplicas(0), NO_MAXIMUM],
        ['invalid: maxReplicas negative', maxReplicas(-1), 'spec.maxReplicas: Invalid value'],
        ['invalid: minReplicas = 0 (gate disabled)', TO_ZERO, 'spec.minReplicas: Invalid value'],
      ],
    ],
    update: [
      'TestDeclarativeValidateUpdate',
      [
        ['valid update', {}, maxReplicas(20)],
        ['valid update: change minReplicas', spec({ minReplicas: 1 }), spec({ minReplicas: 5 })],
        ['invalid update: maxReplicas = 0 (required)', {}, maxReplicas(0), NO_MAXIMUM],
        ['invalid update: maxReplicas negative', {}, maxReplicas(-1), 'spec.maxReplicas: Invalid value'],
        ['invalid update: minReplicas 1 -> 0 (gate disabled)', MIN_OF_ONE, TO_ZERO, 'spec.minReplicas: Invalid value'],
        [
          'valid update: ratcheting minReplicas=0 when gate disabled',
          TO_ZERO,
          spec({ ...(valueAt(TO_ZERO, 'spec') as JsonObject), maxReplicas: 20 }),
        ],
      ],
    ],
  },
  {
    strategy: replicationControllerStrategy,
    folder: 'core/replicationcontroller',
    valid: {
      metadata: { name: 'abc', namespace: 'default' },
      spec: {
        replicas: 1,
        selector: { a: 'b' },
        template: { metadata: { labels: { a: 'b' } }, spec: podSpec('Always') },
      },
    },
    create: [
      'TestDeclarativeValidateForDeclarative',
      [
        ['empty resource', {}],
        ['name: empty', name(''), NO_NAME],
        ['name: label format', name('this-is-a-label')],
        ['name: subdomain format', name('this.is.a.subdomain')],
        ['name: invalid label format', name('-this-is-not-a-label'), BAD_NAME],
        ['name: invalid subdomain format', name('.this.is.not.a.subdomain'), BAD_NAME],
        ['name: label format with trailing dash', name('this-is-a-label-'), BAD_NAME],
        ['name: subdomain format with trailing dash', name('this.is.a.subdomain-'), BAD_NAME],
        ['name: long label format', name('x'.repeat(253))],
        ['name: long subdomain format', name(`${'x.'.repeat(126)}x`)],
        ['name: too long label format', name('x'.repeat(254)), BAD_NAME],
        ['name: too long subdomain format', name(`${'x.'.repeat(126)}xx`), BAD_NAME],
        ['generateName: label format', generateName('this-is-a-label')],
        ['generateName: subdomain format', generateName('this.is.a.subdomain')],
        ['generateName: invalid format', generateName('Obviously not a valid generateName!!')],
        ['generateName: too long', generateName('x'.repeat(4096))],
        ['replicas: nil', spec({ replicas: null }), 'spec.replicas: Required value'],
        ['replicas: 0', spec({ replicas: 0 })],
        ['replicas: positive', spec({ replicas: 100 })],
        ['replicas: negative', spec({ replicas: -1 }), 'spec.replicas: Invalid value'],
        ['minReadySeconds: 0', spec({ minReadySeconds: 0 })],
        ['minReadySeconds: positive', spec({ minReadySeconds: 100 })],
        ['minReadySeconds: negative', spec({ minReadySeconds: -1 }), 'spec.minReadySeconds: Invalid value'],
      ],
    ],
    update: [
      'TestValidateUpdateForDeclarative',
      [
        ['no change', {}, {}],
        ['name: changed', {}, name('abcx'), BAD_NAME],
        ['generateName: changed', {}, generateName('x')],
        ['replicas: nil', {}, spec({ replicas: null }), 'spec.replicas: Required value'],
        ['replicas: 0', {}, spec({ replicas: 0 })],
        ['replicas: positive', {}, spec({ replicas: 100 })],
        ['replicas: negative', {}, spec({ replicas: -1 }), 'spec.replicas: Invalid value'],
        ['minReadySeconds: 0', {}, spec({ minReadySeconds: 0 })],
        ['minReadySeconds: positive', {}, spec({ minReadySeconds: 3 })],
        ['minReadySeconds: negative', {}, spec({ minReadySeconds: -1 }), 'spec.minReadySeconds: Invalid value'],
      ],
    ],
  },
];

const QUEUING = { queues: 64, handSize: 8, queueLengthLimit: 50 };
const response = (limitResponse: JsonObject): JsonObject => spec({ limited: { limitResponse } });
const EXEMPT = { ...name('exempt'), ...spec({ type: 'Exempt', limited: null }) };
const QUEUE = response({ type: 'Queue', queuing: QUEUING });
const NO_QUEUING = 'spec.limited.limitResponse.queuing: Required value';
const FORBIDDEN_QUEUING = 'spec.limited.limitResponse.queuing: Forbidden';
const LEVELS: DeclarativeTable = {
  strategy: priorityLevelConfigurationStrategy,
  folder: 'flowcontrol/prioritylevelconfiguration',
  valid: {
    metadata: { name: 'test-limited' },
    spec: { type: 'Limited', limited: { nominalConcurrencyShares: 100, limitResponse: { type: 'Reject' } } },
  },
  create: [
    'TestDeclarativeValidate',
    [
      ['valid: Limited allows Reject without queuing', {}],
      ['valid: Queue requires queuing', QUEUE],
      ['spec.type: Limited with limited=nil', spec({ limited: null }), 'spec.limited: Required value'],
      [
        'spec.type: Exempt with limited set',
        {
          ...name('exempt'),
          ...spec({
            type: 'Exempt',
            limited: { nominalConcurrencyShares: 100, limitResponse: { type: 'Reject' } },
          }),
        },
        'spec: Invalid value',
        'spec.limited: Forbidden',
      ],
      ['spec.type: Limited with exempt set', spec({ exempt: {} }), 'spec.exempt: Forbidden'],
      ['limitResponse.type: Queue with queuing=nil', response({ type: 'Queue' }), NO_QUEUING],
      ['limitResponse.type: Reject with queuing set', response({ queuing: QUEUING }), FORBIDDEN_QUEUING],
      ['valid: Exempt without exempt config', EXEMPT],
      [
        'valid: Exempt with exempt config',
        { ...EXEMPT, ...spec({ type: 'Exempt', limited: null, exempt: { nominalConcurrencyShares: 100 } }) },
      ],
    ],
  ],
  update: [
    'TestDeclarativeValidateUpdate',
    [
      ['valid update (no changes)', {}, {}],
      ['valid update: Reject to Queue', {}, QUEUE],
      ['update: limited set to nil', {}, spec({ limited: null }), 'spec.limited: Required value'],
      ['update: add exempt field to Limited PLC', {}, spec({ exempt: {} }), 'spec.exempt: Forbidden'],
      ['update: Queue with queuing set to nil', QUEUE, response({ type: 'Queue' }), NO_QUEUING],
      ['update: Reject with queuing added', {}, response({ queuing: QUEUING }), FORBIDDEN_QUEUING],
    ],
  ],
};

const BINDINGS: DeclarativeTable = {
  strategy: validatingAdmissionPolicyBindingStrategy,
  folder: 'admissionregistration/validatingadmissionpolicybinding',
  valid: spec({ policyName: 'test-policy', validationActions: ['Deny'] }),
  create: [
    'TestDeclarativeValidate',
    [
      ['valid', {}],
      ['spec.policyName is required', spec({ policyName: '' }), 'spec.policyName: Required value'],
      ['spec.validationActions is required', spec({ validationActions: [] }), 'spec.validationActions: Required value'],
    ],
  ],
  update: [
    'TestDeclarativeValidateUpdate',
    [
      ['valid update', {}, {}],
      ['update with empty spec.policyName', {}, spec({ policyName: '' }), 'spec.policyName: Required value'],
      [
        'update with empty spec.validationActions',
        {},
        spec({ validationActions: [] }),
        'spec.validationActions: Required value',
      ],
    ],
  ],
};

const selectors = (count: number): JsonObject =>
  spec({
    selectors: Array.from({ length: count }, (_, index) => ({
      cel: { expression: `device.driver == "test.driver.io${index}"` },
    })),
  });
const config = (count: number): JsonObject =>
  spec({
    config: Array.from({ length: count }, (_, index) => ({
      opaque: { driver: 'test.driver.io', parameters: { key: `value${index}` } },
    })),
  });
const extended = (text: string): JsonObject => spec({ extendedResourceName: text });
const WRONG_EXTENDED = [
  ['', 'invalid_name'],
  [', no slash', 'noslash'],
  [', kubernetes.io domain', 'kubernetes.io/foo'],
  [', requests. prefix', 'requests.example.com/foo'],
  [', too long', `example.com/${'a'.repeat(64)}`],
] as const;
const BAD_EXTENDED = 'spec.extendedResourceName: Invalid value';
const [MANY_SELECTORS, MANY_CONFIGS] = ['spec.selectors: Too many', 'spec.config: Too many'];
const DEVICES: DeclarativeTable = {
  strategy: deviceClassStrategy,
  folder: 'resource/deviceclass',
  valid: {
    metadata: { name: 'test-class' },
    spec: {
      extendedResourceName: 'example.com/my-resource',
      selectors: [{ cel: { expression: 'device.driver == "test.driver.io"' } }],
      config: [{ opaque: { driver: 'test.driver.io', parameters: { key: 'value' } } }],
    },
  },
  create: [
    'TestDeclarativeValidate',
    [
      ['valid', {}],
      ['name: empty', name(''), NO_NAME],
      ['name: valid', name('example.com')],
      ['name: invalid (uppercase)', name('Invalid-Name'), BAD_NAME],
      ['name: invalid (start with dash)', name('-invalid'), BAD_NAME],
      ['name: max length', name('a'.repeat(253))],
      ['name: too long', name('a'.repeat(254)), BAD_NAME],
      ['valid: at limit selectors', selectors(32)],
      ['too many selectors', selectors(33), MANY_SELECTORS],
      ['too many configs', config(33), MANY_CONFIGS],
      ['valid: at limit configs', config(32)],
      ['valid extended resource name', extended('example.com/my-resource')],
      ...WRONG_EXTENDED.map(([why, text]): DeclarativeCreate => [
        `invalid extended resource name${why}`,
        extended(text),
        BAD_EXTENDED,
      ]),
    ],
  ],
  update: [
    'TestDeclarativeValidateUpdate',
    [
      ['valid no changes', {}, {}],
      ['name: changed', {}, name('test-classx'), BAD_NAME],
      ['valid update: at limit selectors', {}, selectors(32)],
      ['update with too many selectors', {}, selectors(33), MANY_SELECTORS],
      ['valid update: at limit configs', {}, config(32)],
      ['update with too many configs', {}, config(33), MANY_CONFIGS],
      ['valid extended resource name update', {}, extended('example.com/my-resource')],
      ...WRONG_EXTENDED.map(([why, text]): DeclarativeUpdate => [
        `invalid extended resource name update${why}`,
        {},
        extended(text),
        BAD_EXTENDED,
      ]),
    ],
  ],
};

const GATE = 'the gate HPAScaleToZero is off by default in 1.36';
upstreamLeftOut(declarativeSource('autoscaling/horizontalpodautoscaler'), {
  'TestDeclarativeValidate/valid: minReplicas = 0 (gate enabled)': GATE,
  'TestDeclarativeValidateUpdate/valid update: minReplicas 1 -> 0 (gate enabled)': GATE,
});
upstreamLeftOut(declarativeSource('core/replicationcontroller'), {
  'TestDeclarativeValidateForDeclarative/generateName: valid with empty name':
    'the server makes the name before it validates',
});

for (const [folder, version, count] of [
  ['scheduling/podgroup', 'scheduling.k8s.io/v1alpha2', 89],
  ['scheduling/workload', 'scheduling.k8s.io/v1alpha2', 92],
  ['resource/resourcepoolstatusrequest', 'resource.k8s.io/v1alpha3', 29],
] as const)
  upstreamLeftOut(declarativeSource(folder), {
    'every case': { count, reason: `${version} is off by default in 1.36, and no other version has the kind` },
  });

judgeTables([NODES, ...NETWORKING, SLICES, ...STORAGE, ...ACCESS, ...WORKLOADS, LEVELS, BINDINGS, DEVICES]);
