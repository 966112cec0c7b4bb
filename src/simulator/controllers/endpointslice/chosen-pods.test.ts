import { expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { View } from '../../client/view.ts';
import { randomSource } from '../../kernel/random.ts';
import { chosenPods } from './chosen-pods.ts';

function serviceOf(namespace: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace },
    spec: { selector: { app: 'web' } },
  };
}

function podOf(name: string, namespace: string, app: string, podIP: string): KubernetesObject {
  const metadata = { name, namespace, labels: { app } };
  return { apiVersion: 'v1', kind: 'Pod', metadata, status: podIP === '' ? {} : { podIP, podIPs: [{ ip: podIP }] } };
}

it('are the same whether they follow the changes or are looked up anew', () => {
  const random = randomSource(1, 'chosen-pods');
  const services = ['default', 'shop'].map(serviceOf);
  const views = [View.empty()];
  let found = 0;
  for (let step = 1; step <= 600; step++) {
    const draw = (purpose: string, most: number): number => random.integer(`${purpose}/${step}`, 0, most);
    // Now and then a controller goes on from an older view, as after a step back.
    const view = views.at(draw('back', 9) === 0 ? -Math.min(views.length, 5) : -1)!;
    const namespace = ['default', 'shop', 'shop-2'][draw('namespace', 2)]!;
    const name = `web-${draw('name', 40)}`;
    const pod = podOf(
      name,
      namespace,
      ['web', 'other'][draw('app', 1)]!,
      draw('ip', 2) === 0 ? '' : `10.0.0.${draw('address', 200)}`,
    );
    views.push(view.with(step, `${namespace}/${name}`, draw('gone', 4) === 0 ? undefined : pod));
    // Sometimes several changes pass before the next sync.
    if (draw('sync', 2) === 0) continue;
    for (const service of services) {
      const followed = chosenPods(views.at(-1)!, service);
      expect(followed).toEqual(chosenPods(views.at(-1)!, { ...service }));
      found = Math.max(found, followed.pods.length);
    }
  }
  expect(found).toBeGreaterThan(5);
});

it('are one value as long as nothing changes that concerns the Service', () => {
  const service = serviceOf('shop');
  const before = View.empty().with(1, 'shop/web-1', podOf('web-1', 'shop', 'web', '10.0.0.1'));
  const chosen = chosenPods(before, service);
  const after = before
    .with(2, 'default/web-2', podOf('web-2', 'default', 'web', '10.0.0.2'))
    .with(3, 'shop/other', podOf('other', 'shop', 'other', '10.0.0.3'))
    .with(4, 'shop/web-3', podOf('web-3', 'shop', 'web', ''));
  expect(chosenPods(after, service)).toBe(chosen);
});
