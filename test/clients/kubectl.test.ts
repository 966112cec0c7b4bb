import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_KUBECTL } from '../interchange/kubectl.ts';
import { SESSION } from './kubectl-session.ts';

const ROOT = join(import.meta.dirname, '../..');
const DRYDOCK = join(ROOT, 'dist/cli/drydock.mjs');
/** Virtual seconds that pass in one: a person who waits a minute waits six seconds here. */
const SPEED = '10';

interface Said {
  readonly text: string;
  readonly ms: number;
}

/** A person at a terminal with an unmodified kubectl, and `drydock serve` behind it. */
describe.skipIf(!HAS_KUBECTL)('a real kubectl against drydock serve', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-kubectl-'));
  const kubeconfig = join(folder, 'kubeconfig');
  let server: ChildProcess;

  beforeAll(async () => {
    if (!existsSync(DRYDOCK)) throw new Error('The command line is not built: run npm run build first.');
    writeFileSync(join(folder, 'empty.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: play}\n');
    server = spawn(
      process.execPath,
      [DRYDOCK, 'serve', '--kubeconfig', kubeconfig, '--speed', SPEED, join(folder, 'empty.yaml')],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await new Promise<void>((resolve, reject) => {
      server.stderr?.on('data', (said: Buffer) => said.includes('https://') && resolve());
      server.once('exit', (code) => reject(new Error(`drydock serve ended with ${code}`)));
    });
  }, 120_000);

  afterAll(() => {
    server?.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  function kubectl(args: readonly string[], input: string | undefined): Promise<Said> {
    const began = performance.now();
    return new Promise((resolve) => {
      const child = execFile(
        'kubectl',
        [...args],
        { env: { ...process.env, KUBECONFIG: kubeconfig }, timeout: 100_000 },
        (_, out, err) => resolve({ text: `${out}${err}`, ms: performance.now() - began }),
      );
      child.stdin?.end(input ?? '');
    });
  }

  it(`does what ${SESSION.length} commands ask for`, async () => {
    const record: string[] = [];
    for (const { line, input, expected } of SESSION) {
      const { text, ms } = await kubectl(argumentsOf(line), input);
      record.push(`$ kubectl ${line}${input === undefined ? '' : ' <<EOF'}  # ${Math.round(ms)} ms\n${text}`);
      for (const pattern of expected) expect(text, `kubectl ${line}`).toMatch(pattern);
    }
    expect(SESSION.length).toBeGreaterThanOrEqual(40);
    if (process.env['DRYDOCK_WRITE'] === '1') writeFileSync(join(ROOT, 'docs/kubectl-session.txt'), record.join('\n'));
  }, 600_000);
});

/** Words as a shell splits them; quotes hold words together. */
function argumentsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}
