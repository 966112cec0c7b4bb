import { describe, expect, it } from 'vitest';
import { fileOf, inProcessSimulation, ran, rested } from '../testing/in-process.ts';
import type { Simulation } from '../simulation.ts';
import { readKeptRun } from './kept-run.ts';

const WEB = `# The shop's front.
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: blue}\n';
const FILES = [fileOf(WEB), fileOf(CONFIG, 'settings.yaml')];

/** The script of the branch that is shown, and the design that it carries. */
async function keptOf(simulation: Simulation) {
  const script = await simulation.ask('script', { title: 'web' });
  if (script === undefined) throw new Error('no answer');
  const { design } = readKeptRun(script).script;
  return { script, files: design.map(({ path, text }) => fileOf(text, path)) };
}

/** Plays a kept run again in a simulation of its own. */
async function again(kept: { readonly script: string; readonly files: Parameters<Simulation['start']>[0] }) {
  const simulation = inProcessSimulation();
  const branch = await ran(simulation, kept.files, { seed: 99, workers: 1, script: kept.script });
  return { simulation, branch };
}

/** Seq of the first step of a branch of some verb and object. */
function seqOf(simulation: Simulation, verb: string, object: RegExp): number {
  const { branches, branch } = simulation.store.getState();
  return branches[branch]!.entries.find((entry) => entry.verb === verb && object.test(entry.object ?? ''))!.seq;
}

// Several runs a test, on machines that have other work too.
describe('a kept run', { timeout: 180_000 }, () => {
  it('of a design that was only watched comes to the same hash again, from its own files, seed and Nodes', async () => {
    const first = inProcessSimulation();
    const { hash, length } = await ran(first, FILES, { seed: 7, workers: 2 });
    const kept = await keptOf(first);
    expect(kept.script).toContain("# The shop's front.");
    expect(kept.script).toContain('name: web\n');
    const { simulation, branch } = await again(kept);
    expect(branch).toMatchObject({ hash, length });
    expect(simulation.store.getState()).toMatchObject({ keptHash: hash, options: { seed: 7, workers: 2 } });
  });

  it('has the network that was chosen for it, and says so when it is played again', async () => {
    const first = inProcessSimulation();
    const network = { proxyMode: 'nftables', ipFamilies: ['IPv6', 'IPv4'], podNetwork: 'overlay' } as const;
    const { hash } = await ran(first, FILES, { seed: 7, workers: 2, network });
    const kept = await keptOf(first);
    expect(kept.script).toContain('podNetwork: overlay');
    const { simulation, branch } = await again(kept);
    expect(branch.hash).toBe(hash);
    expect(simulation.store.getState().options.network).toEqual(network);
  });

  it('has everything that was done in it: kubectl, faults, requests, changes of the design, waits', async () => {
    const first = inProcessSimulation();
    await ran(first, FILES);
    first.kubectl('scale deployment web --replicas=5');
    await rested(first);
    first.fault({ fault: 'node-failure', target: 'w2', forMs: 90_000 });
    await rested(first);
    first.request({ from: 'Node//w1', to: 'web.default.svc', port: 80, protocol: 'tcp', path: '/', timeoutMs: 5000 });
    await rested(first);
    first.apply([fileOf(WEB.replace('nginx:1.27', 'nginx:1.28')), fileOf('', 'settings.yaml')]);
    await rested(first);
    first.wait(60_000);
    const { hash } = await rested(first);
    const kept = await keptOf(first);
    for (const word of [
      'scale deployment web',
      'node-failure',
      'Node//w2',
      'for: 1m30s',
      'request:',
      'nginx:1.28',
      'delete -f',
    ])
      expect(kept.script).toContain(word);
    expect((await again(kept)).branch.hash).toBe(hash);
  });

  it('may be a branch that began anywhere in the past, also while the design was being applied', async () => {
    const first = inProcessSimulation();
    await ran(first, FILES);
    const parting = [
      ['POST', /^Deployment\//],
      ['SCHEDULE', /^Pod\/default\/web/],
      ['RunPodSandbox', /^Pod\/default\/web/],
    ] as const;
    for (const [verb, object] of parting) {
      first.showBranch(0);
      first.goTo(seqOf(first, verb, object));
      first.fault({ fault: 'scheduler-stop', forMs: 20_000 });
      const { hash, parent } = await rested(first);
      expect(parent).toBe(0);
      expect((await again(await keptOf(first))).branch.hash).toBe(hash);
    }
    // Its own past is still the same.
    first.showBranch(0);
    expect((await again(await keptOf(first))).branch.hash).toBe(first.store.getState().branches[0]!.hash);
  });

  it('goes on with the rest of the design in a branch that begins before all of it is applied', async () => {
    const first = inProcessSimulation();
    await ran(first, FILES);
    first.goTo(seqOf(first, 'POST', /^Deployment\//));
    first.fault({ fault: 'node-partition', target: 'w1' });
    await rested(first);
    const { objects } = (await first.ask('troubles', {}, { branch: 1, seq: 1_000_000 }))!;
    expect(objects).toContain('Service/default/web');
  });

  it('is the same cluster at every step, forwards and backwards', async () => {
    const simulation = inProcessSimulation();
    const { length } = await ran(simulation, [fileOf(CONFIG)]);
    const seqs = Array.from({ length: 24 }, (_, at) => length - at * 5).reverse();
    const hashAt = async (seq: number) => (await simulation.ask('stateHash', {}, { branch: 0, seq }))?.hash;
    const hashes: (string | undefined)[] = [];
    for (const seq of seqs) hashes.push(await hashAt(seq));
    for (const [at, seq] of [...seqs.entries()].reverse()) expect(await hashAt(seq)).toBe(hashes[at]);
    expect(new Set(hashes).size).toBeGreaterThan(5);
  });

  it('says where a script cannot be played', () => {
    expect(() => readKeptRun('kind: Nothing')).toThrow('no Script');
    const wrong = 'apiVersion: drydock.dev/v1\nkind: Script\nsteps:\n- {at: 1s, fault: meteor}\n';
    expect(() => readKeptRun(wrong)).toThrow('steps[0].fault: script.unknownFault');
  });
});
