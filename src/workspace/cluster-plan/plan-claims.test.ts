import { expect, it } from 'vitest';
import { nameOf } from '../../apimachinery/object.ts';
import { designOf } from '../../design/testing/design-of.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { assumedNodesOf } from '../../scene/cluster/assumed-nodes.ts';
import { clusterPlan } from './cluster-plan.ts';

const node = (name: string): string => `apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}, topology.kubernetes.io/zone: z-${name}}}
status: {allocatable: {cpu: "2", memory: 8Gi, pods: "110"}}
`;
const deployment = (name: string, replicas: number, spec: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: ${spec}
`;
const claiming = (claim: string): string =>
  `{containers: [{name: a, image: a:1}], volumes: [{name: d, persistentVolumeClaim: {claimName: ${claim}}}]}`;
const set = (replicas: number, storageClass: string): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: ${replicas}
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: a, image: a:1}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: ${storageClass}, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
const claim = (name: string, more: string, mode = 'ReadWriteOnce'): string => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, namespace: shop}
spec: {${more}, accessModes: [${mode}], resources: {requests: {storage: 1Gi}}}
`;
const volume = (name: string, more: string, labels = '{}'): string => `apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}, labels: ${labels}}
spec: {${more}, accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, local: {path: /d}}
`;
const onNode = (name: string): string =>
  `nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [${name}]}]}]}}`;
const storageClass = (name: string, provisioner: string, mode: string): string => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${name}}
provisioner: ${provisioner}
volumeBindingMode: ${mode}
`;
const LOCAL = storageClass('local', 'kubernetes.io/no-provisioner', 'WaitForFirstConsumer');
const csiNode = (name: string, count: number): string => `apiVersion: storage.k8s.io/v1
kind: CSINode
metadata: {name: ${name}}
spec: {drivers: [{name: disk.example.com, nodeID: ${name}, allocatable: {count: ${count}}}]}
`;
const slice = (name: string): string => `apiVersion: resource.k8s.io/v1
kind: ResourceSlice
metadata: {name: gpus-${name}}
spec:
  driver: gpu.example.com
  nodeName: ${name}
  pool: {name: ${name}, generation: 1, resourceSliceCount: 1}
  devices: [{name: gpu-0}]
`;
const GPUS = `apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu}
spec: {}
---
apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: {name: one-gpu, namespace: shop}
spec: {spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu}}]}}}
`;
const GPU_POD =
  '{containers: [{name: a, image: a:1}], resourceClaims: [{name: gpu, resourceClaimTemplateName: one-gpu}]}';
const cpu = (amount: string, more = ''): string =>
  `{containers: [{name: a, image: a:1, resources: {requests: {cpu: "${amount}"}}}]${more}}`;
const PRIORITY = `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000
`;

/** `a: web 2`, one line a Node; then what fits nowhere, with the scheduler's words. */
function planOf(documents: readonly string[]): readonly string[] {
  const design = designOf(documents.join('---\n'));
  const { nodes, unplaced } = clusterPlan(design, BUILT_IN_KINDS, assumedNodesOf(design));
  const name = (record: string): string => nameOf(design.records.get(record)?.object ?? {});
  return [
    ...nodes.map(({ name: of, pods }) =>
      `${of}: ${pods.map(({ record, count }) => `${name(record)} ${count}`).join(', ')}`.trim(),
    ),
    ...unplaced.map(({ record, count, reason }) => `${name(record)} ${count}: ${reason}`),
  ];
}

const NODES = [node('a'), node('b')];

it.each<readonly [string, readonly string[], readonly string[]]>([
  [
    'a claim bound to a volume of one Node',
    [
      volume('v', `storageClassName: local, ${onNode('b')}`),
      claim('data', 'storageClassName: local, volumeName: v'),
      LOCAL,
      deployment('web', 2, claiming('data')),
    ],
    ['a:', 'b: web 2'],
  ],
  [
    'volumes of Nodes, one for each Pod of a StatefulSet, until none is left',
    [
      LOCAL,
      volume('v1', `storageClassName: local, ${onNode('a')}`),
      volume('v2', `storageClassName: local, ${onNode('b')}`),
      set(3, 'local'),
    ],
    [
      'a: db 1',
      'b: db 1',
      "db 1: 0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.",
    ],
  ],
  [
    'a volume of a zone',
    [
      volume('v', 'storageClassName: zonal', '{topology.kubernetes.io/zone: z-b}'),
      claim('data', 'storageClassName: zonal, volumeName: v'),
      deployment('web', 1, claiming('data')),
    ],
    ['a:', 'b: web 1'],
  ],
  [
    'a volume that is made for the first Pod, on whose Node the others then run',
    [claim('data', 'volumeMode: Filesystem'), deployment('web', 3, claiming('data'))],
    [expect.stringMatching(/^a:(?: web 3)?$/) as string, expect.stringMatching(/^b:(?: web 3)?$/) as string],
  ],
  [
    'no more volumes than the driver attaches to a Node',
    [
      storageClass('disk', 'disk.example.com', 'WaitForFirstConsumer'),
      csiNode('a', 1),
      csiNode('b', 1),
      set(3, 'disk'),
    ],
    ['a: db 1', 'b: db 1', 'db 1: 0/2 nodes are available: 2 node(s) exceed max volume count.'],
  ],
  [
    'a claim that nothing binds, and one that is not there',
    [
      storageClass('now', 'kubernetes.io/no-provisioner', 'Immediate'),
      claim('data', 'storageClassName: now'),
      deployment('web', 1, claiming('data')),
      deployment('far', 1, claiming('gone')),
    ],
    [
      'a:',
      'b:',
      'web 1: 0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
      'far 1: 0/2 nodes are available: persistentvolumeclaim "gone" not found.',
    ],
  ],
  [
    'a claim of a class that the design does not hold: the cluster may have it',
    [claim('data', 'storageClassName: gp3'), deployment('web', 1, claiming('data'))],
    [expect.stringMatching(/^a:/) as string, expect.stringMatching(/^b:/) as string],
  ],
  [
    'a claim of one Pod alone',
    [claim('data', 'storageClassName: gp3', 'ReadWriteOncePod'), deployment('web', 2, claiming('data'))],
    [
      expect.stringMatching(/^a:(?: web 1)?$/) as string,
      expect.stringMatching(/^b:(?: web 1)?$/) as string,
      expect.stringContaining('ReadWriteOncePod') as string,
    ],
  ],
  [
    'devices, one for each Pod, where they are',
    [slice('b'), GPUS, deployment('train', 2, GPU_POD)],
    ['a:', 'b: train 1', 'train 1: 0/2 nodes are available: 2 cannot allocate all claims.'],
  ],
  [
    'a claim of devices that two Pods share',
    [
      slice('b'),
      GPUS,
      `apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: shared, namespace: shop}
spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu}}]}}
`,
      deployment(
        'train',
        2,
        '{containers: [{name: a, image: a:1}], resourceClaims: [{name: gpu, resourceClaimName: shared}]}',
      ),
    ],
    ['a:', 'b: train 2'],
  ],
  [
    'who is driven out for a Pod of a higher priority',
    [deployment('low', 4, cpu('1')), PRIORITY, deployment('high', 1, cpu('1', ', priorityClassName: high'))],
    [
      expect.stringMatching(/^[ab]: /) as string,
      expect.stringMatching(/^[ab]: /) as string,
      expect.stringMatching(/^low 1: Preempted by pod shop\/high-0 on node [ab]$/) as string,
    ],
  ],
  [
    'nobody, where the Pod does not preempt',
    [
      deployment('low', 4, cpu('1')),
      PRIORITY,
      deployment('high', 1, cpu('1', ', priorityClassName: high, preemptionPolicy: Never')),
    ],
    ['a: low 2', 'b: low 2', 'high 1: 0/2 nodes are available: 2 Insufficient cpu.'],
  ],
])('plans %s', (_, objects, expected) => {
  expect(planOf([...NODES, ...objects])).toEqual(expected);
});
