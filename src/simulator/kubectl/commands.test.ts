import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { shellOf } from './testing/shell.ts';

beforeAll(preloadKinds);

const shell = () => shellOf(Cluster.create({ seed: 5, kinds }));
const ok = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 });
const refused = (stderr: string) => ({ stdout: '', stderr, exitCode: 1 });

describe('kubectl', () => {
  it('makes objects from its line, exposes and autoscales them', () => {
    const run = shell();
    expect(run('create deployment web --image=nginx --replicas=2 --port=80')).toEqual(
      ok('deployment.apps/web created\n'),
    );
    expect(run('expose deployment web')).toEqual(ok('service/web exposed\n'));
    expect(run('autoscale deployment web --max=5 --cpu=80%')).toEqual(
      ok('horizontalpodautoscaler.autoscaling/web autoscaled\n'),
    );
    expect(run('get deploy,svc,hpa -o name').stdout).toBe(
      'deployment.apps/web\nservice/kubernetes\nservice/web\nhorizontalpodautoscaler.autoscaling/web\n',
    );
    expect(run('create deployment web --image=nginx')).toEqual(
      refused('error: failed to create deployment: deployments.apps "web" already exists\n'),
    );
    expect(run('run once --image=busybox --restart=Never')).toEqual(ok('pod/once created\n'));
    expect(run('create secret generic s --from-literal=a=b -n shop')).toEqual(
      refused('error: failed to create secret: namespaces "shop" not found\n'),
    );
  });

  it.each([
    ['top pods', 'Metrics API not available'],
    ['top node w1', 'Metrics API not available'],
    ['top pod -A --sort-by=name', '--sort-by accepts only cpu or memory'],
    ['top pod web -l app=web', 'only one of NAME or selector can be provided'],
  ])('%s is refused, as where no metrics-server is', (line, words) => {
    expect(shell()(line)).toEqual(refused(`error: ${words}\n`));
  });

  it('asks who may do what', () => {
    const run = shell();
    expect(run('auth can-i create deployments')).toEqual(ok('yes\n'));
    expect(run('auth can-i get nodes')).toEqual({
      stdout: 'yes\n',
      stderr: "Warning: resource 'nodes' is not namespace scoped\n\n",
      exitCode: 0,
    });
    const asDefault = '--as=system:serviceaccount:default:default';
    expect(run(`auth can-i list pods ${asDefault}`)).toEqual({ stdout: 'no\n', stderr: '', exitCode: 1 });
    run('create role reader --verb=list --resource=pods');
    run('create rolebinding reader --role=reader --serviceaccount=default:default');
    expect(run(`auth can-i list pods ${asDefault}`)).toEqual(ok('yes\n'));
    expect(run(`auth can-i list pods -n kube-system ${asDefault}`).stdout).toBe('no\n');
    expect(run(`auth can-i get /version ${asDefault}`).stdout).toBe('yes\n');
    expect(run('auth can-i list')).toMatchObject({ exitCode: 1 });
  });

  it('gets a token of a ServiceAccount', () => {
    const run = shell();
    expect(run('create token default --duration=10m').stdout).toMatch(/^[0-9a-f]{32}$/);
    expect(run('create token nobody')).toEqual(
      refused('error: failed to create token: serviceaccounts "nobody" not found\n'),
    );
    expect(run('create token default --duration=1ms')).toEqual(
      refused('error: --duration cannot be expressed in units less than seconds\n'),
    );
  });

  it('replaces', () => {
    const run = shell();
    const settings = (a: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { a },
    });
    expect(run('replace -f c.yaml', { 'c.yaml': [settings('1')] })).toEqual(
      refused('Error from server (NotFound): error when replacing "c.yaml": configmaps "settings" not found\n'),
    );
    run('create configmap settings --from-literal=b=2');
    expect(run('replace -f c.yaml', { 'c.yaml': [settings('1')] })).toEqual(ok('configmap/settings replaced\n'));
    expect(run("get cm settings -o jsonpath='{.data}'").stdout).toBe('{"a":"1"}');
  });

  it('shows what an apply would change, and changes nothing', () => {
    const run = shell();
    const settings = (a: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { a },
    });
    expect(run('diff -f c.yaml', { 'c.yaml': [settings('1')] })).toMatchObject({
      stdout: expect.stringMatching(
        /^diff -u -N \S+ \S+\n--- .*\n\+\+\+ .*\n@@ -0,0 \+1,\d+ @@\n\+apiVersion: v1\n/,
      ) as string,
      exitCode: 1,
    });
    expect(run('get cm settings').exitCode).toBe(1);
    run('apply -f c.yaml', { 'c.yaml': [settings('1')] });
    expect(run('diff -f c.yaml', { 'c.yaml': [settings('1')] })).toEqual(ok(''));
    const { stdout } = run('diff -f c.yaml', { 'c.yaml': [settings('2')] });
    expect(stdout).toContain('LIVE/v1.ConfigMap.default.settings');
    expect(stdout.slice(stdout.indexOf('@@'))).toMatch(
      /^@@ -1,6 \+1,6 @@\n apiVersion: v1\n data:\n- {2}a: "1"\n\+ {2}a: "2"\n kind: ConfigMap\n metadata:\n {3}annotations:\n$/,
    );
  });

  it('does not show in a difference what a Secret holds', () => {
    const run = shell();
    const secret = (a: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { a, b: 'eA==' },
    });
    run('apply -f s.yaml', { 's.yaml': [secret('MQ==')] });
    const { stdout } = run('diff -f s.yaml', { 's.yaml': [secret('Mg==')] });
    expect(stdout).toContain("-  a: '*** (before)'\n+  a: '*** (after)'\n   b: '***'\n");
    expect(stdout).not.toContain('Mg==');
  });

  it('tells of the server', () => {
    const run = shell();
    expect(run('version')).toEqual(ok('Client Version: v1.36.2\nKustomize Version: v5.8.1\nServer Version: v1.36.2\n'));
    expect(run('cluster-info').stdout).toBe(
      "Kubernetes control plane is running at https://kube-apiserver:6443\nCoreDNS is running at https://kube-apiserver:6443/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n",
    );
    expect(run('api-versions').stdout.split('\n')).toEqual(expect.arrayContaining(['apps/v1', 'batch/v1', 'v1']));
  });

  it('says what it cannot do here, and what to do instead', () => {
    const run = shell();
    expect(run('cp web:/etc/hosts hosts')).toEqual(
      refused('error: cp copies files of your own computer, which is not part of the simulation\n'),
    );
  });
});
