import { expect, test } from 'vitest';
import { stableLabels } from './stable-labels.ts';

test.each<[string, Record<string, string>, Record<string, string>]>([
  [
    'the recommended labels come first',
    { app: 'x', 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/version': '1' },
    { 'app.kubernetes.io/name': 'web' },
  ],
  [
    'a component tells the parts of one instance apart',
    {
      'app.kubernetes.io/name': 'argocd',
      'app.kubernetes.io/instance': 'a',
      'app.kubernetes.io/component': 'server',
      'helm.sh/chart': 'c',
    },
    { 'app.kubernetes.io/name': 'argocd', 'app.kubernetes.io/instance': 'a', 'app.kubernetes.io/component': 'server' },
  ],
  [
    'app with what tells its parts apart',
    { app: 'redis', role: 'leader', tier: 'backend', color: 'red' },
    { app: 'redis', role: 'leader', tier: 'backend' },
  ],
  ['k8s-app', { 'k8s-app': 'kube-dns', 'pod-template-hash': 'x' }, { 'k8s-app': 'kube-dns' }],
  ['anything else that stays', { color: 'red', 'controller-revision-hash': 'x', version: '2' }, { color: 'red' }],
  ['nothing', { 'pod-template-hash': 'x', 'job-name': 'y' }, {}],
])('%s', (_, labels, selected) => {
  expect(stableLabels(new Map(Object.entries(labels)))).toEqual(selected);
});
