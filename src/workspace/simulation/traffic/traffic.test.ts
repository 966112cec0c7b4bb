import { describe, expect, it } from 'vitest';
import type { TrafficOrder } from '../../../simulator/network/traffic.ts';
import { readKeptRun } from '../keep/kept-run.ts';
import type { Simulation } from '../simulation.ts';
import { fileOf, inProcessSimulation, ran, rested } from '../testing/in-process.ts';

const web = (container = '') =>
  fileOf(`apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 8080}]${container}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`);

/** The new version listens after six seconds only. */
const SLOW = `apiVersion: drydock.dev/v1
kind: Script
metadata: {name: slow}
behaviours:
- {match: {image: "web:2"}, start: 6s}
`;
const PROBED =
  ', readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}, lifecycle: {preStop: {sleep: {seconds: 5}}}';

const SHOPPERS: TrafficOrder = {
  name: 'shoppers',
  from: 'Node//w1',
  to: 'Service/default/web',
  port: 80,
  protocol: 'tcp',
  path: '/',
  timeoutMs: 5000,
  rate: 20,
};

/** A rollout of the slow version beneath requests that go on. */
async function rollout(container?: string): Promise<Simulation> {
  const simulation = inProcessSimulation();
  const { length } = await ran(simulation, [web(container)], { seed: 1, workers: 3, script: SLOW });
  simulation.goTo(length);
  simulation.request(SHOPPERS);
  simulation.goTo((await rested(simulation)).length);
  simulation.kubectl('set image deployment/web web=web:2');
  simulation.goTo((await rested(simulation)).length);
  return simulation;
}

async function traffic(simulation: Simulation, seq?: number) {
  const { branch, seq: shown } = simulation.store.getState();
  const at = { branch, seq: seq ?? shown };
  const { rows } = (await simulation.ask('traffic', {}, at))!;
  const token = rows[0]?.token;
  return (await simulation.ask('traffic', token === undefined ? {} : { token }, at))!;
}

// Several runs a test, on machines that have other work too.
describe('a rollout beneath requests', { timeout: 180_000 }, () => {
  it('loses some where no probe waits for the new Pods, in the seconds of the rollout and no others', async () => {
    const simulation = await rollout();
    const { rows, series } = await traffic(simulation);
    const [row] = rows;
    expect(row).toMatchObject({ order: { ...SHOPPERS, to: expect.stringMatching(/^10\./) }, endsMs: undefined });
    const { sent, ok, waiting, results } = row!.count;
    expect(sent).toBeGreaterThan(1000);
    expect(results['refused']).toBeGreaterThan(50);
    const failing = series.filter(({ failed }) => failed > 0);
    expect(failing.reduce((sum, { failed }) => sum + failed, 0)).toBe(sent - ok - waiting);
    const { entries } = simulation.store.getState().branches[0]!;
    const patch = entries.findLast(({ from, verb }) => from === 'kubectl' && verb === 'PATCH')!;
    const patched = patch.timeMs / 1000;
    expect(failing[0]!.second).toBeGreaterThanOrEqual(Math.floor(patched));
    expect(failing.at(-1)!.second).toBeLessThan(patched + 40);
    // Before the rollout the ledger knows nothing of it.
    const before = await traffic(simulation, patch.seq);
    expect(before.rows[0]!.count).toMatchObject({ results: { 200: before.rows[0]!.count.ok } });
    expect(before.timeMs).toBe(patch.timeMs);
    expect(before.series.at(-1)!.second).toBeLessThanOrEqual(patched);
  });

  it('loses none where a probe waits, and the old Pods serve until nobody is sent to them', async () => {
    const { rows } = await traffic(await rollout(PROBED));
    const [{ count }] = rows as [(typeof rows)[number]];
    expect(count.sent).toBeGreaterThan(1000);
    expect(count.results).toEqual({ 200: count.sent - count.waiting });
  });

  it('is told by what begins, what begins to fail and what ends, not by every packet', async () => {
    const simulation = await rollout();
    simulation.endRequests('shoppers');
    const { entries, settled } = await rested(simulation);
    expect(settled).toBe(true);
    const packets = entries.filter((entry) => entry.class === 'packet');
    const told = packets.filter(({ level }) => level === 0);
    expect(packets.length).toBeGreaterThan(5000);
    expect(told.length).toBeLessThan(60);
    const notes = told
      .filter(({ from, to }) => from === to)
      .map(({ verb, fact }) => [verb, fact?.replace(/10\.\S+:/, ':')]);
    expect(notes[0]).toEqual(['request', 'Node/w1 → :80']);
    expect(notes).toContainEqual(['requests fail', 'Node/w1 → :80 (refused)']);
    expect(notes.at(-1)![0]).toBe('requests ended');
    // Of what failed first, the whole way is told, and at the middle detail every failure.
    const fails = told.find(({ verb }) => verb === 'requests fail')!;
    expect(entries[fails.cause - 1]).toMatchObject({ verb: 'refused', level: 0 });
    expect(packets.filter(({ level }) => level === 1).every(({ verb }) => !(Number(verb) < 400))).toBe(true);
  });

  it('is kept with the run, what ends it too, and both come to the same hash again', async () => {
    const simulation = await rollout();
    simulation.endRequests('shoppers');
    const { hash } = await rested(simulation);
    const script = (await simulation.ask('script', { title: 'web' }))!;
    expect(script).toContain('endRequests: shoppers');
    expect(script).toMatch(/name: shoppers\n[^-]*to: Service\/default\/web/);
    const { design } = readKeptRun(script).script;
    const again = inProcessSimulation();
    const files = design.map(({ path, text }) => fileOf(text, path));
    expect((await ran(again, files, { seed: 5, workers: 1, script })).hash).toBe(hash);
  });

  it('ended in the past is a branch of its own', async () => {
    const simulation = await rollout();
    const { length, entries } = simulation.store.getState().branches[0]!;
    simulation.goTo(entries.findLast(({ from, verb }) => from === 'kubectl' && verb === 'PATCH')!.seq);
    simulation.endRequests('shoppers');
    const branch = await rested(simulation);
    expect([branch.parent, branch.act]).toEqual([0, { type: 'endRequests', name: 'shoppers' }]);
    const [ended] = (await traffic(simulation, branch.length)).rows;
    expect(ended!.endsMs).toBeDefined();
    expect(ended!.count.results).toEqual({ 200: ended!.count.sent });
    const other = await simulation.ask('traffic', {}, { branch: 0, seq: length });
    expect(other!.rows[0]!.count.sent).toBeGreaterThan(ended!.count.sent);
  });
});
