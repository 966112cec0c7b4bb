import { describe, expect, it } from 'vitest';
import { arrayAt, numberAt, stringAt, valueAt } from '../../base/json.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { BranchState, Simulation } from './simulation.ts';
import { fileOf, inProcessSimulation, ran, rested } from './testing/in-process.ts';

const SERVICE = `---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const web = (replicas: number, image = 'nginx:1', labels = '{tier: front}') =>
  fileOf(`apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: ${labels}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "${image}"}]}
${SERVICE}`);

async function edited(simulation: Simulation, files: Parameters<Simulation['apply']>[0]): Promise<BranchState> {
  simulation.goTo(simulation.store.getState().branches[0]!.length);
  simulation.apply(files);
  return rested(simulation);
}

async function deployment(simulation: Simulation, seq: number): Promise<KubernetesObject> {
  const objects = (await simulation.ask('objects', {}, { branch: 0, seq })) ?? [];
  return objects.find(({ kind }) => kind === 'Deployment')!;
}

describe('an edit of the design while a run is open', () => {
  it('is applied server-side, and fields that have left the design leave the cluster', async () => {
    const simulation = inProcessSimulation();
    await ran(simulation, [web(1)]);
    const first = await edited(simulation, [web(2, 'nginx:2', '{}')]);
    expect(first.terminal.at(-1)).toMatchObject({
      line: 'apply --server-side -f web.yaml',
      stdout: 'deployment.apps/web serverside-applied\n',
      stderr: '',
    });
    const object = await deployment(simulation, first.length);
    expect(numberAt(object, 'spec', 'replicas')).toBe(2);
    expect(valueAt(object, 'metadata', 'labels', 'tier')).toBeUndefined();
    const managers = arrayAt(object, 'metadata', 'managedFields').map((entry) => stringAt(entry, 'manager'));
    expect(managers).toContain('kubectl');
    expect(managers).not.toContain('kubectl-client-side-apply');
    // From then on one request is enough.
    const second = await edited(simulation, [web(3, 'nginx:2', '{}')]);
    const writes = second.entries
      .slice(first.length)
      .filter(({ from, verb }) => from === 'kubectl' && verb === 'PATCH');
    expect(writes).toHaveLength(1);
    expect(numberAt(await deployment(simulation, second.length), 'spec', 'replicas')).toBe(3);
    // Applied by the client again, kubectl finds what was applied last, and writes it down its own way.
    simulation.goTo(second.length);
    simulation.kubectl('apply -f web.yaml');
    const third = await rested(simulation);
    expect(third.terminal.at(-1)).toMatchObject({
      stdout: 'deployment.apps/web configured\nservice/web unchanged\n',
      stderr: '',
    });
  });

  it('is refused where it changes what somebody else has set, in the server’s words for the field', async () => {
    const simulation = inProcessSimulation();
    const begun = await ran(simulation, [web(1)]);
    simulation.goTo(begun.length);
    simulation.kubectl('scale deployment web --replicas=4');
    await rested(simulation);
    const branch = await edited(simulation, [web(2)]);
    expect(branch.verdicts.at(-1)).toMatchObject({
      object: 'Deployment/default/web',
      refusal: {
        code: 409,
        reason: 'Conflict',
        causes: [
          { field: '.spec.replicas', message: 'conflict with "kubectl" with subresource "scale" using apps/v1' },
        ],
      },
    });
    expect(numberAt(await deployment(simulation, branch.length), 'spec', 'replicas')).toBe(4);
    // What nobody disputes goes through once the design says what the cluster has.
    const next = await edited(simulation, [web(4, 'nginx:2')]);
    expect(next.verdicts.at(-1)!.refusal).toBeUndefined();
  });

  it('is a deletion where a card is gone', async () => {
    const simulation = inProcessSimulation();
    await ran(simulation, [web(1)]);
    const branch = await edited(simulation, [fileOf(SERVICE)]);
    expect(branch.terminal.at(-1)!.stdout).toBe('deployment.apps "web" deleted from default namespace\n');
    expect(await deployment(simulation, branch.length)).toBeUndefined();
  });
});
