import type { KubernetesObject } from '../../../src/apimachinery/object.ts';

/** A Deployment, with or without a Service that selects its Pods. */
export function webObjects(
  replicas: number,
  withService: boolean,
  image = 'nginx:1.27',
  name = 'web',
): readonly KubernetesObject[] {
  const labels = { app: name };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } },
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: labels, ports: [{ port: 80 }] },
  };
  return withService ? [deployment, service] : [deployment];
}
