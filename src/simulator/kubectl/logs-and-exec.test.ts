import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { shellOf } from './testing/shell.ts';

beforeAll(preloadKinds);

const behaviours = [
  {
    match: { image: 'nginx*' },
    logs: [
      { atMs: 0, line: 'starting' },
      { atMs: 500, line: 'serving' },
    ],
    exec: [
      { command: 'hostname', output: 'web\n' },
      { command: 'cat /missing', exitCode: 1 },
    ],
  },
];
const clusterWith = () => Cluster.create({ seed: 5, kinds, behaviours });
const ok = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 });

describe('kubectl logs', () => {
  it('asks the kubelet through the API server, and every hop follows from the command', () => {
    const cluster = clusterWith();
    const run = shellOf(cluster);
    run('run web --image=nginx');
    expect(run('logs web')).toEqual(ok('starting\nserving\n'));
    expect(run('logs pod/web --tail=1 --prefix')).toEqual(ok('[pod/web/web] serving\n'));
    const entries = cluster.trace.after(0);
    const call = entries.find(({ verb, to }) => verb === 'GET /containerLogs' && to?.startsWith('kubelet/'))!;
    expect(call).toMatchObject({ from: 'kube-apiserver-0', object: 'Pod/default/web' });
    let cause = call;
    while (cause.cause > 0 && cause.verb !== 'kubectl') cause = cluster.trace.at(cause.cause)!;
    expect(cause.detail).toEqual({ line: 'logs web' });
  });

  it('takes one Pod of a workload, and says which', () => {
    const run = shellOf(clusterWith());
    run('create deployment web --image=nginx --replicas=2');
    const { stdout, stderr } = run('logs deployment/web');
    expect(stdout).toBe('starting\nserving\n');
    expect(stderr).toMatch(/^Found 2 pods, using pod\/web-\w+-\w+\n$/);
    expect(run('logs -l app=web').stdout).toBe('starting\nserving\nstarting\nserving\n');
  });

  it('says no in upstream’s words', () => {
    const run = shellOf(clusterWith());
    run('run web --image=nginx');
    expect(run('logs nobody').stderr).toBe('Error from server (NotFound): pods "nobody" not found\n');
    expect(run('logs web -c other').stderr).toBe('error: container other is not valid for pod web out of: web\n');
    expect(run('logs web -p').stderr).toBe(
      'Error from server (BadRequest): previous terminated container "web" in pod "web" not found\n',
    );
  });
});

describe('kubectl logs -f', () => {
  const slow = {
    match: { image: 'slow*' },
    logs: [2000, 20_000, 40_000].map((atMs) => ({ atMs, line: `after ${atMs / 1000}s` })),
    exitAfterMs: 60_000,
  };
  const slowCluster = () => Cluster.create({ seed: 5, kinds, behaviours: [slow] });

  it('prints what is written while the run goes on, until the container has ended', () => {
    const cluster = slowCluster();
    const run = shellOf(cluster);
    run('run once --image=slow --restart=Never');
    run('wait --for=condition=Ready pod/once');
    const beganMs = cluster.nowMs;
    const token = cluster.kubectl('logs -f once --prefix');
    cluster.runUntil(beganMs + 3000);
    expect(cluster.progressOf(token)).toMatchObject({ stdout: '[pod/once/once] after 2s\n', isFollowing: true });
    cluster.runUntil(beganMs + 25_000);
    expect(cluster.progressOf(token)?.stdout).toBe('[pod/once/once] after 2s\n[pod/once/once] after 20s\n');
    const half = cluster.fork();
    for (const branch of [cluster, half]) {
      branch.runUntil(beganMs + 70_000);
      expect(branch.progressOf(token)).toBeUndefined();
      expect(branch.outcomeOf(token)).toEqual(
        ok(['2s', '20s', '40s'].map((time) => `[pod/once/once] after ${time}\n`).join('')),
      );
    }
    expect(half.trace.digest).toBe(cluster.trace.digest);
  });

  it('asks again each second while there is no log, and reads several at once', () => {
    const cluster = slowCluster();
    shellOf(cluster);
    cluster.kubectl('create deployment web --image=slow --replicas=2');
    cluster.runUntil(cluster.nowMs + 800);
    const token = cluster.kubectl('logs -f -l app=web --prefix');
    cluster.runUntil(cluster.nowMs + 10_000);
    const { stdout, stderr } = cluster.progressOf(token)!;
    expect(stdout).toMatch(/^(?:\[pod\/web-\w+-\w+\/slow\] after 2s\n){2}$/);
    expect(stderr).toMatch(/^(?:container "slow" in pod "web-\w+-\w+" is waiting to start: ContainerCreating\n)+$/);
    cluster.interrupt(token);
    cluster.runUntil(cluster.nowMs + 60_000);
    expect(cluster.outcomeOf(token)).toMatchObject({ stdout, exitCode: 130 });
  });

  it('follows five at most, and ends where the kubelet does', () => {
    const cluster = slowCluster();
    const run = shellOf(cluster);
    run('create deployment web --image=slow --replicas=6');
    cluster.runUntil(cluster.nowMs + 5000);
    expect(run('logs -f -l app=web').stderr).toContain('attempting to follow 6 log streams');
    const pod = run('get pods -o name').stdout.split('\n')[0]!;
    const token = cluster.kubectl(`logs -f ${pod}`);
    cluster.runUntil(cluster.nowMs + 1000);
    const node = run(`get ${pod} -o jsonpath='{.spec.nodeName}'`).stdout;
    cluster.setRunning(`kubelet/${node}`, false);
    cluster.runUntil(cluster.nowMs + 1000);
    expect(cluster.outcomeOf(token)).toMatchObject({
      stderr: 'unexpected EOF\nerror: unexpected EOF\n',
      exitCode: 1,
    });
  });
});

describe('kubectl exec', () => {
  it('runs a command in a container and ends as it does', () => {
    const run = shellOf(clusterWith());
    run('run web --image=nginx');
    expect(run('exec web -- hostname')).toEqual(ok('web\n'));
    expect(run('exec -it pod/web -- cat /missing')).toEqual({
      stdout: '',
      stderr: 'command terminated with exit code 1\n',
      exitCode: 1,
    });
    expect(run('exec web hostname').stderr).toContain('Use exec [POD] -- [COMMAND] instead');
  });

  it('gives up on a kubelet that is away', () => {
    const cluster = clusterWith();
    const run = shellOf(cluster);
    run('run web --image=nginx');
    const node = run("get pod web -o jsonpath='{.spec.nodeName}'").stdout;
    cluster.setRunning(`kubelet/${node}`, false);
    expect(run('exec web -- hostname').stderr).toBe(
      `Error from server (InternalError): error dialing backend: dial tcp ${node}:10250: i/o timeout\n`,
    );
  });
});
