import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { Cluster } from '../../cluster.ts';
import { shellOf } from '../../kubectl/testing/shell.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const HELD: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'held', namespace: 'shop', finalizers: ['example.com/keep'] },
};

const REMAINING = 'jsonpath={.status.conditions[?(@.status=="True")].message}';

it('tells what keeps a namespace from going, and lets it go when nothing does', () => {
  const cluster = Cluster.create({ seed: 1, kinds });
  const run = shellOf(cluster);
  run('create namespace shop');
  run('apply -f held.yaml', { 'held.yaml': [HELD] });
  run('run web --image=nginx -n shop');
  run('delete namespace shop --wait=false');
  // Pods go first: half of their 30 seconds and one more until the next look.
  expect(run('get configmaps held -n shop -o jsonpath={.metadata.deletionTimestamp}').stdout).toBe('');
  cluster.runUntil(cluster.nowMs + 20_000);
  expect(run(`get namespace shop -o '${REMAINING}'`).stdout).toBe(
    'Some resources are remaining: configmaps. has 1 resource instances Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances',
  );
  run(`patch configmap held -n shop --type=merge -p '{"metadata":{"finalizers":null}}'`);
  cluster.runUntil(cluster.nowMs + 20_000);
  expect(run('get namespace shop').stderr).toBe('Error from server (NotFound): namespaces "shop" not found\n');
});
