import { beforeAll, expect, it } from 'vitest';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { pathOf, resultOf } from '../client/api-client.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import type { Terminal } from './command.ts';
import { runLine } from './run-line.ts';
import table from './testdata/edit.json' with { type: 'json' };
import { shellOf } from './testing/shell.ts';

beforeAll(preloadKinds);

interface Step {
  readonly type: string;
  readonly given?: readonly string[];
  readonly left?: readonly string[];
  readonly method?: string;
  readonly path?: string;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly code?: number;
  readonly answer?: unknown;
}

const METHODS: Readonly<Record<string, string>> = { get: 'GET', list: 'GET', patch: 'PATCH' };
const TYPES = { strategic: 'application/strategic-merge-patch+json', merge: 'application/merge-patch+json' } as const;

/** kubectl against a server and an editor that do what upstream's recording says, and nothing else. */
function played(line: string, steps: readonly Step[]) {
  let [stdout, stderr, at] = ['', '', 0];
  const call = (asked: ApiCall): ApiResult => {
    const { method, path, contentType, body, code = 0, answer } = steps[at++] ?? {};
    const { patchType } = asked.options ?? {};
    const type = patchType === 'strategic' || patchType === 'merge' ? { contentType: TYPES[patchType] } : {};
    const sent = { method: METHODS[asked.verb], path: pathOf(asked).replace(/\?.*/, ''), ...type, body: asked.body };
    expect(sent).toEqual({ method, path, ...(contentType === undefined ? {} : { contentType }), body });
    return resultOf({ type: 'response', id: at, code, body: answer as never });
  };
  const terminal = {
    call,
    edit: (text: string) => {
      const { given = [], left = [] } = steps[at++] ?? {};
      expect(text).toBe(given.join('\n'));
      return left.join('\n');
    },
    once: <Value>(make: () => Value) => make(),
    now: () => 0,
    out: (text: string) => void (stdout += text),
    err: (text: string) => void (stderr += text),
    files: {},
    kinds,
  } as unknown as Terminal;
  const exitCode = runLine(terminal, line);
  expect(at).toBe(steps.length);
  return { stdout, stderr, exitCode };
}

const source = { area: 'kubectl', file: table.source, release: table.release } as const;

upstreamEach(source)(table.cases)('$name', ({ line, steps, stdout, stderr, exitCode }) => {
  const said = played(line, steps as readonly Step[]);
  for (const words of stdout) expect(said.stdout).toContain(words);
  for (const words of stderr) expect(said.stderr).toContain(words);
  expect(said.exitCode).toBe(exitCode);
});

upstreamLeftOut(source, table.leftOut as Readonly<Record<string, string>>);

const more = [{ replace: { 'replicas: 1': 'replicas: 3' } }];

it('changes an object as the script edits its text', () => {
  const cluster = Cluster.create({ seed: 5, kinds });
  const run = shellOf(cluster);
  run('create deployment web --image=nginx');
  const edited = (edits: Parameters<Cluster['kubectl']>[2]) => {
    const token = cluster.kubectl('edit deploy/web', {}, edits);
    cluster.runUntil(cluster.nowMs + 4000);
    return cluster.outcomeOf(token);
  };
  expect(edited(more)).toEqual({ stdout: 'deployment.apps/web edited\n', stderr: '', exitCode: 0 });
  expect(run('get deploy web -o jsonpath={.spec.replicas}').stdout).toBe('3');
  expect(edited([])).toEqual({ stdout: '', stderr: 'Edit cancelled, no changes made.\n', exitCode: 0 });
  expect(edited([{ text: '' }])?.stderr).toBe('Edit cancelled, saved file was empty.\n');
  const twice = edited([
    { replace: { 'replicas: 3': 'replicas: -1' } },
    { replace: { 'replicas: -1': 'replicas: 2' } },
  ]);
  expect(twice).toMatchObject({ stdout: 'deployment.apps/web edited\n', exitCode: 0 });
  expect(twice?.stderr).toBe('error: deployments.apps "web" is invalid\n');
});

it('says that somebody else was faster', () => {
  const cluster = Cluster.create({ seed: 5, kinds });
  const run = shellOf(cluster);
  run('create deployment web --image=nginx');
  const token = cluster.kubectl('edit deploy/web', {}, [{ ...more[0], takesMs: 20_000 }]);
  cluster.runUntil(cluster.nowMs + 1000);
  run('delete deploy web');
  cluster.runUntil(cluster.nowMs + 30_000);
  expect(cluster.outcomeOf(token)).toEqual({
    stdout: '',
    stderr:
      'error: deployments.apps "web" could not be found on the server\nThe edits you made on deleted resources have been saved to "/tmp/kubectl-edit-1.yaml"\n',
    exitCode: 1,
  });
});

it('waits for who sits at the editor, however long that takes', () => {
  const cluster = Cluster.create({ seed: 5, kinds });
  const run = shellOf(cluster);
  run('create configmap c --from-literal=a=b');
  const token = cluster.kubectl('edit cm c');
  cluster.runUntil(cluster.nowMs + 60_000);
  const text = cluster.textInEditor(token);
  expect(text).toContain('# and an empty file will abort the edit.');
  expect(text).toContain('data:\n  a: b\n');
  cluster.saveText(token, text!.replace('a: b', 'a: c'));
  cluster.runUntil(cluster.nowMs + 1000);
  expect(cluster.outcomeOf(token)).toEqual({ stdout: 'configmap/c edited\n', stderr: '', exitCode: 0 });
  expect(cluster.textInEditor(token)).toBeUndefined();
  const { steps } = cluster;
  const { digest } = cluster.trace;
  cluster.seekSteps(10);
  cluster.seekSteps(steps);
  expect(cluster.trace.digest).toBe(digest);
});
