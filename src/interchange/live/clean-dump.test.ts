import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { readManifest } from '../../manifest/read.ts';
import { manifestText } from '../manifest-text.ts';
import { cleanDump } from './clean-dump.ts';

const read = async (text: string) => cleanDump([readManifest('dump.yaml', text)], BUILT_IN_KINDS);
const list = (...items: string[]) =>
  `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `- ${item.trim().replaceAll('\n', '\n  ')}\n`).join('')}`;

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    deployment.kubernetes.io/revision: "3"
    team: shop
  creationTimestamp: "2026-01-02T03:04:05Z"
  generation: 3
  name: web
  namespace: shop
  resourceVersion: "4711"
  uid: 11111111-1111-1111-1111-111111111111
spec:
  progressDeadlineSeconds: 600
  replicas: 2
  revisionHistoryLimit: 10
  selector:
    matchLabels: {app: web}
  strategy:
    rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}
    type: RollingUpdate
  template:
    metadata:
      creationTimestamp: null
      labels: {app: web}
    spec:
      containers:
      - image: nginx:1.27
        imagePullPolicy: IfNotPresent
        name: web
        ports:
        - {containerPort: 80, protocol: TCP}
        resources: {}
        terminationMessagePath: /dev/termination-log
        terminationMessagePolicy: File
      dnsPolicy: ClusterFirst
      restartPolicy: Always
      schedulerName: default-scheduler
      securityContext: {}
      terminationGracePeriodSeconds: 30
status: {observedGeneration: 3, replicas: 2}`;

const REPLICA_SET = `
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web-5d4
  namespace: shop
  uid: 22222222-2222-2222-2222-222222222222
  ownerReferences:
  - {apiVersion: apps/v1, controller: true, kind: Deployment, name: web, uid: 11111111-1111-1111-1111-111111111111}
spec: {selector: {matchLabels: {app: web}}}`;

const POD = `
apiVersion: v1
kind: Pod
metadata:
  generateName: web-5d4-
  labels: {app: web, pod-template-hash: 5d4}
  name: web-5d4-abcde
  namespace: shop
  ownerReferences:
  - {apiVersion: apps/v1, controller: true, kind: ReplicaSet, name: web-5d4, uid: 22222222-2222-2222-2222-222222222222}
spec:
  containers:
  - image: nginx:1.27
    imagePullPolicy: IfNotPresent
    name: web
    volumeMounts:
    - {mountPath: /var/run/secrets/kubernetes.io/serviceaccount, name: kube-api-access-x7k2p, readOnly: true}
  nodeName: n1
  preemptionPolicy: PreemptLowerPriority
  priority: 0
  serviceAccount: default
  serviceAccountName: default
  tolerations:
  - {effect: NoExecute, key: node.kubernetes.io/not-ready, operator: Exists, tolerationSeconds: 300}
  - {effect: NoExecute, key: node.kubernetes.io/unreachable, operator: Exists, tolerationSeconds: 300}
  - {key: dedicated, operator: Exists}
  volumes:
  - name: kube-api-access-x7k2p
    projected: {sources: [{serviceAccountToken: {expirationSeconds: 3607, path: token}}]}
status: {phase: Running}`;

describe('cleanDump', () => {
  it('keeps of a Deployment what somebody wrote, and leaves out what it made', async () => {
    const { objects, notes } = await read(list(DEPLOYMENT, REPLICA_SET, POD));
    expect(manifestText(objects.map(({ object }) => object))).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    team: shop
  name: web
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - image: nginx:1.27
        name: web
        ports:
        - containerPort: 80
        resources: {}
`);
    expect(notes.filter(({ id }) => id === 'live.madeBy').map(({ params }) => params)).toEqual([
      { object: 'ReplicaSet.apps/shop/web-5d4', owner: 'Deployment.apps/shop/web' },
      { object: 'Pod/shop/web-5d4-abcde', owner: 'ReplicaSet.apps/shop/web-5d4' },
    ]);
    const fields = Object.fromEntries(notes.map(({ id, params }) => [id, params['fields']]));
    expect(fields['live.metadata']).toBe(
      'metadata.uid, metadata.resourceVersion, metadata.generation, metadata.creationTimestamp, spec.template.metadata.creationTimestamp',
    );
    expect(fields['live.status']).toBe('status');
    expect(fields['live.marks']).toBe('metadata.annotations[deployment.kubernetes.io/revision]');
    expect(fields['live.defaults']).toContain('spec.strategy, ');
  });

  it('keeps a Pod whose owner is not there, as a Pod of its own', async () => {
    const { objects, notes } = await read(POD);
    const [pod] = objects;
    expect(pod?.object).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { generateName: 'web-5d4-', labels: { app: 'web' }, name: 'web-5d4-abcde', namespace: 'shop' },
      spec: {
        containers: [{ image: 'nginx:1.27', name: 'web' }],
        tolerations: [{ key: 'dedicated', operator: 'Exists' }],
      },
    });
    expect(notes.map(({ id }) => id)).toContain('live.ownerMissing');
  });

  const SERVICE = (extra: string) => `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop${extra}}
spec:
  clusterIP: 10.0.0.7
  clusterIPs: [10.0.0.7]
  internalTrafficPolicy: Cluster
  ipFamilies: [IPv4]
  ipFamilyPolicy: SingleStack
  ports: [{nodePort: 31234, port: 80, protocol: TCP, targetPort: 80}]
  selector: {app: web}
  sessionAffinity: None
  type: NodePort`;
  const APPLIED = (nodePort: string) =>
    `, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"spec":{"ports":[{"port":80${nodePort}}]}}'}`;

  it.each([
    ['nobody knows whether it was asked for', '', true],
    ['kubectl was given it', APPLIED(',"nodePort":31234'), true],
    ['kubectl was not given it', APPLIED(''), false],
    ['no field manager set it', ', managedFields: [{fieldsV1: {"f:spec": {"f:type": {}}}}]', false],
    ['a field manager set it', ', managedFields: [{fieldsV1: {"f:spec": {"f:nodePort": {}}}}]', true],
  ])('keeps a nodePort or not: %s', async (_, extra, kept) => {
    const { objects } = await read(SERVICE(extra));
    expect(objects[0]?.object['spec']).toEqual({
      ports: [{ ...(kept ? { nodePort: 31234 } : {}), port: 80 }],
      selector: { app: 'web' },
      type: 'NodePort',
    });
  });

  it('keeps a headless Service headless', async () => {
    const { objects } = await read(
      SERVICE('').replaceAll('10.0.0.7', 'None').replace('type: NodePort', 'type: ClusterIP'),
    );
    expect(objects[0]?.object['spec']).toMatchObject({ clusterIP: 'None' });
  });

  it.each([
    ['v1', 'Namespace', 'kube-system', '', 'live.madeByCluster'],
    ['v1', 'Service', 'kubernetes', '', 'live.madeByCluster'],
    ['v1', 'ConfigMap', 'kube-root-ca.crt', '', 'live.madeByCluster'],
    ['v1', 'ServiceAccount', 'default', '', 'live.madeByCluster'],
    ['v1', 'Event', 'web.1', '', 'live.madeByCluster'],
    ['coordination.k8s.io/v1', 'Lease', 'n1', '', 'live.madeByCluster'],
    [
      'rbac.authorization.k8s.io/v1',
      'ClusterRole',
      'admin',
      ', labels: {kubernetes.io/bootstrapping: rbac-defaults}',
      'live.madeByCluster',
    ],
    ['scheduling.k8s.io/v1', 'PriorityClass', 'system-node-critical', '', 'live.madeByCluster'],
    ['v1', 'Pod', 'etcd-n1', ', annotations: {kubernetes.io/config.mirror: abc}', 'live.madeByCluster'],
    [
      'discovery.k8s.io/v1',
      'EndpointSlice',
      'web-x',
      ', labels: {endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io, kubernetes.io/service-name: web}',
      'live.madeBy',
    ],
    ['v1', 'PersistentVolume', 'pvc-1', ', annotations: {pv.kubernetes.io/provisioned-by: x}', 'live.madeByCluster'],
  ])('leaves out what a cluster makes itself: %s %s %s', async (apiVersion, kind, name, more, id) => {
    const { objects, notes } = await read(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}${more}}\n`,
    );
    expect({ objects, ids: notes.map((note) => note.id) }).toEqual({ objects: [], ids: [id] });
  });

  it('leaves out claims that a StatefulSet made, and no others', async () => {
    const set = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  selector: {matchLabels: {app: db}}
  serviceName: db
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: "pg:1"}]}}
  volumeClaimTemplates:
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {creationTimestamp: null, name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, volumeMode: Filesystem}
    status: {phase: Pending}`;
    const claim = (name: string) =>
      `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}, namespace: shop, annotations: {pv.kubernetes.io/bound-by-controller: "yes"}, finalizers: [kubernetes.io/pvc-protection]}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, volumeName: pvc-7}`;
    const { objects } = await read(list(set, claim('data-db-0'), claim('data-db-old')));
    expect(objects.map(({ identity }) => identity)).toEqual([
      'StatefulSet.apps/shop/db',
      'PersistentVolumeClaim/shop/data-db-old',
    ]);
    expect(objects[0]?.object['spec']).toMatchObject({
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    });
    expect(JSON.stringify(objects[1]?.object)).not.toMatch(/volumeName|finalizers|annotations/);
  });

  it('keeps how large a Node is', async () => {
    const { objects } = await read(
      'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nspec: {podCIDR: 10.0.0.0/24, taints: [{key: node.kubernetes.io/not-ready, effect: NoSchedule}, {key: gpu, effect: NoSchedule}]}\nstatus: {capacity: {cpu: "4"}, allocatable: {cpu: "4"}, phase: Running}\n',
    );
    expect(objects[0]?.object).toEqual({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] },
      status: { capacity: { cpu: '4' }, allocatable: { cpu: '4' } },
    });
  });
});
