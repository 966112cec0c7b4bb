import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { shellOf } from './testing/shell.ts';

beforeAll(preloadKinds);

const shell = () => shellOf(Cluster.create({ seed: 3, kinds }));

const replicaSet = (replicas: number, image = 'nginx'): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } },
  },
});

const configMap = (data: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data,
});

describe('kubectl', () => {
  it('lets unknown fields be refused, told or passed over, as --validate says', () => {
    const run = shell();
    const files = { 'c.yaml': [{ ...configMap({ a: '1' }), odd: 'x' }] };
    expect(run('apply -f c.yaml', files)).toMatchObject({
      stderr: expect.stringContaining('strict decoding error: unknown field "odd"'),
      exitCode: 1,
    });
    expect(run('create -f c.yaml --validate=ignore', files)).toEqual({
      stdout: 'configmap/settings created\n',
      stderr: '',
      exitCode: 0,
    });
    expect(run('replace -f c.yaml --validate=warn', files)).toEqual({
      stdout: 'configmap/settings replaced\n',
      stderr: 'Warning: unknown field "odd"\n',
      exitCode: 0,
    });
    expect(run('apply -f c.yaml --validate=maybe', files).stderr).toBe(
      'error: invalid - validate option "maybe"; must be one of: strict (or true), warn, ignore (or false)\n',
    );
  });

  it('applies: creates, leaves alone, changes, and takes away what it set before', () => {
    const run = shell();
    const files = { 'c.yaml': [configMap({ a: '1', b: '2' })] };
    expect(run('apply -f c.yaml', files)).toEqual({ stdout: 'configmap/settings created\n', stderr: '', exitCode: 0 });
    expect(run('kubectl apply -f c.yaml', files).stdout).toBe('configmap/settings unchanged\n');
    expect(run('apply -f c.yaml', { 'c.yaml': [configMap({ a: '3' })] }).stdout).toBe(
      'configmap/settings configured\n',
    );
    expect(run("get cm settings -o jsonpath='{.data}'").stdout).toBe('{"a":"3"}');
  });

  it('applies a Namespace with what lives in it, in one file', () => {
    const run = shell();
    const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    const inside = { ...configMap({ a: '1' }), metadata: { name: 'settings', namespace: 'shop' } };
    expect(run('apply -f d.yaml', { 'd.yaml': [namespace, inside] })).toEqual({
      stdout: 'namespace/shop created\nconfigmap/settings created\n',
      stderr: '',
      exitCode: 0,
    });
  });

  it('shows Pods as the server’s table does', () => {
    const run = shell();
    run('apply -f w.yaml', { 'w.yaml': [replicaSet(1)] });
    expect(run('get rs').stdout).toMatch(
      /^NAME   DESIRED   CURRENT   READY   AGE\nweb    1         1         1       \d+s\n$/,
    );
    expect(run('get pods --no-headers').stdout).toMatch(/^web-\w{5}   1\/1   Running   0     \d+s\n$/);
    expect(run('get pods -n nowhere')).toMatchObject({
      stderr: 'No resources found in nowhere namespace.\n',
      exitCode: 0,
    });
  });

  it('scales, and waits for what it deletes', () => {
    const run = shell();
    run('apply -f w.yaml', { 'w.yaml': [replicaSet(1)] });
    expect(run('scale rs/web --replicas=3').stdout).toBe('replicaset.apps/web scaled\n');
    expect(run('get po -l app=web -o name').stdout.trim().split('\n')).toHaveLength(3);
    expect(run('delete replicaset web').stdout).toBe('replicaset.apps "web" deleted from default namespace\n');
    expect(run('get rs web')).toEqual({
      stdout: '',
      stderr: 'Error from server (NotFound): replicasets.apps "web" not found\n',
      exitCode: 1,
    });
  });

  it('labels, annotates, taints and cordons', () => {
    const run = shell();
    expect(run('label node w1 disk=ssd').stdout).toBe('node/w1 labeled\n');
    expect(run('label node w1 disk=hdd')).toMatchObject({
      stderr: "error: 'disk' already has a value (ssd), and --overwrite is false\n",
      exitCode: 1,
    });
    expect(run('label node w1 disk-').stdout).toBe('node/w1 unlabeled\n');
    expect(run("annotate node w1 note='two words'").stdout).toBe('node/w1 annotated\n');
    expect(run('taint nodes w1 key=v:NoSchedule').stdout).toBe('node/w1 tainted\n');
    expect(run('taint nodes w1 key:NoSchedule-').stdout).toBe('node/w1 untainted\n');
    expect(run('cordon w1').stdout).toBe('node/w1 cordoned\n');
    expect(run('cordon w1').stdout).toBe('node/w1 already cordoned\n');
    expect(run('get nodes w1 --no-headers').stdout).toMatch(/^w1 {4}Ready,SchedulingDisabled/);
    expect(run('uncordon w1').stdout).toBe('node/w1 uncordoned\n');
  });

  it('drains a Node: Pods of controllers go elsewhere', () => {
    const run = shell();
    run('apply -f w.yaml', { 'w.yaml': [replicaSet(6)] });
    const { stdout, exitCode } = run('drain w1 --ignore-daemonsets');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^node\/w1 cordoned\nevicting pod default\/web-/);
    expect(stdout).toMatch(/pod\/web-\w+ evicted\nnode\/w1 drained\n$/);
    expect(run('get pods -o custom-columns=NODE:.spec.nodeName').stdout).not.toContain('w1');
  });

  it('waits for a condition, and gives up after a while', () => {
    const run = shell();
    expect(run('wait --for=condition=Ready node/w1 --timeout=5s').stdout).toBe('node/w1 condition met\n');
    expect(run('wait --for=condition=Gone node/w1 --timeout=5s')).toEqual({
      stdout: '',
      stderr: 'error: timed out waiting for the condition on nodes/w1\n',
      exitCode: 1,
    });
  });

  it('refuses what it does not know in its own words', () => {
    const run = shell();
    expect(run('get widgets').stderr).toBe('error: the server doesn\'t have a resource type "widgets"\n');
    expect(run('frobnicate').stderr).toBe('error: unknown command "frobnicate" for "kubectl"\n');
    expect(run('apply -f gone.yaml').stderr).toBe('error: the path "gone.yaml" does not exist\n');
    const unknown = { apiVersion: 'x.example/v1', kind: 'Widget', metadata: { name: 'w' } };
    expect(run('apply -f w.yaml', { 'w.yaml': [unknown] }).stderr).toBe(
      'error: resource mapping not found for name: "w" namespace: "" from "w.yaml": no matches for kind "Widget" in version "x.example/v1"\nensure CRDs are installed first\n',
    );
  });
});
