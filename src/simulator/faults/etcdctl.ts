import type { FaultDefinition } from './fault.ts';

/**
 * No fault, but what somebody does about one: a line of etcdctl or etcdutl, `snapshot save backup.db`, `snapshot restore
 * backup.db --bump-revision 1000000000 --mark-compacted`, `member add etcd-3 --learner`. What comes of it is not undone.
 */
export const etcdctlLine: FaultDefinition = {
  name: 'etcdctl',
  target: 'cluster',
  parameters: [{ name: 'line', default: '' }],
  effects: (_target, { line = '' }) => (line === '' ? [] : [{ type: 'etcdctl', line }]),
};
