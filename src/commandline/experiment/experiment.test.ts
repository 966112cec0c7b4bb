import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, stringAt, stringMapAt } from '../../base/json.ts';
import type { ExperimentResult } from '../../experiment/result.ts';
import { readManifest } from '../../manifest/read.ts';
import { inFolder } from '../testing/in-folder.ts';
import { drydock } from '../testing/run-in.ts';

/** Of two CPUs each, two fit on a worker of four. */
const WEB = `apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27, resources: {requests: {cpu: 1900m}}}]}
`;
const TABLE = `apiVersion: drydock.dev/v1
kind: Script
metadata: {name: size}
until: 40s
sweep:
  seeds: [1, 2]
  parameters:
  - {name: replicas, object: ReplicaSet.apps/default/web, field: spec.replicas, values: [1, 5]}
  - {name: workers, script: topology.nodes, values: [1, 3]}
`;
const LEAST = `apiVersion: drydock.dev/v1
kind: Script
metadata: {name: least}
until: 40s
prices:
  currency: EUR
  nodes:
  - {name: small, cpu: "2", memory: 8Gi, perHour: "0.1"}
  - {name: large, cpu: "8", memory: 32Gi, perHour: 0.35}
sweep:
  leastNodes: {most: 16}
`;

const POOLS = `
apiVersion: drydock.dev/v1
kind: Script
prices:
  nodes:
  - {name: small, cpu: "2", memory: 8Gi, perHour: 0.10}
  - {name: large, cpu: "8", memory: 32Gi, perHour: 0.35}
topology:
  pools:
  - {name: web, size: small, min: 1, max: 10, boot: 30s}
until: 5m
sweep:
  parameters:
  - {name: size, script: "topology.pools[0].size", values: [small, large]}
`;

const resultOf = (output: string) => JSON.parse(output) as ExperimentResult;

describe('drydock experiment', { timeout: 180_000 }, () => {
  it('runs a script for each seed and each combination of values, and gives a table', () =>
    inFolder({ 'script.yaml': TABLE, 'web.yaml': WEB }, async (folder) => {
      const paths = [join(folder, 'script.yaml'), join(folder, 'web.yaml')];
      const { output, code } = await drydock(['experiment', '-o', 'json', ...paths]);
      expect(code).toBe(0);
      const { parameters, rows, trials } = resultOf(output);
      expect([parameters, trials]).toEqual([['replicas', 'workers'], 8]);
      expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      const own = rows.map(({ values, seed, readyPods, pendingPods }) => ({ ...values, seed, readyPods, pendingPods }));
      expect(own.filter(({ seed }) => seed === 2)).toEqual([
        { replicas: 1, workers: 1, seed: 2, readyPods: 1, pendingPods: 0 },
        { replicas: 1, workers: 3, seed: 2, readyPods: 1, pendingPods: 0 },
        { replicas: 5, workers: 1, seed: 2, readyPods: 2, pendingPods: 3 },
        { replicas: 5, workers: 3, seed: 2, readyPods: 5, pendingPods: 0 },
      ]);
      // Another seed is another run.
      expect(rows[0]!.traceHash).not.toBe(rows[1]!.traceHash);

      const result = join(folder, 'result.json');
      await writeFile(result, output);
      const text = await drydock(['experiment', '--merge', result]);
      expect(text.output).toMatch(/^REPLICAS +WORKERS +SEED +SETTLED +AFTER +.*\n1 +1 +1 +true /);
      // A second table says what the seeds have in common.
      expect(text.output).toMatch(/\n\nREPLICAS +WORKERS +SEEDS +SETTLED .*\n1 +1 +2 +2\/2 /);
      const csv = await drydock(['experiment', '--merge', '-o', 'csv', result]);
      const [head, first, ...others] = csv.output.split('\r\n');
      expect(head).toMatch(/^index,replicas,workers,seed,settled,leastNodes,settleMs,/);
      expect(first).toMatch(/^0,1,1,1,true,,\d+,2,,1,0,0,0,0,0,0,,[0-9a-f]{16}$/);
      expect(others).toHaveLength(8);
    }));

  it('has pools of each size grow as the Pods need, and says how many Nodes there are then and what they cost', () =>
    inFolder({ 'script.yaml': POOLS, 'web.yaml': WEB.replace('replicas: 1', 'replicas: 7') }, async (folder) => {
      const { output, code } = await drydock([
        'experiment',
        '-o',
        'json',
        join(folder, 'script.yaml'),
        join(folder, 'web.yaml'),
      ]);
      expect(code).toBe(0);
      const rows = resultOf(output).rows.map(({ values, nodes, costPerHour, readyPods }) => ({
        ...values,
        nodes,
        costPerHour,
        readyPods,
      }));
      expect(rows).toEqual([
        { size: 'small', nodes: 8, costPerHour: 0.7, readyPods: 7 },
        { size: 'large', nodes: 3, costPerHour: 0.7, readyPods: 7 },
      ]);
    }));

  it('finds the least number of workers of each size at which every Pod runs, and what they cost', () =>
    inFolder({ 'script.yaml': LEAST, 'web.yaml': WEB.replace('replicas: 1', 'replicas: 7') }, async (folder) => {
      const paths = [join(folder, 'script.yaml'), join(folder, 'web.yaml')];
      const { output, code } = await drydock(['experiment', '-o', 'json', ...paths]);
      expect(code).toBe(0);
      const rows = resultOf(output).rows.map(({ values, least, costPerHour, unpricedNodes, pendingPods }) => ({
        ...values,
        ...least,
        costPerHour,
        unpricedNodes,
        pendingPods,
      }));
      // Of 1900m one fits on two CPUs and four on eight; the control plane is in no price list.
      expect(rows).toEqual([
        { nodeSize: 'small', nodes: 7, tried: [1, 2, 4, 8, 6, 7], costPerHour: 0.7, unpricedNodes: 1, pendingPods: 0 },
        { nodeSize: 'large', nodes: 2, tried: [1, 2], costPerHour: 0.7, unpricedNodes: 1, pendingPods: 0 },
      ]);
      await writeFile(join(folder, 'result.json'), output);
      const { said } = await drydock(['experiment', '--merge', join(folder, 'result.json')]);
      expect(said).toContain('small: 7 workers are enough in every run');
      expect(said).toContain('large: 0.7 EUR an hour, 511.00 EUR a month');
    }));

  it('says why no number of Nodes is enough, and does not try on where Nodes are not what is missing', () =>
    inFolder(
      {
        'script.yaml': LEAST.replace('most: 16', 'most: 3'),
        'web.yaml': WEB.replace('1900m', '9'),
        'image.yaml': WEB.replace('1900m', '1m').replace('nginx:1.27', '":"'),
      },
      async (folder) => {
        const script = join(folder, 'script.yaml');
        const large = await drydock(['experiment', '-o', 'json', script, join(folder, 'web.yaml')]);
        expect(large.code).toBe(1);
        expect(resultOf(large.output).rows[1]!.least).toMatchObject({
          nodes: null,
          tried: [1, 2, 3],
          because: expect.stringMatching(/^Pod default\/web-\w+: 0\/4 nodes are available: .*3 Insufficient cpu/),
        });
        const image = await drydock(['experiment', '-o', 'json', script, join(folder, 'image.yaml')]);
        expect(resultOf(image.output).rows[0]!.least).toMatchObject({
          nodes: null,
          tried: [1],
          because: expect.stringContaining('InvalidImageName'),
        });
      },
    ));

  it('runs in shards as processes of an Indexed Job would, from the manifests it writes, and merges them', () =>
    inFolder({ 'script.yaml': TABLE.replace('[1, 5]', '[2]'), 'web.yaml': WEB }, async (folder) => {
      const before = process.cwd();
      process.chdir(folder);
      try {
        const whole = await drydock(['experiment', '-o', 'json', 'script.yaml', 'web.yaml']);
        const written = await drydock(['experiment', '--job', 'job', '--shards', '3', 'script.yaml', 'web.yaml']);
        expect(written.code).toBe(0);
        const names = (await readdir('job')).sort();
        expect(names).toEqual(['configmap-size-1.yaml', 'job-size.yaml']);
        const judged = await drydock(['validate', '--lint', 'job']);
        expect(judged).toMatchObject({ code: 0 });
        expect(judged.output).toBe('');

        const objects = await Promise.all(
          names.map(async (name) => objectIn(await readFile(join('job', name), 'utf8'))),
        );
        const [config, job] = objects as [KubernetesObject, KubernetesObject];
        const pod = ['spec', 'template', 'spec'] as const;
        await mount(config, arrayAt(job, ...pod, 'volumes', 0, 'projected', 'sources', 0, 'configMap', 'items'), 'pod');
        const args = arrayAt(job, ...pod, 'containers', 0, 'args').map(String);
        process.chdir('pod');
        for (const index of [2, 0, 1]) {
          const own = args.map((arg) => arg.replace('$(JOB_COMPLETION_INDEX)', String(index)));
          const { code, output } = await drydock(own);
          expect(code).toBe(0);
          await writeFile(`../${index}.log`, output);
        }
        process.chdir('..');
        const merged = await drydock(['experiment', '--merge', '-o', 'json', '1.log', '2.log', '0.log']);
        expect(merged).toEqual({ ...whole, said: [] });
        // Half of it is no whole, and of another design it is none at all.
        const some = await drydock(['experiment', '--merge', '-o', 'json', '0.log', '2.log']);
        expect(some.code).toBe(1);
        expect(some.said[0]).toContain('runs that are in none of the results: 1, the first of them 1');
        await writeFile('web.yaml', WEB.replace('1900m', '1800m'));
        const other = await drydock(['experiment', '-o', 'json', '--shard', '1/3', 'script.yaml', 'web.yaml']);
        await writeFile('other.log', other.output);
        expect(await drydock(['experiment', '--merge', '0.log', 'other.log'])).toMatchObject({ code: 1, output: '' });
      } finally {
        process.chdir(before);
      }
    }));

  it('puts files with Secrets into a Secret of the Job', () =>
    inFolder(
      { 'script.yaml': TABLE, 'web.yaml': `${WEB}---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n` },
      async (folder) => {
        await drydock([
          'experiment',
          '--job',
          join(folder, 'job'),
          join(folder, 'script.yaml'),
          join(folder, 'web.yaml'),
        ]);
        const names = (await readdir(join(folder, 'job'))).sort();
        expect(names).toEqual(['configmap-size-1.yaml', 'job-size.yaml', 'secret-size-1.yaml']);
        expect((await drydock(['validate', join(folder, 'job')])).code).toBe(0);
      },
    ));

  it.each([
    [['experiment'], 'no PATH'],
    [['experiment', '--shard', '3/3', 'x.yaml'], '--shard'],
    [['experiment', '--shard', '1', 'x.yaml'], '--shard 1'],
    [['experiment', '-o', 'yaml', 'x.yaml'], 'text, json, csv'],
  ])('refuses %j', async (args, words) => {
    const { code, said } = await drydock(args);
    expect(code).toBe(2);
    expect(said.join('\n')).toContain(words);
  });

  it('refuses a value that makes no script, before anything runs', () =>
    inFolder({ 'script.yaml': TABLE.replace('[1, 3]', '[1, many]'), 'web.yaml': WEB }, async (folder) => {
      const { code, said } = await drydock(['experiment', join(folder, 'script.yaml'), join(folder, 'web.yaml')]);
      expect({ code, said }).toEqual({ code: 2, said: ['topology.nodes: must be of type integer'] });
    }));
});

function objectIn(text: string): KubernetesObject | undefined {
  return readManifest('x.yaml', text)
    .segments.flatMap((segment) => (segment.type === 'document' ? segment.objects : []))
    .map(({ object }) => object)[0];
}

/** Puts the files of a ConfigMap where its volume would show them. */
async function mount(config: KubernetesObject, items: readonly unknown[], folder: string): Promise<void> {
  const data = stringMapAt(config, 'data');
  for (const item of items) {
    const path = join(folder, stringAt(item, 'path')!);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, data.get(stringAt(item, 'key')!)!);
  }
}
