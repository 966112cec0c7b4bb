import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drydock } from './testing/run-in.ts';

const WEB = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web, namespace: default}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx, resources: {requests: {cpu: "2"}}}]}
`;

interface Result {
  readonly settled: boolean;
  readonly traceHash: string;
  readonly objects: readonly { readonly kind: string; readonly spec?: { readonly nodeName?: string } }[];
  readonly events: readonly { readonly reason: string; readonly message: string }[];
}

async function simulated(...args: readonly string[]): Promise<Result & { readonly code: number }> {
  const { code, output } = await drydock(['simulate', ...args, '-'], { input: WEB });
  return { code, ...(JSON.parse(output) as Result) };
}

describe('drydock simulate', () => {
  it('runs the Pods on the Nodes that have room', async () => {
    const { code, settled, objects } = await simulated('--nodes', '2');
    expect({ code, settled }).toEqual({ code: 0, settled: true });
    const places = objects.filter(({ kind }) => kind === 'Pod').map(({ spec }) => spec?.nodeName);
    expect(places.sort()).toEqual(['w1', 'w1', 'w2', 'w2']);
  });

  it('says in Kubernetes’ words why a Pod waits', async () => {
    const { events } = await simulated('--nodes', '1');
    const failed = events.find(({ reason }) => reason === 'FailedScheduling');
    expect(failed?.message).toContain(
      '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).',
    );
  });

  it('gives the same trace for the same seed and another for another', async () => {
    const [first, again, other] = [await simulated(), await simulated(), await simulated('--seed', '2')];
    expect(again.traceHash).toBe(first.traceHash);
    expect(other.traceHash).not.toBe(first.traceHash);
  });

  it('writes the trace, one entry a line', async () => {
    const { output } = await drydock(['simulate', '-o', 'trace', '-'], { input: WEB });
    const entries = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly seq: number; readonly cause: number; readonly timeMs: number });
    expect(entries.length).toBeGreaterThan(200);
    for (const [index, { seq, cause }] of entries.entries()) {
      expect(seq).toBe(index + 1);
      expect(cause).toBeLessThan(seq);
    }
  });

  it('tells a run as a story: events, then kubectl’s tables', async () => {
    const { code, output } = await drydock(['simulate', '-o', 'text', '-'], { input: WEB });
    expect(code).toBe(0);
    expect(output).toMatch(/ReplicaSet\/web {2}SuccessfulCreate: Created pod: web-/);
    expect(output).toMatch(/default +replicaset\.apps\/web +4 +4 +4 /);
  });

  it('refuses what kubectl cannot apply, and says so in its words', async () => {
    const { code, said } = await drydock(['simulate', '-'], {
      input: 'apiVersion: x.example/v1\nkind: Widget\nmetadata: {name: w}\n',
    });
    expect(code).toBe(1);
    expect(said.join()).toContain('no matches for kind "Widget" in version "x.example/v1"');
  });

  it('plays a script with behaviours, options and faults', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const script = join(folder, 'script.yaml');
    await writeFile(
      script,
      `
apiVersion: drydock.dev/v1
kind: Script
options: {authorization: AlwaysAllow}
behaviours:
- match: {labels: {app: web}}
  crashAfter: 1s
  exitCode: 7
steps:
- {at: 20s, fault: node-join, target: Node//big, cpu: "64"}
`,
    );
    const { code, objects, events } = await simulated('--nodes', '2', '--script', script, '--until', '3m');
    await rm(folder, { recursive: true });
    expect(code).toBe(0);
    expect(
      events.some(({ reason, message }) => reason === 'BackOff' && message.startsWith('Back-off restarting')),
    ).toBe(true);
    expect(JSON.stringify(objects)).toContain('"exitCode":7');
    expect(objects.filter(({ kind }) => kind === 'Node')).toHaveLength(4);
  });

  it('plays with addresses of other families and another network between Pods', async () => {
    const flags = ['--ip-families', 'IPv6,IPv4', '--pod-network', 'overlay', '--until', '1m'];
    const { code, objects } = await simulated('--nodes', '1', ...flags);
    expect(code).toBe(0);
    const node = objects.find(({ kind }) => kind === 'Node');
    expect(JSON.stringify(node)).toContain('"podCIDRs":["fd00:10:244::/64","10.244.0.0/24"]');
    for (const [flag, value, known] of [
      ['--ip-families', 'IPv5', 'IPv4, IPv6'],
      ['--ip-families', 'IPv4,IPv4', 'IPv4, IPv6'],
      ['--pod-network', 'mesh', 'bridge, overlay, routed'],
    ] as const) {
      const { code: refused, said } = await drydock(['simulate', flag, value, '-'], { input: WEB });
      expect(refused).toBe(2);
      expect(said.join()).toContain(`${flag} ${value} (${known})`);
    }
  });

  it('plays with a kube-proxy of another mode, and knows no other', async () => {
    const { code, events } = await simulated('--nodes', '1', '--proxy-mode', 'ipvs', '--until', '1m');
    expect(code).toBe(0);
    expect(events.some(({ reason }) => reason === 'IPVSDeprecation')).toBe(true);
    const { code: refused, said } = await drydock(['simulate', '--proxy-mode', 'userspace', '-'], { input: WEB });
    expect(refused).toBe(2);
    expect(said.join()).toContain('--proxy-mode userspace (iptables, nftables, ipvs)');
  });

  it('leaves a script with a sweep to the command that runs it many times', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const script = join(folder, 'script.yaml');
    await writeFile(script, 'apiVersion: drydock.dev/v1\nkind: Script\nsweep: {seeds: [1, 2]}\n');
    const { code, said } = await drydock(['simulate', '--script', script, '-'], { input: WEB });
    expect(code).toBe(2);
    expect(said[0]).toContain(`drydock experiment ${script}`);
    await rm(folder, { recursive: true });
  });
});
