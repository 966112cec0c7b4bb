import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Behaviour } from '../../../simulator/behaviour/behaviour.ts';
import { Cluster } from '../../../simulator/cluster.ts';
import { asksForSnapshots } from '../../../simulator/storage/snapshot/definitions.ts';
import { kinds } from '../../../simulator/testing/built-in-kinds.ts';

const BEHAVIOURS: readonly Behaviour[] = [
  { match: { image: 'crash:*' }, crashAfterMs: 1000, exitCode: 7 },
  { match: { image: 'nowhere/*' }, image: { pullFailure: 'not found' } },
  { match: { image: 'never-ready:*' }, readyAfterMs: Infinity },
];

/** A cluster in which objects were applied, run up to a moment. */
export function after(seconds: number, objects: readonly object[], more?: (cluster: Cluster) => void): Cluster {
  const snapshots = asksForSnapshots(objects as readonly KubernetesObject[]);
  const cluster = Cluster.create({ seed: 1, kinds, behaviours: BEHAVIOURS, snapshots });
  cluster.runUntil(5000);
  cluster.kubectl('apply -f x.yaml', { 'x.yaml': objects as readonly KubernetesObject[] });
  more?.(cluster);
  cluster.runUntil(5000 + seconds * 1000);
  return cluster;
}

export function pod(name: string, image: string, more: object = {}): object {
  const metadata = { name, namespace: 'default', labels: { app: name } };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'main', image, ...more }] } };
}

export function deployment(name: string, replicas: number, image = 'nginx:1', container: object = {}): object {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image, ...container }] } },
    },
  };
}

export function service(name: string, selector: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector, ports: [{ port: 80 }] },
  };
}

export function claim(name: string, storageClassName: string | undefined): object {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default' },
    spec: { ...spec, ...(storageClassName === undefined ? {} : { storageClassName }) },
  };
}
