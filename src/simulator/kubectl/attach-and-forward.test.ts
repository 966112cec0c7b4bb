import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { shellOf } from './testing/shell.ts';

beforeAll(preloadKinds);

const behaviours = [
  {
    match: { image: 'nginx*' },
    listens: [80],
    http: [
      { path: '/', code: 200, body: 'Welcome\n' },
      { path: '/gone', code: 404 },
    ],
    logs: [0, 60_000, 90_000].map((atMs) => ({ atMs, line: `after ${atMs / 1000}s` })),
    exitAfterMs: 120_000,
  },
];
const WAITS = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'waits' },
  spec: { nodeSelector: { no: 'where' }, containers: [{ name: 'waits', image: 'busybox' }] },
};
const clusterWith = (seed = 5) => Cluster.create({ seed, kinds, behaviours });
const ok = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 });
const WARNING =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n";

/** The way of a request through the trace, from the command to its answer: who sends what to whom, from one entry on. */
function hops(cluster: Cluster, after: number, classes: readonly string[]): readonly string[] {
  return cluster.trace
    .after(after)
    .filter((entry) => classes.includes(entry.class) && entry.to !== undefined)
    .map(({ from, to, verb }) => `${from} ${verb} ${to}`.replaceAll(/node-\d+|worker-\d+|w\d+/g, 'NODE'));
}

describe('kubectl attach', () => {
  it('prints what the container writes from now on, until it ends', () => {
    const cluster = clusterWith();
    const run = shellOf(cluster);
    run('run web --image=nginx --restart=Never');
    run('wait --for=condition=Ready pod/web');
    const before = cluster.trace.length;
    const token = cluster.kubectl('attach web');
    cluster.runUntil(cluster.nowMs + 70_000);
    expect(cluster.progressOf(token)).toEqual({ stdout: 'after 60s\n', stderr: WARNING, isFollowing: true });
    cluster.runUntil(cluster.nowMs + 70_000);
    expect(cluster.outcomeOf(token)).toEqual({ stdout: 'after 60s\nafter 90s\n', stderr: WARNING, exitCode: 0 });
    const way = hops(cluster, before, ['cri', 'request', 'response']).filter((hop) => /attach/i.test(hop));
    expect(way.map((hop) => hop.replaceAll(/(kubelet|containerd)\/\S+/g, '$1'))).toEqual([
      'kube-apiserver-0 POST /attach kubelet',
      'kubelet Attach containerd',
      'containerd Attach kubelet',
      ...Array.from({ length: 4 }, () => 'kubelet POST /attach kube-apiserver-0'),
    ]);
    expect(run('attach web').stderr).toBe(
      'error: cannot attach a container in a completed pod; current phase is Succeeded\n',
    );
  });

  it('says no in upstream’s words', () => {
    const run = shellOf(clusterWith());
    run('run web --image=nginx');
    expect(run('attach').stderr).toBe('error: at least 1 argument is required for attach\n');
    expect(run('attach nobody').stderr).toBe('Error from server (NotFound): pods "nobody" not found\n');
    expect(run('attach web -c other').stderr).toBe('error: container other is not valid for pod web out of: web\n');
    run('create -f waits.yaml', { 'waits.yaml': [WAITS] });
    expect(run('attach waits -q').stderr).toBe(
      'Error from server (BadRequest): pod waits does not have a host assigned\n',
    );
  });
});

describe('kubectl port-forward', () => {
  const send = (cluster: Cluster, port: number, path = '/') => {
    const token = cluster.send({
      from: 'outside',
      to: 'localhost',
      port,
      protocol: 'tcp',
      path,
      timeoutMs: 5000,
    });
    cluster.runUntil(cluster.nowMs + 1000);
    return cluster.trafficOf(token)?.last;
  };

  it('carries requests of the laptop to the Pod over the API server and the kubelet', () => {
    const cluster = clusterWith();
    const run = shellOf(cluster);
    run('create deployment web --image=nginx');
    run('expose deployment web --port=8000 --target-port=80');
    expect(send(cluster, 8080)).toMatchObject({ result: 'refused' });
    const token = cluster.kubectl('port-forward svc/web 8080:8000');
    cluster.runUntil(cluster.nowMs + 1000);
    const forwarding = 'Forwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n';
    expect(cluster.progressOf(token)).toMatchObject({ stdout: forwarding, isFollowing: true });
    const before = cluster.trace.length;
    expect(send(cluster, 8080)).toMatchObject({ ok: true, result: 200, by: 'nginx', text: 'Welcome\n' });
    expect(cluster.progressOf(token)?.stdout).toBe(`${forwarding}Handling connection for 8080\n`);
    const way = hops(cluster, before, ['packet', 'request', 'response'])
      .filter((hop) => /over stream|connect|answered| \/ | 200 traffic/.test(hop))
      .map((hop) => hop.replaceAll(/(kubelet|containerd)\/\S+/g, '$1'));
    expect(way).toEqual([
      'traffic connect kubectl',
      'kubectl over stream kube-apiserver-0',
      'kube-apiserver-0 over stream kubelet',
      'kubelet / containerd',
      'containerd answered kubelet',
      'kubelet over stream kube-apiserver-0',
      'kube-apiserver-0 over stream kubectl',
      'kubectl 200 traffic',
    ]);
    cluster.interrupt(token);
    cluster.runUntil(cluster.nowMs + 1000);
    expect(send(cluster, 8080)).toMatchObject({ result: 'refused' });
  });

  it('is lost with the first connection that the Pod refuses', () => {
    const cluster = clusterWith();
    const run = shellOf(cluster);
    run('run web --image=nginx');
    const token = cluster.kubectl('port-forward web 8081:81 8080:80');
    cluster.runUntil(cluster.nowMs + 1000);
    expect(send(cluster, 8081)).toMatchObject({ result: 'refused' });
    const { stdout, stderr, exitCode } = cluster.outcomeOf(token)!;
    expect(stdout).toContain('Handling connection for 8081\n');
    expect(stderr).toMatch(
      /^an error occurred forwarding 8081 -> 81: error forwarding port 81 to pod [\w-]+, uid : failed to execute portforward in network namespace "\/var\/run\/netns\/cni-[\w-]+": failed to connect to localhost:81 inside namespace "[\w-]+", IPv4: dial tcp4 127\.0\.0\.1:81: connect: connection refused IPv6 dial tcp6 \[::1\]:81: connect: connection refused \nerror: lost connection to pod\n$/,
    );
    expect(exitCode).toBe(1);
    expect(send(cluster, 8080)).toMatchObject({ result: 'refused' });
  });

  it('ends where the Pod is gone or the kubelet stops', () => {
    const cluster = clusterWith();
    const run = shellOf(cluster);
    run('run web --image=nginx');
    run('run other --image=nginx');
    const [first, second] = ['port-forward web 8080:80', 'port-forward other 8090:80'].map((line) =>
      cluster.kubectl(line),
    );
    cluster.runUntil(cluster.nowMs + 1000);
    run('delete pod web');
    expect(cluster.progressOf(first!)).toBeDefined();
    expect(send(cluster, 8080)).toMatchObject({ result: 'refused' });
    expect(cluster.outcomeOf(first!)?.stderr).toMatch(
      /error forwarding port 80 to pod ([\w-]+), uid : network namespace for sandbox "\1" is closed\nerror: lost connection to pod\n$/,
    );
    const node = run("get pod other -o jsonpath='{.spec.nodeName}'").stdout;
    cluster.setRunning(`kubelet/${node}`, false);
    cluster.runUntil(cluster.nowMs + 1000);
    expect(cluster.outcomeOf(second!)).toMatchObject({ stderr: 'error: lost connection to pod\n', exitCode: 1 });
  });

  it.each([
    ['port-forward web', /^error: TYPE\/NAME and list of ports are required for port-forward\n/],
    ['port-forward web http', /^error: Pod 'web' does not have a named port 'http'\n$/],
    ['port-forward web 1:2:3', /^error: Pod 'web' does not have a named port '2:3'\n$/],
    ['port-forward web :', /^error: remote port cannot be empty\n$/],
    [
      'port-forward web 80:70000',
      /^error: error parsing remote port '70000': strconv.ParseUint: parsing "70000": value out of range\n$/,
    ],
    ['port-forward svc/web 8080:81', /^error: Service web does not have a service port 81\n$/],
    [
      'port-forward pod/waits 80',
      /^error: unable to forward port because pod is not running. Current status=Pending\n$/,
    ],
  ])('%s is refused', (line, words) => {
    const run = shellOf(clusterWith());
    run('run web --image=nginx');
    run('expose pod web --port=80');
    run('create -f waits.yaml', { 'waits.yaml': [WAITS] });
    expect(run(line).stderr).toMatch(words);
  });
});

describe('pods/proxy, services/proxy and nodes/proxy', () => {
  it('answer as the process does to which the request is sent', () => {
    const cluster = clusterWith();
    const run = shellOf(cluster);
    run('create deployment web --image=nginx');
    run('expose deployment web --port=8000 --target-port=80');
    const base = '/api/v1/namespaces/default';
    expect(run(`get --raw ${base}/services/web:8000/proxy/`)).toEqual(ok('Welcome\n'));
    const pod = run('get pods -o name').stdout.trim().replace('pod/', '');
    expect(run(`get --raw ${base}/pods/http:${pod}:80/proxy/`)).toEqual(ok('Welcome\n'));
    expect(run(`get --raw ${base}/pods/${pod}:80/proxy/gone`).stderr).toBe(
      'Error from server (NotFound): the server could not find the requested resource\n',
    );
    expect(run(`get --raw ${base}/pods/${pod}:81/proxy/`).stderr).toMatch(
      /^Error from server \(ServiceUnavailable\): error trying to reach service: dial tcp 10\.244\.\d+\.\d+:81: connect: connection refused\n$/,
    );
    expect(run(`get --raw ${base}/services/web:9000/proxy/`).stderr).toBe(
      'Error from server (ServiceUnavailable): no service port 9000 found for service "web"\n',
    );
    run('scale deployment web --replicas=0');
    run('wait --for=delete pod -l app=web');
    expect(run(`get --raw ${base}/services/web:8000/proxy/`).stderr).toBe(
      'Error from server (ServiceUnavailable): no endpoints available for service "web"\n',
    );
    const node = run('get nodes -o name').stdout.split('\n')[0]!.replace('node/', '');
    expect(run(`get --raw /api/v1/nodes/${node}/proxy/healthz`)).toEqual(ok('ok'));
    expect(run(`get --raw /api/v1/nodes/${node}:10255/proxy/healthz`).stderr).toMatch(
      /^Error from server \(ServiceUnavailable\): error trying to reach service: dial tcp 172\.18\.\d+\.\d+:10255: connect: connection refused\n$/,
    );
    expect(run('get --raw /api/v1/nodes/nobody/proxy/').stderr).toBe(
      'Error from server (NotFound): nodes "nobody" not found\n',
    );
  });

  it('are reached through kubectl proxy, which lets nobody attach', () => {
    const cluster = clusterWith();
    const run = shellOf(cluster);
    run('run web --image=nginx --port=80');
    const token = cluster.kubectl('proxy');
    cluster.runUntil(cluster.nowMs + 1000);
    expect(cluster.progressOf(token)?.stdout).toBe('Starting to serve on 127.0.0.1:8001\n');
    const asked = (path: string) => {
      const order = { from: 'outside', to: '127.0.0.1', port: 8001, protocol: 'tcp', path, timeoutMs: 5000 } as const;
      const sent = cluster.send(order);
      cluster.runUntil(cluster.nowMs + 1000);
      return cluster.trafficOf(sent)?.last;
    };
    expect(asked('/api/v1/namespaces/default/pods/web/proxy/')).toMatchObject({ result: 200, text: 'Welcome\n' });
    expect(asked('/api/v1/namespaces/default/pods/nobody')).toMatchObject({ ok: false, result: 404 });
    expect(asked('/api/v1/namespaces/default/pods/web/attach')).toMatchObject({ ok: false, result: 403 });
    expect(run('proxy').stderr).toBe('error: listen tcp 127.0.0.1:8001: bind: address already in use\n');
  });
});
