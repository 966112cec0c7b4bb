import { beforeAll, describe, expect, it } from 'vitest';
import { preloadKinds } from '../../simulator/testing/built-in-kinds.ts';
import { captionOf } from './caption.ts';
import { fileOf, inProcessSimulation, ran, rested } from './testing/in-process.ts';

beforeAll(preloadKinds);

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const SERVICE = { object: 'Service/default/web', from: 'Node//w1', port: 80 };

async function begun() {
  const simulation = inProcessSimulation();
  const branch = await ran(simulation, [fileOf(WEB)]);
  return { simulation, branch };
}
type Simulation = Awaited<ReturnType<typeof begun>>['simulation'];

const shown = (simulation: Simulation) => {
  const { branches, branch } = simulation.store.getState();
  return branches[branch]!;
};
const lastTold = (simulation: Simulation) => shown(simulation).entries.findLast(({ level }) => level === 0)!;
const settledSeq = (simulation: Simulation) =>
  shown(simulation).milestones.findLast(({ type }) => type === 'settled')!.seq;

describe('where a run has settled', () => {
  it('is the last step of the story, and every kernel has its rules there', async () => {
    const { simulation } = await begun();
    const { seq } = lastTold(simulation);
    expect(settledSeq(simulation)).toBe(seq);
    const ways = await simulation.ask('ways', SERVICE, { branch: 0, seq });
    expect(ways?.behind).toBeUndefined();
    expect(ways?.to?.paths.map(({ of, end }) => [of, end.type])).toEqual(Array(3).fill([3, 'answered']));
  });

  it('is told before the rules are there as well: endpoints first, then rules', async () => {
    const { simulation, branch } = await begun();
    const written = branch.entries.findLast(({ verb, fact }) => verb === 'Txn' && /endpointslices/.test(fact ?? ''))!;
    const ready = branch.entries.find(
      ({ verb, from, object }) => verb === 'PATCH' && from.startsWith('kubelet/') && object?.startsWith('Pod/default/'),
    )!;
    const at = async (seq: number) => {
      const why = await simulation.ask('why', { object: SERVICE.object }, { branch: 0, seq });
      return why?.diagnosis?.id;
    };
    const seen = new Set<string | undefined>();
    for (let seq = ready.seq; seq <= written.seq + 2; seq += 3) seen.add(await at(seq));
    expect(seen).toContain('notWrittenYet');
    const ways = await simulation.ask('ways', SERVICE, { branch: 0, seq: written.seq + 8 });
    expect(ways?.behind).toBe('w1');
  });

  it('knows how a request fared', async () => {
    const { simulation } = await begun();
    const [from, to] = ['Node//w1', 'web.default.svc.cluster.local'];
    simulation.goTo(lastTold(simulation).seq);
    simulation.request({ from, to, port: 80, protocol: 'tcp', path: '/', timeoutMs: 5000 });
    await rested(simulation);
    const { seq } = lastTold(simulation);
    expect(settledSeq(simulation)).toBe(seq);
    const requests = await simulation.ask('requests', {}, { branch: 0, seq });
    expect(requests?.map(({ count }) => count?.sent)).toEqual([1]);
    expect(Object.keys(requests?.[0]?.count?.results ?? {})).toHaveLength(1);
  });

  it('comes after a lost Node is felt, and its Pods are elsewhere', async () => {
    const { simulation } = await begun();
    const before = lastTold(simulation);
    simulation.goTo(before.seq);
    simulation.fault({ fault: 'node-failure', target: 'w2' });
    await rested(simulation);
    const { milestones, entries } = shown(simulation);
    const types = milestones.filter(({ seq }) => seq > before.seq).map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['fault', 'nodeNotReady']);
    expect(types.at(-1)).toBe('settled');
    const fault = entries.find(({ class: kind }) => kind === 'fault')!;
    const [lost] = milestones.filter(({ type }) => type === 'nodeNotReady');
    expect(lost!.timeMs - fault.timeMs).toBeGreaterThan(39_000);
    expect(lost!.timeMs - fault.timeMs).toBeLessThan(66_000);
    const frame = await simulation.ask('frame', {}, { branch: 0, seq: lastTold(simulation).seq });
    const ready = frame!.nodes.flatMap(({ name, pods }) => pods.map(({ state }) => `${name} ${state}`));
    expect(ready.filter((pod) => /w[13] ready/.test(pod))).toHaveLength(3);
  });

  it('comes no sooner than a fault could be felt where nothing follows from it', async () => {
    const { simulation } = await begun();
    simulation.goTo(lastTold(simulation).seq);
    simulation.fault({ fault: 'scheduler-stop' });
    const branch = await rested(simulation);
    const fault = branch.entries.findLast(({ class: kind }) => kind === 'fault')!;
    expect(branch.timeMs - fault.timeMs).toBeGreaterThanOrEqual(64_000);
    expect(lastTold(simulation).seq).toBe(settledSeq(simulation));
  });
});

it('does not take for news what machines are told again of NetworkPolicies', async () => {
  const policy = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{}]}
`;
  const simulation = inProcessSimulation();
  const { entries } = await ran(simulation, [fileOf(WEB + policy)]);
  const told = entries.filter(({ from }) => from === 'network-policy-controller');
  const shownAs = new Set(told.filter(({ class: kind }) => kind === 'cni').map((entry) => captionOf(entry).id));
  expect([...shownAs]).toEqual(['tellPolicies']);
  const { seq, timeMs } = lastTold(simulation);
  expect(settledSeq(simulation)).toBe(seq);
  // The first time it is news; half a minute later it is not.
  expect(timeMs).toBeLessThan(10_000);
  expect(told.at(-1)!.timeMs).toBeGreaterThan(timeMs + 10_000);
});

it('does not take for news that an autoscaler asks for metrics again and again', async () => {
  const autoscaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 5
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
`;
  const simulation = inProcessSimulation();
  const requesting = WEB.replace('ports:', 'resources: {requests: {cpu: 100m}}, ports:');
  const { entries } = await ran(simulation, [fileOf(requesting + autoscaler)]);
  const polls = entries.filter(({ to, class: kind }) => to === 'metrics-server' && kind === 'request');
  expect(polls.length).toBeGreaterThan(1);
  expect(captionOf(polls[0]!)).toMatchObject({ id: 'readPath', params: { whom: 'metrics-server' } });
  const { from, to } = lastTold(simulation);
  expect([from, to]).not.toContain('metrics-server');
});
