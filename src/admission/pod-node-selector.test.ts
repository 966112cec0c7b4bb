import { expect, it } from 'vitest';
import { stringMapAt } from '../base/json.ts';
import { upstreamEach, upstreamSource } from '../base/testing/upstream-table.ts';
import { isRefusal } from './answer.ts';
import { podNodeSelectorWith } from './pod-node-selector.ts';
import { clusterOf } from './testing/cluster-of.ts';
import { requestOf } from './testing/request-of.ts';

type Labels = Readonly<Record<string, string>>;

const SOURCE = upstreamSource('admission', 'plugin/pkg/admission/podnodeselector/admission_test.go, 1.36.2');

const CASES: readonly (readonly [
  name: string,
  selectors: { readonly cluster?: string; readonly namespace?: string; readonly whitelist?: string },
  pod: Labels,
  merged: Labels | undefined,
])[] = [
  ['No node selectors', {}, {}, {}],
  ['Default node selector and no conflicts', { cluster: 'infra = false' }, {}, { infra: 'false' }],
  [
    'TestNamespace node selector with whitespaces and no conflicts',
    { namespace: ' infra = false ' },
    {},
    { infra: 'false' },
  ],
  [
    'Default and namespace node selector, no conflicts',
    { cluster: 'infra = false', namespace: 'infra=true' },
    {},
    { infra: 'true' },
  ],
  ['Empty namespace node selector and no conflicts', { cluster: 'infra = false', namespace: '' }, {}, {}],
  [
    'TestNamespace and pod node selector, no conflicts',
    { cluster: 'infra = false', namespace: 'infra=true' },
    { env: 'test' },
    { infra: 'true', env: 'test' },
  ],
  [
    'Conflicting pod and namespace node selector, one label',
    { cluster: 'env = test', namespace: 'infra=true' },
    { infra: 'false' },
    undefined,
  ],
  [
    'Conflicting pod and namespace node selector, multiple labels',
    { cluster: 'env=dev', namespace: 'infra=false, env = test' },
    { env: 'dev', color: 'blue' },
    undefined,
  ],
  [
    'Merged pod node selectors satisfy the whitelist',
    { cluster: 'env=dev', namespace: 'infra=false, env = dev', whitelist: 'env=dev, infra=false, color=blue' },
    { env: 'dev', color: 'blue' },
    { infra: 'false', env: 'dev', color: 'blue' },
  ],
  [
    'Merged pod node selectors conflict with the whitelist',
    { cluster: 'env=dev', namespace: 'infra=false, env = dev', whitelist: 'env=dev, infra=true, color=blue' },
    { env: 'dev', color: 'blue' },
    undefined,
  ],
  ['Default node selector conflict with the whitelist', { cluster: 'env=dev', whitelist: 'env=prd' }, {}, undefined],
];

upstreamEach(SOURCE, 'TestPodAdmission')(CASES)('%s', (_, { cluster, namespace, whitelist }, nodeSelector, merged) => {
  const plugin = podNodeSelectorWith({
    ...(cluster === undefined ? {} : { clusterDefaultNodeSelector: cluster }),
    ...(whitelist === undefined ? {} : { whitelists: { shop: whitelist } }),
  });
  const annotations = namespace === undefined ? {} : { 'scheduler.alpha.kubernetes.io/node-selector': namespace };
  const view = clusterOf([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', annotations } }]);
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec: { nodeSelector } };
  const answer = plugin.admit?.(requestOf(pod), view);
  expect(isRefusal(answer)).toBe(merged === undefined);
  if (isRefusal(answer) || merged === undefined) return;
  const object = answer?.object ?? pod;
  expect(Object.fromEntries(stringMapAt(object, 'spec', 'nodeSelector'))).toEqual(merged);
  expect(plugin.validate?.(requestOf(object), view)).toBeUndefined();
});

it('refuses in the words of the server', () => {
  const view = clusterOf([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { nodeSelector: { infra: 'a' } },
  };
  expect(podNodeSelectorWith({ clusterDefaultNodeSelector: 'infra=b' }).admit?.(requestOf(pod), view)).toMatchObject({
    code: 403,
    message: 'pods "p" is forbidden: pod node label selector conflicts with its namespace node label selector',
  });
});
