import { expect } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import type { UpstreamSource } from '../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../base/testing/upstream-table.ts';
import { csiDriverStrategy } from './csidriver/csidriver.strategy.ts';
import { csiStorageCapacityStrategy } from './csistoragecapacity/csistoragecapacity.strategy.ts';
import { cronJobStrategy } from './cronjob/cronjob.strategy.ts';
import { jobStrategy } from './job/job.strategy.ts';
import { endpointSliceStrategy } from './endpointslice/endpointslice.strategy.ts';
import { networkPolicyStrategy } from './networkpolicy/networkpolicy.strategy.ts';
import { nodeStrategy } from './node/node.strategy.ts';
import { statefulSetStrategy } from './statefulset/statefulset.strategy.ts';
import { persistentVolumeStrategy } from './persistentvolume/persistentvolume.strategy.ts';
import { persistentVolumeClaimStrategy } from './persistentvolumeclaim/persistentvolumeclaim.strategy.ts';
import { resourceQuotaStrategy } from './resourcequota/resourcequota.strategy.ts';
import { runtimeClassStrategy } from './runtimeclass/runtimeclass.strategy.ts';
import { serviceStrategy } from './service/service.strategy.ts';
import { serviceAccountStrategy } from './serviceaccount/serviceaccount.strategy.ts';
import { storageClassStrategy } from './storageclass/storageclass.strategy.ts';
import type { KindStrategy } from './strategy.ts';

/** A row: the object, the one before where it is an update, and the warnings, or how many there are. */
interface Row {
  readonly strategy: KindStrategy;
  readonly source: UpstreamSource;
  readonly test: string;
  readonly name: string;
  readonly object: JsonObject;
  readonly old?: JsonObject;
  readonly warnings: readonly string[] | number;
}

type Given = readonly [name: string, object: JsonObject, warnings: readonly string[] | number, old?: JsonObject];

const table = (strategy: KindStrategy, file: string, test: string, rows: readonly Given[]): readonly Row[] =>
  rows.map(([name, object, warnings, old]) => ({
    strategy,
    source: upstreamSource('defaults and warnings', `${file}, 1.36.2`),
    test,
    name,
    object,
    warnings,
    ...(old === undefined ? {} : { old }),
  }));

const annotations = (pairs: JsonObject): JsonObject => ({ metadata: { annotations: pairs } });
const service = (spec: JsonObject): JsonObject => ({ spec: { type: 'ClusterIP', ...spec } });
const headless = (spec: JsonObject): JsonObject => service({ clusterIP: 'None', sessionAffinity: 'None', ...spec });
const [IP4, IP6, SLOPPY4, SLOPPY6] = ['192.12.2.2', '2001:db8::2', '192.012.2.2', '2001:db8:0:0::2'];
const addresses = (...clusterIPs: readonly string[]): JsonObject =>
  service({ clusterIP: clusterIPs[0] ?? '', clusterIPs });
const zeros = (index: number): string =>
  `spec.clusterIPs[${index}]: non-standard IP address "192.012.2.2" is invalid: use "192.12.2.2"`;
const form = (index: number): string =>
  `spec.clusterIPs[${index}]: IPv6 address "2001:db8:0:0::2" should be in RFC 5952 canonical format ("2001:db8::2")`;

const SERVICE = 'pkg/api/service/warnings_test.go';
const SERVICES = [
  ...table(serviceStrategy, SERVICE, 'TestGetWarningsForService', [
    ['new topology mode set', annotations({ 'service.kubernetes.io/topology-mode': 'foo' }), 0],
    ['deprecated hints annotation set', annotations({ 'service.kubernetes.io/topology-aware-hints': 'foo' }), 1],
    ['externalIPs set when type is ExternalName', service({ type: 'ExternalName', externalIPs: ['1.2.3.4'] }), 1],
    ['externalName set when type is not ExternalName', service({ externalName: 'example.com' }), 1],
    ['LoadBalancerIP set when headless service', headless({ loadBalancerIP: '1.2.3.4' }), 1],
    ['ExternalIPs set when headless service', headless({ externalIPs: ['1.2.3.4'] }), 1],
    ['SessionAffinity Client IP set when headless service', headless({ sessionAffinity: 'ClientIP' }), 1],
    ['SessionAffinity None set when headless service', headless({}), 0],
    [
      'ExternalIPs, LoadBalancerIP and SessionAffinity set when headless service',
      headless({ externalIPs: ['1.2.3.4'], loadBalancerIP: '1.2.3.4', sessionAffinity: 'ClientIP' }),
      3,
    ],
    ['trafficDistribution: PreferSameZone', service({ trafficDistribution: 'PreferSameZone' }), 0],
    ['trafficDistribution: PreferClose', service({ trafficDistribution: 'PreferClose' }), 1],
    ['ExternalIPs set on ClusterIP service', { spec: { externalIPs: ['1.2.3.4'] } }, 1],
  ]),
  ...table(serviceStrategy, SERVICE, 'TestGetWarningsForServiceClusterIPs', [
    ['IPv4 No failures', addresses(IP4), []],
    ['IPv6 No failures', addresses(IP6), []],
    ['IPv4 with leading zeros', addresses(SLOPPY4), [zeros(0)]],
    ['Dual Stack IPv4-IPv6 and IPv4 with leading zeros', addresses(SLOPPY4, IP6), [zeros(0)]],
    ['Dual Stack IPv6-IPv4 and IPv4 with leading zeros', addresses(IP6, SLOPPY4), [zeros(1)]],
    ['IPv6 non canonical format', addresses(SLOPPY6), [form(0)]],
    ['Dual Stack IPv4-IPv6 and IPv6 non-canonical format', addresses(IP4, SLOPPY6), [form(1)]],
    ['Dual Stack IPv6-IPv4 and IPv6 non-canonical formats', addresses(SLOPPY6, IP4), [form(0)]],
    [
      'Dual Stack IPv4-IPv6 and IPv4 with leading zeros and IPv6 non-canonical format',
      addresses(SLOPPY4, SLOPPY6),
      [zeros(0), form(1)],
    ],
    [
      'Dual Stack IPv6-IPv4 and IPv4 with leading zeros and IPv6 non-canonical format',
      addresses(SLOPPY6, SLOPPY4),
      [form(0), zeros(1)],
    ],
    [
      'Service with all IPs fields with errors',
      service({
        clusterIP: SLOPPY6,
        clusterIPs: [SLOPPY6, SLOPPY4],
        externalIPs: ['2001:db8:1:0::2', '10.012.2.2'],
        loadBalancerIP: '10.001.1.1',
        loadBalancerSourceRanges: ['2001:db8:1:0::/64', '10.012.2.0/24'],
      }),
      [
        form(0),
        zeros(1),
        'spec.externalIPs[0]: IPv6 address "2001:db8:1:0::2" should be in RFC 5952 canonical format ("2001:db8:1::2")',
        'spec.externalIPs[1]: non-standard IP address "10.012.2.2" is invalid: use "10.12.2.2"',
        'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
        'spec.loadBalancerIP: non-standard IP address "10.001.1.1" is invalid: use "10.1.1.1"',
        'spec.loadBalancerSourceRanges[0]: IPv6 CIDR value "2001:db8:1:0::/64" should be in RFC 5952 canonical format ("2001:db8:1::/64")',
        'spec.loadBalancerSourceRanges[1]: non-standard CIDR value "10.012.2.0/24" is invalid: use "10.12.2.0/24"',
      ],
    ],
  ]),
];

const CLASS = 'volume.beta.kubernetes.io/storage-class';
const OLD_CLASS = `metadata.annotations[${CLASS}]: deprecated since v1.8; use "storageClassName" attribute instead`;
const source = (name: string, words: string, key = name): Given => [
  `PV ${key} deprecation warning`,
  { spec: { [name]: {} } },
  [`spec.${name}: ${words}`],
];
const requests = (storage: string, limit?: string): JsonObject => ({
  spec: { resources: { requests: { storage }, ...(limit === undefined ? {} : { limits: { storage: limit } }) } },
});

const STORAGE = [
  ...table(persistentVolumeStrategy, 'pkg/api/persistentvolume/util_test.go', 'TestWarnings', [
    ['no warning', { metadata: { name: 'foo' }, status: { phase: 'Bound' } }, []],
    [
      'warning',
      {
        ...annotations({ [CLASS]: '', 'volume.beta.kubernetes.io/mount-options': '' }),
        spec: {
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'beta.kubernetes.io/os', operator: 'Equal', values: ['windows'] }] },
              ],
            },
          },
        },
      },
      [
        OLD_CLASS,
        'metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; use "mountOptions" attribute instead',
        'spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].key: beta.kubernetes.io/os is deprecated since v1.14; use "kubernetes.io/os" instead',
      ],
    ],
    [
      'PersistentVolumeReclaimRecycle deprecation warning',
      { spec: { persistentVolumeReclaimPolicy: 'Recycle' } },
      [
        'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
      ],
    ],
    source('cephfs', 'deprecated in v1.28, non-functional in v1.31+', 'CephFS'),
    source('photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+', 'PhotonPersistentDisk'),
    source('rbd', 'deprecated in v1.28, non-functional in v1.31+', 'RBD'),
    source('scaleIO', 'deprecated in v1.16, non-functional in v1.22+', 'ScaleIO'),
    [
      'PV StorageOS deprecation warning',
      { spec: { storageos: {} } },
      ['spec.storageOS: deprecated in v1.22, non-functional in v1.25+'],
    ],
    source('glusterfs', 'deprecated in v1.25, non-functional in v1.26+', 'GlusterFS'),
  ]),
  ...table(persistentVolumeClaimStrategy, 'pkg/api/persistentvolumeclaim/util_test.go', 'TestWarnings', [
    ['200Mi requests no warning', requests('200Mi', '200Mi'), []],
    [
      '200m warning',
      requests('200m', '100m'),
      [
        'spec.resources.requests[storage]: fractional byte value "200m" is invalid, must be an integer',
        'spec.resources.limits[storage]: fractional byte value "100m" is invalid, must be an integer',
      ],
    ],
    ['integer no warning', requests('200'), []],
    ['storageclass annotations warning', annotations({ [CLASS]: '' }), [OLD_CLASS]],
  ]),
  ...table(storageClassStrategy, 'pkg/api/storage/util_test.go', 'TestStorageClassWarnings', [
    ['no warning', { metadata: { name: 'foo' } }, []],
    [
      'warning',
      {
        allowedTopologies: [
          {
            matchLabelExpressions: [
              { key: 'beta.kubernetes.io/arch', values: ['amd64'] },
              { key: 'beta.kubernetes.io/os', values: ['linux'] },
            ],
          },
        ],
      },
      [
        'allowedTopologies[0].matchLabelExpressions[0].key: deprecated since v1.14; use "kubernetes.io/arch" instead',
        'allowedTopologies[0].matchLabelExpressions[1].key: deprecated since v1.14; use "kubernetes.io/os" instead',
      ],
    ],
  ]),
  ...table(csiStorageCapacityStrategy, 'pkg/api/storage/util_test.go', 'TestCSIStorageCapacityWarnings', [
    ['no warning', { metadata: { name: 'foo' } }, []],
    [
      'MatchLabels warning',
      { nodeTopology: { matchLabels: { 'beta.kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux' } } },
      [
        'nodeTopology.matchLabels.beta.kubernetes.io/arch: deprecated since v1.14; use "kubernetes.io/arch" instead',
        'nodeTopology.matchLabels.beta.kubernetes.io/os: deprecated since v1.14; use "kubernetes.io/os" instead',
      ],
    ],
    [
      'MatchExpressions warning',
      {
        nodeTopology: {
          matchExpressions: [
            { key: 'beta.kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: 'beta.kubernetes.io/os', operator: 'In', values: ['linux'] },
          ],
        },
      },
      [
        'nodeTopology.matchExpressions[0].key: beta.kubernetes.io/arch is deprecated since v1.14; use "kubernetes.io/arch" instead',
        'nodeTopology.matchExpressions[1].key: beta.kubernetes.io/os is deprecated since v1.14; use "kubernetes.io/os" instead',
      ],
    ],
  ]),
];

const UNSET =
  'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes';
const driver = (audience?: string, inSecrets?: boolean, more: JsonObject = {}): JsonObject => ({
  spec: {
    ...(audience === undefined ? {} : { tokenRequests: [{ audience }] }),
    ...(inSecrets === undefined ? {} : { serviceAccountTokenInSecrets: inSecrets }),
    ...more,
  },
});
const on = 'feature enabled';
const DRIVER = 'pkg/registry/storage/csidriver/strategy_test.go';
const unchanged = 'no warnings when tokenRequests unchanged';
const adding = 'adding tokenRequests with serviceAccountTokenInSecrets';

const DRIVERS = [
  ...table(csiDriverStrategy, DRIVER, 'TestWarningsOnCreate', [
    [`no warnings, serviceAccountTokenInSecrets=true, ${on}`, driver('aud', true), []],
    [`no warning for serviceAccountTokenInSecrets=false, ${on}`, driver('aud', false), []],
    [`warning for missing serviceAccountTokenInSecrets, ${on}`, driver('aud'), [UNSET]],
    [`no warning when no TokenRequests, ${on}`, driver(), []],
  ]),
  ...table(csiDriverStrategy, DRIVER, 'TestWarningsOnUpdate', [
    [`${unchanged} and serviceAccountTokenInSecrets=true, ${on}`, driver('aud', true), [], driver('aud', true)],
    [`${unchanged} even if serviceAccountTokenInSecrets=false, ${on}`, driver('aud', false), [], driver('aud', false)],
    [`${unchanged} even if serviceAccountTokenInSecrets=nil, ${on}`, driver('aud'), [], driver('aud')],
    [`warning when ${adding}=nil, ${on}`, driver('aud'), [UNSET], driver()],
    [`no warning when ${adding}=false, ${on}`, driver('aud', false), [], driver()],
    [`no warning when ${adding}=true, ${on}`, driver('aud', true), [], driver()],
    [
      `warning when changing tokenRequests audience with serviceAccountTokenInSecrets=nil, ${on}`,
      driver('new-aud'),
      [UNSET],
      driver('old-aud'),
    ],
    [`no warning when removing tokenRequests, ${on}`, driver(), [], driver('aud')],
    [
      `no warning when updating unrelated field, ${on}`,
      driver('aud', undefined, { podInfoOnMount: true }),
      [],
      driver('aud', undefined, { podInfoOnMount: false }),
    ],
  ]),
];
const FEATURE_OFF = 'the gate CSIServiceAccountTokenSecrets is off, which it is not in 1.36';

const MOUNTABLE = { 'kubernetes.io/enforce-mountable-secrets': 'true' };
const ISOLATE =
  'metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets';
const hard = (list: JsonObject): JsonObject => ({ spec: { hard: list } });
const amounts = (cpu: string, memory: string): JsonObject =>
  hard({
    'requests.cpu': cpu,
    'limits.cpu': '1',
    'requests.memory': memory,
    'limits.memory': '2Gi',
    'requests.storage': memory,
    'limits.storage': '2Gi',
    'requests.ephemeral-storage': memory,
    'limits.ephemeral-storage': '2Gi',
  });

const template = {
  metadata: { labels: { foo: 'bar' } },
  spec: { restartPolicy: 'OnFailure', dnsPolicy: 'ClusterFirst', containers: [{ name: 'abc', image: 'image' }] },
};
const job = (
  completionMode: string,
  count: readonly [completions?: number, parallelism?: number] = [],
  pod: JsonObject = template,
) => ({
  spec: {
    completionMode,
    template: pod,
    ...(count[0] === undefined ? {} : { completions: count[0], parallelism: count[1] ?? 1 }),
  },
});
const cronJob = (name: string): JsonObject => ({
  metadata: { name, namespace: 'default', resourceVersion: '9' },
  spec: { schedule: '5 5 * * ?', jobTemplate: { spec: { template } } },
});

const OTHERS = [
  ...table(resourceQuotaStrategy, 'pkg/registry/core/resourcequota/strategy_test.go', 'Test_WarningsOnCreate', [
    ['Empty Hard Spec', {}, []],
    ['Request less than limit', amounts('500m', '1Gi'), []],
    [
      'Request greater than limit',
      amounts('2', '3Gi'),
      [
        'ResourceQuota requests.cpu (2) should be less than limits.cpu (1)',
        'ResourceQuota requests.memory (3Gi) should be less than limits.memory (2Gi)',
        'ResourceQuota requests.storage (3Gi) should be less than limits.storage (2Gi)',
        'ResourceQuota requests.ephemeral-storage (3Gi) should be less than limits.ephemeral-storage (2Gi)',
      ],
    ],
    [
      'Request greater than limit, bare names',
      hard({ cpu: '2', 'limits.cpu': '1', memory: '3Gi', 'limits.memory': '2Gi' }),
      [
        'ResourceQuota cpu (2) should be less than limits.cpu (1)',
        'ResourceQuota memory (3Gi) should be less than limits.memory (2Gi)',
      ],
    ],
  ]),
  ...table(serviceAccountStrategy, 'pkg/registry/core/serviceaccount/strategy_test.go', 'TestWarningsOnCreate', [
    ['without the annotation', {}, []],
    ['with it', annotations(MOUNTABLE), [ISOLATE]],
  ]),
  ...table(serviceAccountStrategy, 'pkg/registry/core/serviceaccount/strategy_test.go', 'TestWarningsOnUpdate', [
    ['without the annotation', {}, [], {}],
    ['where it comes', annotations(MOUNTABLE), [ISOLATE], {}],
    ['where it was', annotations(MOUNTABLE), [], annotations(MOUNTABLE)],
  ]),
  ...table(jobStrategy, 'pkg/api/job/warnings_test.go', 'TestWarningsForJobSpec', [
    ['valid NonIndexed', job('NonIndexed'), 0],
    ['NondIndexed with high completions and parallelism', job('NonIndexed', [1_000_000_000, 1_000_000_000]), 0],
    ['invalid PodTemplate', job('NonIndexed', [], { spec: { imagePullSecrets: [{ name: '' }] } }), 1],
    ['valid Indexed low completions low parallelism', job('Indexed', [10_000, 10_000]), 0],
    ['valid Indexed high completions low parallelism', job('Indexed', [1_000_000_000, 10_000]), 0],
    ['valid Indexed medium completions medium parallelism', job('Indexed', [100_000, 100_000]), 0],
    ['invalid Indexed high completions high parallelism', job('Indexed', [100_001, 10_001]), 1],
  ]),
  ...table(cronJobStrategy, 'pkg/registry/batch/cronjob/strategy_test.go', 'TestCronJobStrategy_WarningsOnCreate', [
    ['happy path cronjob', cronJob('mycronjob'), 0],
    ['dns invalid name', cronJob('my cronjob'), 1],
  ]),
  ...table(runtimeClassStrategy, 'pkg/api/node/util_test.go', 'TestWarnings', [
    ['no warning', { metadata: { name: 'foo' }, handler: 'h' }, []],
    [
      'warning',
      { scheduling: { nodeSelector: { 'beta.kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux' } } },
      [
        'scheduling.nodeSelector: deprecated since v1.14; use "kubernetes.io/arch" instead',
        'scheduling.nodeSelector: deprecated since v1.14; use "kubernetes.io/os" instead',
      ],
    ],
  ]),
];

const at = (generation: number, object: JsonObject): JsonObject => ({
  ...object,
  metadata: { name: 'foo', generation },
});
const HISTORY =
  'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended';
const CRON = 'pkg/registry/batch/cronjob/strategy_test.go';
const JOB = 'pkg/registry/batch/job/strategy_test.go';
const FORCED = { spec: { imagePullSecrets: [{ name: '' }] } };
const high = (parallelism: number): JsonObject => job('Indexed', [100_001, parallelism]);
const cidrs = (...podCIDRs: readonly string[]): JsonObject => ({ spec: { podCIDRs } });
const [CONFIG_SOURCE, EXTERNAL_ID] = [{ spec: { configSource: {} } }, { spec: { externalID: 'externalID' } }];
const NODES: readonly (readonly [old: JsonObject, node: JsonObject, warnings: number])[] = [
  [{}, {}, 0],
  [{}, CONFIG_SOURCE, 1],
  [CONFIG_SOURCE, CONFIG_SOURCE, 1],
  [CONFIG_SOURCE, {}, 0],
  [{}, EXTERNAL_ID, 1],
  [EXTERNAL_ID, EXTERNAL_ID, 1],
  [EXTERNAL_ID, {}, 0],
  [{}, cidrs('10.0.1.0/24', 'fd00::/64'), 0],
  [{}, cidrs('010.000.001.000/24', 'fd00::/64'), 1],
  [{}, cidrs('10.0.1.0/24', 'fd00::1234/64'), 1],
  [cidrs('010.000.001.000/24', 'fd00::1234/64'), cidrs('10.0.1.0/24', 'fd00::/64'), 0],
];
const blocks = (...list: readonly JsonObject[]): JsonObject => ({
  spec: { podSelector: {}, egress: [{}, ...list.map((ipBlock) => ({ to: [{ ipBlock }] }))] },
});
const VALID_BLOCK = { cidr: '10.0.0.0/8' };
const POLICY = 'pkg/registry/networking/networkpolicy/strategy_test.go';
const STRATEGIES = [
  ...table(jobStrategy, JOB, 'TestJobStrategy_WarningsOnCreate', [
    ['happy path job', { metadata: { name: 'myjob2' }, ...job('NonIndexed') }, 0],
    ['dns invalid name', { metadata: { name: 'my job2' }, ...job('NonIndexed') }, 1],
    ['high completions and parallelism', job('Indexed', [100_001, 100_001]), 1],
  ]),
  ...table(jobStrategy, JOB, 'TestJobStrategy_WarningsOnUpdate', [
    ['generation 0 for both', at(0, job('NonIndexed')), 0, at(0, job('NonIndexed'))],
    [
      'generation 1 for new; force WarningsOnUpdate to check PodTemplate for updates',
      at(1, job('NonIndexed')),
      0,
      at(0, job('NonIndexed')),
    ],
    ['force validation failure in pod template', at(1, job('NonIndexed', [], FORCED)), 1, at(0, job('NonIndexed'))],
    ['Invalid transition to high parallelism', at(1, high(10_001)), 1, at(0, high(10_000))],
  ]),
  ...table(cronJobStrategy, CRON, 'TestCronJobStrategy_WarningsOnUpdate', [
    ['generation 0 for both', at(0, cronJob('mycronjob')), 0, at(0, cronJob('mycronjob'))],
    [
      'generation 1 for new; force WarningsOnUpdate to check PodTemplate for updates',
      at(0, cronJob('mycronjob')),
      0,
      at(1, cronJob('mycronjob')),
    ],
    [
      'force validation failure in pod template',
      at(0, { spec: { schedule: '5 5 * * ?', jobTemplate: { spec: { template: FORCED } } } }),
      1,
      at(1, cronJob('mycronjob')),
    ],
    [
      'timezone invalid failure',
      at(0, { spec: { schedule: 'CRON_TZ=UTC 5 5 * * ?', timeZone: 'Asia/DoesNotExist' } }),
      1,
      at(1, cronJob('mycronjob')),
    ],
  ]),
  ...table(
    nodeStrategy,
    'pkg/registry/core/node/strategy_test.go',
    'TestWarningOnUpdateAndCreate',
    NODES.flatMap(([old, node, warnings], index): readonly Given[] => [
      [`${index}, update`, node, warnings, old],
      [`${index}, create`, node, warnings],
    ]),
  ),
  ...table(
    endpointSliceStrategy,
    'pkg/registry/discovery/endpointslice/strategy_test.go',
    'TestWarningsOnEndpointSliceAddressType',
    [
      ['AddressType = FQDN', { addressType: 'FQDN' }, 1],
      ['AddressType = IPV4', { addressType: 'IPv4' }, 0],
      ['AddressType = IPV6', { addressType: 'IPv6' }, 0],
    ],
  ),
  ...table(networkPolicyStrategy, POLICY, 'TestNetworkPolicyStrategy', [
    ['no IPBlock', blocks(), [], blocks()],
    ['valid IPBlock', blocks(VALID_BLOCK), [], blocks()],
    ['invalid IPBlock', blocks(VALID_BLOCK, { cidr: '::ffff:10.0.0.0/104', except: ['10.0.0.1/16'] }), 2, blocks()],
  ]),
  ...table(statefulSetStrategy, 'pkg/registry/apps/statefulset/strategy_test.go', 'TestStatefulSetStrategy', [
    ['revisionHistoryLimit, create', { spec: { revisionHistoryLimit: -2 } }, [HISTORY]],
    [
      'revisionHistoryLimit, update',
      { spec: { revisionHistoryLimit: -2 } },
      [HISTORY],
      { spec: { revisionHistoryLimit: 2 } },
    ],
  ]),
];

const NO_OBJECT = 'no object at all, which no request brings';
for (const [file, names] of [
  ['pkg/api/persistentvolume/util_test.go', ['TestWarnings/null']],
  ['pkg/api/persistentvolumeclaim/util_test.go', ['TestWarnings/null']],
  ['pkg/api/storage/util_test.go', ['TestStorageClassWarnings/null', 'TestCSIStorageCapacityWarnings/null']],
  ['pkg/api/node/util_test.go', ['TestWarnings/null']],
] as const)
  upstreamLeftOut(
    upstreamSource('defaults and warnings', `${file}, 1.36.2`),
    Object.fromEntries(names.map((name) => [name, NO_OBJECT])),
  );
upstreamLeftOut(upstreamSource('defaults and warnings', `${DRIVER}, 1.36.2`), {
  'TestWarningsOnCreate/no warning when feature disabled, even with tokenRequests and no serviceAccountTokenInSecrets':
    FEATURE_OFF,
  'TestWarningsOnUpdate/no warning when adding tokenRequests with feature disabled': FEATURE_OFF,
});

upstreamEach<Row>(({ source: from }) => from)([...SERVICES, ...STORAGE, ...DRIVERS, ...OTHERS, ...STRATEGIES])(
  '$test/$name',
  ({ strategy, object, old, warnings }) => {
    const whole = (rest: JsonObject): KubernetesObject => ({
      apiVersion: strategy.group === '' ? 'v1' : `${strategy.group}/v1`,
      kind: strategy.kind,
      ...rest,
      metadata: { name: 'foo', ...(rest['metadata'] as JsonObject | undefined) },
    });
    const told = strategy.warnings?.(whole(object), old && whole(old)) ?? [];
    if (typeof warnings === 'number') expect(told).toHaveLength(warnings);
    else expect(new Set(told)).toEqual(new Set(warnings));
  },
);
