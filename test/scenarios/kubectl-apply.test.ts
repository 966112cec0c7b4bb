import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { nameOf } from '../../src/apimachinery/object.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../src/base/json.ts';
import { conditionsOf, findCondition } from '../../src/apimachinery/conditions.ts';
import { Cluster } from '../../src/simulator/cluster.ts';
import type { TraceEntry } from '../../src/simulator/kernel/trace.ts';
import { defaultTopology } from '../../src/simulator/topology.ts';
import { NUMBERS_1_36 } from '../../src/simulator/release/1.36.ts';
import { kinds, preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';

/**
 * The journey of `kubectl apply` of a Deployment with three replicas, whose Service is there already: every message of
 * the classroom's lesson C7 with its corrections for 1.36, each led to by the one before it, back to kubectl.
 */
const DEPLOYMENT: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'web:1.0',
            ports: [{ containerPort: 80 }],
            readinessProbe: { httpGet: { path: '/healthz', port: 80 }, periodSeconds: 2 },
          },
        ],
      },
    },
  },
};

const SERVICE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { clusterIP: '10.96.0.20', selector: { app: 'web' }, ports: [{ port: 80 }] },
};

const SHOP: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const API = 'kube-apiserver-0';
/** Its controllers share its informers: it is told, and they act. */
const MANAGER = 'kube-controller-manager';
const PATH = '/apis/apps/v1/namespaces/shop';

let cluster: Cluster;
let entries: readonly TraceEntry[];
/** Entries by seq. */
let bySeq: ReadonlyMap<number, TraceEntry>;
let kubectl: TraceEntry;
let podNames: readonly string[];

/** How etcd stands in a run: folded into one component with one latency, or its members with their Raft. */
const ETCDS = [
  { name: 'etcd folded', etcdMembers: undefined },
  { name: 'one member of etcd', etcdMembers: 1 },
  { name: 'three members of etcd', etcdMembers: 3 },
] as const;

beforeAll(preloadKinds);

function play(etcdMembers: (typeof ETCDS)[number]['etcdMembers']): void {
  const topology = { ...defaultTopology(3), ...(etcdMembers === undefined ? {} : { etcdMembers }) };
  const behaviours = [{ match: { image: 'web:1.0' }, startMs: 1500 }];
  cluster = Cluster.create({ seed: 1, kinds, topology, behaviours });
  cluster.runUntil(5000);
  cluster.kubectl('apply -f service.yaml', { 'service.yaml': [SHOP, SERVICE] });
  cluster.runUntil(10_000);
  const before = cluster.trace.length;
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': [DEPLOYMENT] });
  cluster.runUntil(40_000);
  entries = cluster.trace.after(before);
  bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  kubectl = entries.find(({ verb }) => verb === 'kubectl')!;
  podNames = cluster
    .objects()
    .filter(({ kind }) => kind === 'Pod')
    .map(nameOf);
}

type Wanted = Partial<Pick<TraceEntry, 'from' | 'to' | 'class' | 'verb' | 'object'>> & {
  readonly path?: string;
  readonly where?: (entry: TraceEntry) => boolean;
};

function fits(entry: TraceEntry, { path, where, ...plain }: Wanted): boolean {
  if (path !== undefined && entry.detail?.['path'] !== path) return false;
  if (!Object.entries(plain).every(([key, value]) => entry[key as keyof TraceEntry] === value)) return false;
  return where === undefined || where(entry);
}

/** All entries that led to one, itself first. */
function chainOf(entry: TraceEntry): readonly TraceEntry[] {
  const chain: TraceEntry[] = [];
  for (let at: TraceEntry | undefined = entry; at !== undefined; at = bySeq.get(at.cause)) chain.push(at);
  return chain;
}

/** The first entry that fits and that another led to. */
function next(after: TraceEntry, wanted: Wanted): TraceEntry {
  const found = entries.find((entry) => entry.seq > after.seq && fits(entry, wanted) && chainOf(entry).includes(after));
  if (found === undefined) throw new Error(`nothing like ${JSON.stringify(wanted)} after ${after.seq} ${after.verb}`);
  expect(chainOf(found)).toContain(kubectl);
  return found;
}

/** Entries of a story, each led to by the one before it. */
function story(first: TraceEntry, steps: readonly Wanted[]): readonly TraceEntry[] {
  const told: TraceEntry[] = [];
  for (const step of steps) told.push(next(told.at(-1) ?? first, step));
  return told;
}

const request = (from: string, verb: string, path: string): Wanted => ({ from, to: API, class: 'request', verb, path });
const self = (who: string, verb: string): Wanted => ({ from: who, to: who, verb });
const watch = (to: string, verb: string, object: string): Wanted => ({ from: API, to, class: 'watch', verb, object });

function created(): TraceEntry {
  return next(kubectl, {
    ...request('kubectl', 'POST', `${PATH}/deployments?fieldManager=kubectl-client-side-apply&fieldValidation=Strict`),
  });
}

const key = (entry: TraceEntry): unknown => entry.detail?.['key'];

describe.each(ETCDS)('the journey with $name', ({ etcdMembers }) => {
  beforeAll(() => play(etcdMembers));

  describe('chapters 1 to 3: kubectl asks, the gates, etcd remembers', () => {
    it('1-3: kubectl looks whether the Deployment is there, and sends it', () => {
      expect(kubectl).toMatchObject({ from: 'kubectl', to: 'kubectl', detail: { line: 'apply -f web.yaml' } });
      story(kubectl, [
        request('kubectl', 'GET', `${PATH}/deployments/web`),
        { from: API, to: 'kubectl', class: 'response', verb: '404' },
        request('kubectl', 'POST', `${PATH}/deployments?fieldManager=kubectl-client-side-apply&fieldValidation=Strict`),
      ]);
    });

    it('4-8: authentication, flow control and authorization, mutating and validating admission, then etcd', () => {
      const steps = story(created(), [
        self(API, 'authenticate'),
        self(API, 'flowControl'),
        self(API, 'authorize'),
        self(API, 'mutatingAdmission'),
        self(API, 'validatingAdmission'),
        { from: API, to: 'etcd-0', verb: 'Txn' },
      ]);
      expect(created().detail).toMatchObject({ user: 'kubernetes-admin' });
      expect(steps.at(-1)!.detail).toEqual({
        key: '/registry/deployments/shop/web',
        compare: 'mod_revision == 0',
        op: 'put',
      });
    });

    it('9-10: the leader sends the entry to its followers, and each answers when it is on its disk', () => {
      const txn = next(created(), { from: API, to: 'etcd-0', verb: 'Txn' });
      const raft = entries.filter((entry) => entry.class === 'raft' && chainOf(entry).includes(txn));
      const answer = next(txn, { from: 'etcd-0', to: API, class: 'response', verb: 'OK' });
      if (etcdMembers !== 3) {
        // Nobody else has to acknowledge: what is left of Raft is the write to disk.
        expect(raft.filter(({ seq }) => seq < answer.seq)).toEqual([]);
        expect(answer.timeMs - txn.arrivesAtMs!).toBe(NUMBERS_1_36.etcd.fsyncMs);
        return;
      }
      const appends = raft.filter(({ verb, detail }) => verb === 'MsgApp' && detail?.['entries'] === 1);
      const leader = appends[0]!.from;
      const sent = appends.slice(0, 2);
      expect(sent.map(({ to }) => to).toSorted()).toEqual(['etcd-0', 'etcd-1', 'etcd-2'].filter((id) => id !== leader));
      expect(new Set(sent.map(({ detail }) => detail?.['index'])).size).toBe(1);
      // A member that is no leader hands what it is asked to its leader.
      expect(raft[0]).toMatchObject(
        leader === 'etcd-0' ? { verb: 'MsgApp' } : { from: 'etcd-0', to: leader, verb: 'MsgProp' },
      );
      for (const append of sent) {
        const acknowledged = next(append, { from: append.to, to: leader, class: 'raft', verb: 'MsgAppResp' });
        expect(acknowledged.detail?.['index']).toBe(Number(append.detail?.['index']) + 1);
        expect(acknowledged.timeMs - append.arrivesAtMs!).toBeGreaterThanOrEqual(NUMBERS_1_36.etcd.fsyncMs);
      }
      // The answer to the API server comes after a majority has it: the leader and one follower.
      expect(chainOf(answer).some(({ verb }) => verb === 'MsgAppResp')).toBe(true);
    });

    it('11-13: etcd answers and tells; kubectl is done and no Pod exists', () => {
      const [txn, committed, answered, exits] = story(created(), [
        { from: API, to: 'etcd-0', verb: 'Txn' },
        { from: 'etcd-0', to: API, class: 'response', verb: 'OK' },
        { from: API, to: 'kubectl', class: 'response', verb: '201' },
        self('kubectl', 'kubectl exits'),
      ]);
      expect(answered!.resourceVersion).toBe(committed!.resourceVersion);
      // What was sent had none of its defaults.
      expect(numberAt(created().body, 'spec', 'revisionHistoryLimit')).toBeUndefined();
      expect(numberAt(answered!.body, 'spec', 'revisionHistoryLimit')).toBe(10);
      expect(exits!.detail).toMatchObject({ exitCode: 0 });
      const told = next(txn!, { from: 'etcd-0', to: API, class: 'watch', verb: 'PUT' });
      expect(told.resourceVersion).toBe(committed!.resourceVersion);
      const podWrites = entries.filter(
        (entry) => entry.class === 'response' && String(key(entry)).startsWith('/registry/pods/'),
      );
      expect(podWrites.filter(({ seq }) => seq < exits!.seq)).toEqual([]);
    });
  });

  describe('chapters 4 and 5: Deployment, ReplicaSet, Pods', () => {
    it('14-16: the Deployment controller makes a ReplicaSet, an Event and the status', () => {
      const [, made] = story(created(), [
        watch(MANAGER, 'ADDED', 'Deployment/shop/web'),
        request('deployment-controller', 'POST', `${PATH}/replicasets`),
      ]);
      const replicaSet = made!.body as KubernetesObject;
      expect(numberAt(replicaSet, 'spec', 'replicas')).toBe(3);
      expect(stringAt(arrayAt(replicaSet, 'metadata', 'ownerReferences')[0], 'name')).toBe('web');
      expect(objectAt(replicaSet, 'metadata', 'labels')).toHaveProperty('pod-template-hash');
      const event = next(made!, { ...request('deployment-controller', 'POST', '/api/v1/namespaces/shop/events') });
      expect(stringAt(event.body, 'message')).toBe(`Scaled up replica set ${nameOf(replicaSet)} from 0 to 3`);
      const [first, second] = story(made!, [
        request('deployment-controller', 'PUT', `${PATH}/deployments/web/status`),
        request('deployment-controller', 'PUT', `${PATH}/deployments/web/status`),
      ]);
      const progressing = findCondition(conditionsOf(first!.body as KubernetesObject), 'Progressing');
      expect(stringAt(progressing, 'reason')).toBe('NewReplicaSetCreated');
      expect(stringAt(first!.body, 'metadata', 'annotations', 'deployment.kubernetes.io/revision')).toBe('1');
      expect(numberAt(second!.body, 'status', 'observedGeneration')).toBe(1);
    });

    it('17-19: the ReplicaSet controller makes one Pod, then two; admission gives them what they lack', () => {
      const made = next(created(), request('deployment-controller', 'POST', `${PATH}/replicasets`));
      const added = next(made, {
        from: API,
        to: MANAGER,
        class: 'watch',
        verb: 'ADDED',
        where: ({ object }) => object?.startsWith('ReplicaSet/') === true,
      });
      const posts = entries.filter(
        (entry) =>
          fits(entry, request('replicaset-controller', 'POST', '/api/v1/namespaces/shop/pods')) &&
          chainOf(entry).includes(added),
      );
      expect(posts).toHaveLength(3);
      const [first, second, third] = posts;
      expect(second!.timeMs).toBe(third!.timeMs);
      expect(chainOf(second!)).toContain(first);
      for (const post of posts) {
        const admitted = next(post, self(API, 'mutatingAdmission'));
        expect(admitted.detail?.['changed']).toEqual(
          expect.arrayContaining(['spec.serviceAccountName', 'spec.tolerations', 'spec.volumes']),
        );
      }
      for (const pod of cluster.objects().filter(({ kind }) => kind === 'Pod')) {
        const tolerations = arrayAt(pod, 'spec', 'tolerations').map((one) => [
          stringAt(one, 'key'),
          numberAt(one, 'tolerationSeconds'),
        ]);
        expect(tolerations).toEqual([
          ['node.kubernetes.io/not-ready', 300],
          ['node.kubernetes.io/unreachable', 300],
        ]);
      }
    });
  });

  /** What follows for each Pod, from the moment at which it stands in etcd. */
  function stored(name: string): TraceEntry {
    return next(created(), {
      from: 'etcd-0',
      class: 'watch',
      verb: 'PUT',
      where: (entry) => key(entry) === `/registry/pods/shop/${name}`,
    });
  }

  function nodeOf(name: string): string {
    const pod = cluster.objects().find((object) => object.kind === 'Pod' && nameOf(object) === name);
    return stringAt(pod, 'spec', 'nodeName') ?? '';
  }

  describe('chapters 6 to 8, for each of the three Pods', () => {
    it('20-25: the scheduler filters, scores, takes the best Node, binds, and says so', () => {
      for (const name of podNames) {
        const object = `Pod/shop/${name}`;
        const [, cycle, binding] = story(stored(name), [
          watch('kube-scheduler', 'ADDED', object),
          { ...self('kube-scheduler', 'SCHEDULE'), object },
          request('kube-scheduler', 'POST', `/api/v1/namespaces/shop/pods/${name}/binding`),
        ]);
        expect(cycle!.detail).toMatchObject({ node: nodeOf(name), rejected: { 'cp-1': expect.anything() } });
        expect(JSON.stringify(cycle!.detail?.['scores'])).toContain('NodeResourcesFit');
        expect(stringAt(binding!.body, 'target', 'name')).toBe(nodeOf(name));
        const event = next(binding!, request('kube-scheduler', 'POST', '/api/v1/namespaces/shop/events'));
        expect(stringAt(event.body, 'reason')).toBe('Scheduled');
        const bound = next(binding!, watch('kube-scheduler', 'MODIFIED', object));
        expect(stringAt(bound.body, 'spec', 'nodeName')).toBe(nodeOf(name));
        const scheduled = findCondition(conditionsOf(bound.body as KubernetesObject), 'PodScheduled');
        expect(stringAt(scheduled, 'status')).toBe('True');
      }
    });

    it('26-34: its kubelet admits it, fetches what its volumes need, and starts it through the runtime', () => {
      for (const name of podNames) {
        const [object, node] = [`Pod/shop/${name}`, nodeOf(name)];
        const [kubelet, runtime] = [`kubelet/${node}`, `containerd/${node}`];
        const seen = next(stored(name), watch(kubelet, 'ADDED', object));
        next(seen, { ...self(kubelet, 'admit'), object });
        const token = next(seen, request(kubelet, 'POST', '/api/v1/namespaces/shop/serviceaccounts/default/token'));
        const read = next(seen, {
          from: kubelet,
          to: API,
          class: 'request',
          where: ({ detail }) => /\/configmaps[/?].*kube-root-ca\.crt/.test(String(detail?.['path'])),
        });
        const cri = (verb: string): Wanted => ({ from: kubelet, to: runtime, class: 'cri', verb, object });
        // Whichever of the two was answered last.
        const sandbox = next(seen, cri('RunPodSandbox'));
        expect(chainOf(sandbox).some((entry) => entry === token || entry === read)).toBe(true);
        const steps = story(sandbox, [
          { from: runtime, to: `cni/${node}`, class: 'cni', verb: 'ADD' },
          { from: `cni/${node}`, to: runtime, class: 'cni', verb: 'ADD' },
          cri('PullImage'),
          cri('CreateContainer'),
          cri('StartContainer'),
          { ...self(kubelet, 'PLEG'), object },
        ]);
        expect(steps[1]!.detail?.['ip']).toMatch(/^10\.244\./);
      }
      // No volume needs a driver of its own: message 29 is in the story of a claim, below.
      expect(entries.filter(({ class: kind }) => kind === 'csi')).toEqual([]);
    });

    it('35-37: it reports that the Pod runs, not ready until its probe succeeds', () => {
      for (const name of podNames) {
        const [object, node] = [`Pod/shop/${name}`, nodeOf(name)];
        const kubelet = `kubelet/${node}`;
        const patch = request(kubelet, 'PATCH', `/api/v1/namespaces/shop/pods/${name}/status`);
        const conditions = (entry: TraceEntry, type: string): string | undefined =>
          stringAt(findCondition(conditionsOf(entry.body as KubernetesObject), type), 'status');
        const pull = next(stored(name), { from: kubelet, class: 'cri', verb: 'StartContainer', object });
        const running = next(pull, {
          ...patch,
          where: (entry) => stringAt(entry.body, 'status', 'phase') === 'Running',
        });
        expect(stringAt(running.body, 'status', 'podIP')).toMatch(/^10\.244\./);
        // A patch carries what changed: both were false before.
        expect([conditions(running, 'ContainersReady'), conditions(running, 'Ready')]).not.toContain('True');
        // Asked at once, the process does not listen yet; asked again, it does.
        const early = next(pull, { class: 'probe', verb: 'Readiness', object });
        expect(early.detail).toMatchObject({ result: 'failure' });
        const probe = next(early, { class: 'probe', verb: 'Readiness', object });
        expect(probe.detail).toMatchObject({ result: 'success' });
        const [asked, ready] = story(probe, [request(kubelet, 'GET', `/api/v1/namespaces/shop/pods/${name}`), patch]);
        expect(asked!.seq).toBeLessThan(ready!.seq);
        expect([conditions(ready!, 'ContainersReady'), conditions(ready!, 'Ready')]).toEqual(['True', 'True']);
      }
    });

    it('38-39: ReplicaSet and Deployment count what is ready, and the rollout ends', () => {
      const counts = (controller: string, path: RegExp, field: string): readonly (number | undefined)[] =>
        entries
          .filter((entry) => entry.from === controller && path.test(String(entry.detail?.['path'])))
          .map((entry) => numberAt(entry.body, 'status', field) ?? 0);
      const ready = counts('replicaset-controller', /\/replicasets\/web-\w+\/status$/, 'readyReplicas');
      expect(ready).toEqual(ready.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
      expect(ready.at(-1)).toBe(3);
      for (const count of [1, 2, 3]) {
        const told = entries.find(
          (entry) =>
            entry.from === 'replicaset-controller' &&
            entry.verb === 'PUT' &&
            (numberAt(entry.body, 'status', 'readyReplicas') ?? 0) >= count,
        )!;
        const led = chainOf(told);
        expect(led.find(({ to }) => to === MANAGER)).toMatchObject({ verb: 'MODIFIED' });
        expect(led.some(({ class: kind, detail }) => kind === 'probe' && detail?.['result'] === 'success')).toBe(true);
        expect(led).toContain(kubectl);
      }
      const last = entries.findLast((entry) =>
        fits(entry, request('deployment-controller', 'PUT', `${PATH}/deployments/web/status`)),
      )!;
      const reasons = ['Available', 'Progressing'].map((type) => {
        const condition = findCondition(conditionsOf(last.body as KubernetesObject), type);
        return [stringAt(condition, 'status'), stringAt(condition, 'reason')];
      });
      expect(reasons).toEqual([
        ['True', 'MinimumReplicasAvailable'],
        ['True', 'NewReplicaSetAvailable'],
      ]);
      expect(numberAt(last.body, 'status', 'availableReplicas')).toBe(3);
      const verbs = chainOf(last).map(({ from, to, verb }) => `${from} ${verb} ${to}`);
      expect(verbs).toContain(`${API} MODIFIED ${MANAGER}`);
      expect(chainOf(last)).toContain(kubectl);
    });
  });

  describe('chapter 9: traffic', () => {
    const slices = (): readonly TraceEntry[] =>
      entries.filter(
        ({ from, verb, object }) =>
          from === 'endpointslice-controller' &&
          verb === 'PUT' &&
          object?.startsWith('EndpointSlice/shop/web-') === true,
      );
    const readiness = (entry: TraceEntry): readonly unknown[] =>
      arrayAt(entry.body, 'endpoints').map((endpoint) => objectAt(endpoint, 'conditions')?.['ready']);

    it('40-41: the address of a Pod is told as not ready, then as ready', () => {
      const told = slices();
      for (const name of podNames) {
        const of = (entry: TraceEntry): unknown =>
          arrayAt(entry.body, 'endpoints').find((endpoint) => stringAt(endpoint, 'targetRef', 'name') === name);
        const own = told.filter((entry) => of(entry) !== undefined);
        const states = own.map((entry) => objectAt(of(entry), 'conditions')?.['ready']);
        expect([states[0], states.at(-1)]).toEqual([false, true]);
        const turned = own.find((entry) => objectAt(of(entry), 'conditions')?.['ready'] === true)!;
        expect(stringAt(of(turned), 'nodeName')).toBe(nodeOf(name));
        const led = chainOf(turned);
        expect(led).toContain(kubectl);
        expect(
          led.some(
            ({ to, verb, object }) => to === MANAGER && verb === 'MODIFIED' && object?.startsWith('Pod/') === true,
          ),
        ).toBe(true);
      }
      expect(readiness(told.at(-1)!)).toEqual([true, true, true]);
    });

    it('41, the older object: the endpoints controller writes the same addresses, not ready and then ready', () => {
      const path = '/api/v1/namespaces/shop/endpoints/web';
      const puts = entries.filter((entry) => fits(entry, request('endpoints-controller', 'PUT', path)));
      const addresses = (entry: TraceEntry, field: string): readonly unknown[] =>
        arrayAt(entry.body, 'subsets').flatMap((subset) =>
          arrayAt(subset, field).map((address) => stringAt(address, 'targetRef', 'name')),
        );
      for (const name of podNames) {
        const waiting = puts.find((entry) => addresses(entry, 'notReadyAddresses').includes(name))!;
        const ready = puts.find((entry) => addresses(entry, 'addresses').includes(name))!;
        expect(waiting.seq).toBeLessThan(ready.seq);
        for (const entry of [waiting, ready]) {
          const led = chainOf(entry);
          expect(led).toContain(kubectl);
          const told = led.find(({ to, class: kind }) => to === MANAGER && kind === 'watch');
          expect(told).toMatchObject({ from: API, verb: 'MODIFIED' });
          expect(told!.object).toMatch(/^(?:Pod|Endpoints)\/shop\/web/);
        }
        next(ready, {
          from: API,
          to: 'etcd-0',
          verb: 'Txn',
          where: (entry) => key(entry) === '/registry/services/endpoints/shop/web',
        });
      }
      expect(addresses(puts.at(-1)!, 'addresses').toSorted()).toEqual(podNames.toSorted());
    });

    it('42-43: kube-proxy of every Node hears of it and writes rules: one of three, one of two, the rest', () => {
      const last = slices().at(-1)!;
      for (const node of ['cp-1', 'w1', 'w2', 'w3']) {
        const heard = next(last, { from: API, to: `kube-proxy/${node}`, class: 'watch', verb: 'MODIFIED' });
        const written = next(heard, { from: `kube-proxy/${node}`, to: `linux/${node}`, verb: 'iptables-restore' });
        expect(written.detail?.['services']).toEqual(['shop/web']);
        const rules = cluster.rulesOf(node)!;
        const [, chain] = /-d 10\.96\.0\.20 --dport 80 -j (KUBE-SVC-\w+)/.exec(rules)!;
        const balanced = rules
          .split('\n')
          .filter((line) => line.startsWith(`-A ${chain} `) && line.includes('KUBE-SEP-'));
        const chances = balanced.map((line) => / --probability (\S+)/.exec(line)?.[1]);
        expect(chances).toEqual(['0.3333333333', '0.5000000000', undefined]);
      }
    });
  });

  it('takes as long as chance allows, and no message is lost or comes from nowhere', () => {
    for (const entry of entries) {
      expect(entry.cause).toBeLessThan(entry.seq);
      expect(entry.lostBecause).toBeUndefined();
    }
  });
});

describe('29, where a Pod has a claim', () => {
  const CLASS: KubernetesObject = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'ebs.csi.aws.com',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
  const CLAIM: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'shop' },
    spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  const template = objectAt(DEPLOYMENT, 'spec', 'template', 'spec') ?? {};
  const WITH_CLAIM: KubernetesObject = {
    ...DEPLOYMENT,
    spec: {
      ...objectAt(DEPLOYMENT, 'spec'),
      replicas: 1,
      template: {
        ...objectAt(DEPLOYMENT, 'spec', 'template'),
        spec: { ...template, volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] },
      },
    },
  };

  it('the volume is attached, then staged and published on the Node, and only then the Pod gets its sandbox', () => {
    cluster = Cluster.create({ seed: 1, kinds, drivers: [{ name: 'ebs.csi.aws.com' }] });
    cluster.runUntil(5000);
    cluster.kubectl('apply -f shop.yaml', { 'shop.yaml': [SHOP, CLASS, CLAIM] });
    cluster.runUntil(10_000);
    const before = cluster.trace.length;
    cluster.kubectl('apply -f web.yaml', { 'web.yaml': [WITH_CLAIM] });
    cluster.runUntil(60_000);
    entries = cluster.trace.after(before);
    bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
    kubectl = entries.find(({ verb }) => verb === 'kubectl')!;
    const node = cluster.objects().flatMap((one) => (one.kind === 'Pod' ? [stringAt(one, 'spec', 'nodeName')] : []))[0];
    const ofDriver = (verb: string): Wanted => ({ from: `kubelet/${node}`, class: 'csi', verb });
    const binding = next(kubectl, {
      from: 'kube-scheduler',
      verb: 'POST',
      where: ({ object }) => object?.startsWith('Binding/') === true,
    });
    const attached = next(binding, { class: 'csi', verb: 'ControllerPublishVolume' });
    // The kubelet looks by itself whether the volume is attached by now.
    const [staged, published, sandbox] = story(binding, [
      ofDriver('NodeStageVolume'),
      ofDriver('NodePublishVolume'),
      { from: `kubelet/${node}`, class: 'cri', verb: 'RunPodSandbox' },
    ]);
    expect(attached.arrivesAtMs!).toBeLessThan(staged!.timeMs);
    expect(staged!.object).toBe(published!.object);
    const sandboxes = entries.filter(({ from, verb }) => from === `kubelet/${node}` && verb === 'RunPodSandbox');
    expect(sandboxes[0]).toBe(sandbox);
  });
});
