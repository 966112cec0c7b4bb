import { expect, it } from 'vitest';
import type { Asked } from './picking-state.ts';
import { partiesOf, spotName } from './spot-name.ts';

const object = (kind: 'Node' | 'Pod' | 'app', ...names: string[]): Asked => ({
  type: 'object',
  kind,
  names,
  chosen: undefined,
  right: undefined,
  onPick: () => undefined,
});
const arrow = (...parties: string[]): Asked => ({
  type: 'arrow',
  parties,
  from: undefined,
  to: undefined,
  onDraw: () => undefined,
});

it.each([
  [object('Node', 'w1'), 'node/w1', 'w1'],
  [object('Node', 'w1'), 'node/w2', undefined],
  [object('Node', 'w1'), 'kubelet/w1', undefined],
  [object('Pod', 'web-1'), 'Pod/web-1', 'web-1'],
  [object('app', 'app-c1'), 'app/app-c1', 'app-c1'],
  [arrow(), 'node/w1', 'w1'],
  [arrow(), 'kubelet/w1', 'kubelet/w1'],
  [arrow(), 'etcd-0', 'etcd-0'],
  [arrow(), 'Pod/web-1', undefined],
  [arrow('operator', 'server-1'), 'server-1', 'server-1'],
  [arrow('operator', 'server-1'), 'server-2', undefined],
])('of %j the picture’s %s is %s', (asked, id, name) => expect(spotName(asked, id)).toBe(name));

it('asks which part it was where a box has several', () => {
  expect(partiesOf('kube-apiserver-0')).toEqual(['kube-apiserver']);
  expect(partiesOf('node/w1')).toContain('kubelet');
  expect(partiesOf('kube-controller-manager')).toContain('replicaset-controller');
});
