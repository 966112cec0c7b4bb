import { expect, it } from 'vitest';
import { failedSchedulingMessage } from './failed-scheduling.ts';
import { addNode, emptyNodeTree, nodeOrder } from './node-tree.ts';

it('looks at the zones in turn', () => {
  const tree = emptyNodeTree();
  for (const [name, zone] of Object.entries({ a: 'x', b: 'x', c: 'x', d: 'y', e: 'z', f: 'z' })) {
    const labels = { 'topology.kubernetes.io/zone': zone };
    addNode(tree, { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } });
  }
  expect(nodeOrder(tree)).toEqual(['a', 'd', 'e', 'b', 'f', 'c']);
});

it('says why no Node takes a Pod, in the words of the scheduler', () => {
  const verdict = (reason: string) => ({ code: 'Unschedulable', reasons: [reason] }) as const;
  const verdicts = [verdict('Insufficient cpu'), verdict('Insufficient cpu'), verdict('Too many pods')];
  expect(failedSchedulingMessage({ nodeCount: 3, verdicts, postFilter: [] })).toBe(
    '0/3 nodes are available: 1 Too many pods, 2 Insufficient cpu.',
  );
});
