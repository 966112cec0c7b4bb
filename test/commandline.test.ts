import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const BUILT = join(import.meta.dirname, '../dist/cli/drydock.mjs');
const DEMO = join(import.meta.dirname, 'data/microservices-demo/kubernetes-manifests.yaml');

/** The command line as it is shipped, on plain Node; `npm run build` makes it. */
describe.skipIf(!existsSync(BUILT))('dist/cli/drydock.mjs', () => {
  const run = (args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [BUILT, ...args], { input, encoding: 'utf8', env: { ...process.env, ...env } });

  it('reads a file and writes the graph, and nothing else, to standard output', () => {
    const { status, stdout, stderr } = run(['graph', DEMO]);
    expect(status).toBe(0);
    const graph = JSON.parse(stdout) as { objects: unknown[]; references: unknown[] };
    expect(graph.objects.length).toBeGreaterThan(30);
    expect(graph.references.length).toBeGreaterThan(30);
    expect(stderr).toBe('');
  });

  it('reads standard input, and speaks Chinese where the terminal does', () => {
    expect(run(['export', '-'], 'a: [\n')).toMatchObject({ status: 0, stdout: 'a: [\n' });
    const { status, stderr } = run(['graph', '-'], 'a: [\n', { LC_ALL: 'zh_CN.UTF-8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(/[\u4e00-\u9fff]/);
  });

  it('draws a picture', () => {
    const { status, stdout } = run(['graph', '-o', 'svg', DEMO]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  describe('experiment', () => {
    const folder = mkdtempSync(join(tmpdir(), 'drydock-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const [script, design] = [join(folder, 'script.yaml'), join(folder, 'design.yaml')];
    writeFileSync(
      design,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n',
    );
    const sweep = (count: number) =>
      `apiVersion: drydock.dev/v1\nkind: Script\nuntil: 20s\nsweep: {seeds: {from: 1, count: ${count}}}\n`;

    it('comes to the same result with one thread and with three', () => {
      writeFileSync(script, sweep(5));
      const [one, three] = ['1', '3'].map((count) =>
        run(['experiment', '-o', 'json', '--workers', count, script, design]),
      );
      expect(one!.status).toBe(0);
      expect((JSON.parse(one!.stdout) as { rows: unknown[] }).rows).toHaveLength(5);
      expect(three!.stdout).toBe(one!.stdout);
    });

    it('keeps what is finished when it is interrupted, and says so', async () => {
      writeFileSync(script, sweep(2000));
      const child = spawn(process.execPath, [BUILT, 'experiment', '-o', 'json', '--workers', '2', script, design]);
      let [stdout, stderr, isAsked] = ['', '', false];
      child.stdout.on('data', (part) => (stdout += String(part)));
      child.stderr.on('data', (part) => {
        stderr += String(part);
        if (isAsked || !stderr.includes('of 2000 runs')) return;
        isAsked = true;
        child.kill('SIGINT');
      });
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect(code).toBe(130);
      const { rows, trials } = JSON.parse(stdout) as { rows: unknown[]; trials: number };
      expect(trials).toBe(2000);
      expect(rows.length).toBeGreaterThan(0);
      expect(stderr).toContain(`stopped: ${rows.length} of 2000 runs are finished and told`);
    });
  });

  it('ends quietly when nobody reads on', () => {
    const script = `"$0" "$1" graph "$2" "$2" | head -c 20; echo " \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, BUILT, DEMO], { encoding: 'utf8' });
    expect(stdout).toMatch(/^\{"objects":[^]{8,} 0\n$/);
    expect(stderr).toBe('');
  });
});
