import { expect, it } from 'vitest';
import type { LogEntry } from '../simulation.ts';
import { fileOf, inProcessSimulation, ran, rested } from '../testing/in-process.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

it(
  'puts two branches beside each other: where they part, what differs, and the figures',
  { timeout: 180_000 },
  async () => {
    const simulation = inProcessSimulation();
    const main = await ran(simulation, [fileOf(WEB)]);
    const parting = main.entries.find(({ verb }) => verb === 'StartContainer')!.seq;
    simulation.goTo(parting);
    simulation.fault({ fault: 'node-failure', target: 'w1' });
    const { shared } = await rested(simulation);
    simulation.renameBranch(1, ' w1 dies ');
    expect(simulation.store.getState().branches[1]!.title).toBe('w1 dies');

    const atEnd = { branch: 1, seq: simulation.store.getState().branches[1]!.length };
    const comparison = (await simulation.ask('comparison', { other: 0 }, atEnd))!;
    // The fault is the first step that the other branch has not.
    expect(comparison.firstDifference).toBe(shared + 1);
    expect(simulation.store.getState().branches[1]!.entries[shared]).toMatchObject({
      class: 'fault',
      verb: 'node-failure',
    });
    const figures = new Map(comparison.figures.map(({ id, left, right }) => [id, [left, right]]));
    expect(figures.get('readyNodes')).toEqual([3, 4]);
    expect(comparison.objects).toContainEqual({
      object: 'Node//w1',
      is: 'changed',
      left: 'Ready=Unknown',
      right: 'Ready=True',
    });
    expect(comparison.objects.some(({ object, is }) => object.startsWith('Pod/default/web') && is !== 'changed')).toBe(
      true,
    );

    // A branch is the same as itself.
    const same = (await simulation.ask('comparison', { other: 1 }, atEnd))!;
    expect(same).toMatchObject({ firstDifference: undefined, objects: [], more: 0 });

    simulation.deleteBranch(1);
    const { branches, branch } = simulation.store.getState();
    expect([branch, branches[1]!.isDeleted, branches[0]!.isDeleted]).toEqual([0, true, false]);
  },
);

it(
  'says where a request to a Service would go, by which rules, and how it fared when it is sent',
  { timeout: 180_000 },
  async () => {
    const simulation = inProcessSimulation();
    const { length } = await ran(simulation, [fileOf(WEB)]);
    const end = { branch: 0, seq: length };
    const why = (await simulation.ask('why', { object: 'Service/default/web' }, end))!;
    expect(why).toMatchObject({ diagnosis: undefined, service: { ports: [80] } });
    expect(why.service!.senders).toEqual(expect.arrayContaining(['Node//w1', 'outside']));
    const ask = { object: 'Service/default/web', from: 'Node//w1', port: 80 };
    const ways = (await simulation.ask('ways', ask, end))!;
    expect(ways.endpoints.filter(({ ready }) => ready)).toHaveLength(3);
    expect(ways.to!.paths.map(({ of }) => of)).toEqual([3, 3, 3]);
    expect(ways.rules.join('\n')).toMatch(/--probability 0\.3333333333[^]*--probability 0\.5000000000/);
    expect(ways.rules.every((rule) => rule.includes('default/web'))).toBe(true);

    simulation.goTo(length);
    simulation.request({
      from: 'Node//w1',
      to: 'web.default.svc.cluster.local',
      port: 80,
      protocol: 'tcp',
      path: '/',
      timeoutMs: 5000,
    });
    const after = await rested(simulation);
    const [sent] = (await simulation.ask('requests', {}, { branch: 0, seq: after.length }))!;
    expect(sent!.count).toMatchObject({ sent: 1 });
  },
);

function isWebPod({ object }: LogEntry): boolean {
  return object?.startsWith('Pod/default/web') === true;
}

it('shows what a step changes, beside what was there', { timeout: 180_000 }, async () => {
  const simulation = inProcessSimulation();
  const { entries } = await ran(simulation, [fileOf(WEB)]);
  const change = (fits: (entry: LogEntry) => boolean) =>
    simulation.ask('change', {}, { branch: 0, seq: entries.find(fits)!.seq });
  const made = await change(({ verb, object }) => verb === 'POST' && object === 'Deployment/default/web');
  expect(made).toMatchObject({ before: undefined, after: { kind: 'Deployment', spec: { replicas: 3 } } });
  const bound = await change(({ fact }) => fact === 'binding');
  expect(bound!.before!['spec']).not.toHaveProperty('nodeName');
  expect(bound!.after!['spec']).toHaveProperty('nodeName');
  const status = await change((entry) => entry.verb === 'PATCH' && isWebPod(entry) && entry.from.startsWith('kubelet'));
  expect(status!.before!['metadata']).toMatchObject({ name: expect.stringContaining('web-') });
  const heard = await change((entry) => entry.verb === 'MODIFIED' && isWebPod(entry));
  expect(heard!.after!['spec']).toHaveProperty('nodeName');
  expect(await change(({ verb }) => verb === 'SCHEDULE')).toBeUndefined();
});
