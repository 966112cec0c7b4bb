import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOf, inProcessSimulation, ran, rested } from '../workspace/simulation/testing/in-process.ts';
import { drydock } from './testing/run-in.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27}]}
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('drydock simulate --script, with a run that the page kept', { timeout: 180_000 }, () => {
  it('comes to the hash that the page came to, from the one file', async () => {
    const page = inProcessSimulation();
    await ran(page, [fileOf(WEB)], { seed: 5, workers: 2 });
    const { entries } = page.store.getState().branches[0]!;
    page.goTo(entries.find(({ verb }) => verb === 'StartContainer')!.seq);
    page.fault({ fault: 'node-failure', target: 'w1' });
    await rested(page);
    page.kubectl('set image deployment/web web=nginx:1.28');
    await rested(page);
    page.apply([fileOf(WEB.replace('replicas: 3', 'replicas: 4'))]);
    const { hash, timeMs } = await rested(page);
    const script = (await page.ask('script', { title: 'web' }))!;
    const path = join(folder, 'run.yaml');
    await writeFile(path, script);
    const { code, output } = await drydock(['simulate', '--script', path]);
    const result = JSON.parse(output) as { readonly traceHash: string; readonly seed: number; readonly timeMs: number };
    expect({ code, ...result }).toMatchObject({ code: 0, traceHash: hash, seed: 5, timeMs });
    // The hash means something: another seed has another.
    const other = await drydock(['simulate', '--script', path, '--seed', '6']);
    expect(JSON.parse(other.output)).not.toMatchObject({ traceHash: hash });
  });

  it('refuses a field that no script has, and lines that are none', async () => {
    const path = join(folder, 'wrong.yaml');
    await writeFile(
      path,
      'apiVersion: drydock.dev/v1\nkind: Script\ntimesFrom: noon\ndesign: [1]\nsteps:\n- {at: 1s, kubectl: [{lines: x}]}\n',
    );
    const { code, said } = await drydock(['simulate', '--script', path]);
    expect(code).toBe(2);
    for (const field of ['timesFrom', 'design[0]', 'steps[0].kubectl[0]']) expect(said.join('\n')).toContain(field);
  });
});
