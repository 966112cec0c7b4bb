import { expect, test } from 'vitest';
import { serviceOfHost, serviceOfHostIn } from './service-dns.ts';

test.each([
  ['web.shop.svc', 'web', 'shop', '{name}.{namespace}.svc'],
  ['web.shop.svc.cluster.local', 'web', 'shop', '{name}.{namespace}.svc.cluster.local'],
  ['web.shop.svc.cluster.local.', 'web', 'shop', '{name}.{namespace}.svc.cluster.local.'],
  ['shop.shop.svc', 'shop', 'shop', '{name}.{namespace}.svc'],
])('%s is a Service', (host, name, namespace, format) => {
  expect(serviceOfHost(host)).toEqual({ name, namespace, format });
  expect(serviceOfHostIn(host, 'x')).toEqual({ name, namespace, format });
});

test.each(['example.com', 'web.shop', 'web-0.web.shop.svc', 'WEB.shop.svc', '', '*.shop.svc', '10.0.0.1'])(
  '%s is none',
  (host) => {
    expect(serviceOfHost(host)).toBeUndefined();
  },
);

test('a single word is a Service of the namespace at hand', () => {
  expect(serviceOfHostIn('web', 'shop')).toEqual({ name: 'web', namespace: 'shop', format: '{name}' });
  expect(serviceOfHostIn('example.com', 'shop')).toBeUndefined();
});
