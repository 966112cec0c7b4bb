import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { PODS, SERVICES } from '../resources.ts';

beforeAll(preloadKinds);

function served(clusterIP?: string): Cluster {
  const cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(1000);
  const create = (resource: typeof PODS, body: KubernetesObject): void => {
    cluster.request({ verb: 'create', resource, namespace: 'default', body });
  };
  for (const name of ['a', 'b'])
    create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: 'web' } },
      spec: {
        hostname: name,
        subdomain: 'web',
        containers: [{ name: 'c', image: 'nginx', ports: [{ name: 'http', containerPort: 8080 }] }],
      },
    });
  create(SERVICES, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', labels: { team: 'x' } },
    spec: {
      selector: { app: 'web' },
      ports: [
        { name: 'one', port: 80, targetPort: 'http' },
        { name: 'two', port: 81 },
      ],
      ...(clusterIP === undefined ? {} : { clusterIP }),
    },
  });
  cluster.runUntil(20_000);
  return cluster;
}

function found(cluster: Cluster): KubernetesObject | undefined {
  return cluster.objects().find((object) => object.kind === 'Endpoints' && nameOf(object) === 'web');
}

describe('Endpoints', () => {
  it('name the Pods of a Service once for all its ports', () => {
    const endpoints = found(served());
    const [subset, ...more] = arrayAt(endpoints, 'subsets');
    expect(more).toEqual([]);
    expect(
      arrayAt(subset, 'addresses')
        .map((address) => stringAt(address, 'targetRef', 'name'))
        .sort(),
    ).toEqual(['a', 'b']);
    expect(
      arrayAt(subset, 'addresses')
        .map((address) => stringAt(address, 'hostname'))
        .sort(),
    ).toEqual(['a', 'b']);
    expect(arrayAt(subset, 'ports')).toEqual([
      { name: 'two', port: 81, protocol: 'TCP' },
      { name: 'one', port: 8080, protocol: 'TCP' },
    ]);
    expect(Object.fromEntries(labelsOf(endpoints!))).toEqual({
      team: 'x',
      'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
    });
  });

  it('follow the Pods, and go with the Service', () => {
    const cluster = served('None');
    expect(labelsOf(found(cluster)!).get('service.kubernetes.io/headless')).toBe('');
    cluster.request({ verb: 'delete', resource: PODS, namespace: 'default', name: 'a' });
    cluster.runUntil(80_000);
    const addresses = arrayAt(found(cluster), 'subsets').flatMap((subset) => arrayAt(subset, 'addresses'));
    expect(addresses.map((address) => stringAt(address, 'targetRef', 'name'))).toEqual(['b']);
    cluster.request({ verb: 'delete', resource: SERVICES, namespace: 'default', name: 'web' });
    cluster.runUntil(90_000);
    expect(found(cluster)).toBeUndefined();
  });
});
