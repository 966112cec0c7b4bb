import { expect, it } from 'vitest';
import { captionOf } from './caption.ts';
import { fileOf, inProcessSimulation, ran, rested } from './testing/in-process.ts';

const WEB = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: "nginx:1", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

it('a request that is sent in the past begins a branch there, and every one of its packets is told', async () => {
  const simulation = inProcessSimulation();
  const { length: ready } = await ran(simulation, [fileOf(WEB)]);
  simulation.goTo(ready);
  simulation.kubectl('run later --image=nginx:1');
  const first = await rested(simulation);
  simulation.goTo(ready);
  const [from, to] = ['Pod/default/web', 'web.default.svc.cluster.local'];
  simulation.request({ from, to, port: 80, protocol: 'tcp', path: '/', timeoutMs: 5000 });
  const branch = await rested(simulation);
  const packets = branch.entries.slice(ready).filter((entry) => entry.class === 'packet');
  expect(packets.every(({ level }) => level === 0)).toBe(true);
  const told = packets.map((entry) => captionOf(entry));
  expect(told[0]).toMatchObject({ id: 'sendRequest', params: { fact: `${from} → ${to}:80` } });
  expect(told.map(({ id }) => id).slice(1, 4)).toEqual(['connect', 'carry', 'askDns']);
  expect(told.map(({ id }) => id)).not.toContain('other');
  expect(told.map(({ id }) => id)).toEqual(expect.arrayContaining(['dnsAnswer', 'serve', 'wayBack']));
  expect(told.at(-1)).toMatchObject({ id: 'requestAnswered', params: { verb: '200', fact: `${to}:80` } });
  expect(branch.parent).toBe(0);
  expect(branch.shared).toBeLessThan(first.length);
  expect(packets[0]!.seq).toBeGreaterThan(branch.shared);
});
