import { expect, test } from 'vitest';
import { admissionChain, admit, validate } from './admission-chain.ts';
import { ALL_ORDERED_PLUGINS } from './plugin-order.ts';
import { PLUGINS } from './plugins.ts';
import { clusterOf } from './testing/cluster-of.ts';
import { requestOf } from './testing/request-of.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec: { containers: [] } };
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };

test('refuses plugins that stand twice, out of order, or that no server knows', () => {
  const plugin = PLUGINS[0]!;
  expect(() => admissionChain({}, [plugin, plugin])).toThrow('stands twice or out of order');
  expect(() => admissionChain({}, [...PLUGINS].reverse())).toThrow('out of order');
  expect(() => admissionChain({}, [{ name: 'Nobody', operations: [] }])).toThrow('no admission plugin Nobody');
  expect(() => admissionChain({ disable: ['Nobody'] })).toThrow('no admission plugin is named Nobody');
});

test('asks the plugins that are on by default, and those that are switched on', () => {
  const isDefaultOn = new Set(ALL_ORDERED_PLUGINS.filter((entry) => entry.isDefaultOn).map(({ name }) => name));
  expect(admissionChain().map(({ name }) => name)).toEqual(
    PLUGINS.filter(({ name }) => isDefaultOn.has(name)).map(({ name }) => name),
  );
  expect(admissionChain({ disable: ['Priority'] }).map(({ name }) => name)).not.toContain('Priority');
});

test('the first refusal is the answer, with the plugin that gave it', () => {
  expect(admit(requestOf(pod), clusterOf([]), admissionChain())).toMatchObject({
    plugin: 'NamespaceLifecycle',
    refusal: { code: 404, message: 'namespaces "default" not found' },
  });
});

test('each plugin sees what the one before made of the object', () => {
  const chain = admissionChain({ disable: ['ServiceAccount'] });
  const answer = admit(requestOf(pod), clusterOf([namespace]), chain);
  expect(answer).toMatchObject({ object: { spec: { priority: 0, preemptionPolicy: 'PreemptLowerPriority' } } });
  expect(validate(requestOf(pod), clusterOf([namespace]), chain)).toEqual({
    object: pod,
    warnings: [],
    writes: [],
    changedBy: [],
    auditAnnotations: { 'pod-security.kubernetes.io/enforce-policy': 'privileged:latest' },
  });
});
