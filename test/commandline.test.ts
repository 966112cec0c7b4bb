import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

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

  it('ends quietly when nobody reads on', () => {
    const script = `"$0" "$1" graph "$2" "$2" | head -c 20; echo " \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, BUILT, DEMO], { encoding: 'utf8' });
    expect(stdout).toMatch(/^\{"objects":[^]{8,} 0\n$/);
    expect(stderr).toBe('');
  });
});
