import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeInfo } from '../node-info.ts';
import { nodeInfoOf, withPod, withoutPod } from '../node-info.ts';
import { podInfoOf } from '../pod-info.ts';
import type { PairCount } from './inter-pod-affinity/pair-counts.ts';
import { PairCounts } from './inter-pod-affinity/pair-counts.ts';
import { Tallies } from './node-tally.ts';

const POD = podInfoOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', uid: 'p' }, spec: {} });

function nodeNamed(name: string, zone: number): NodeInfo {
  return nodeInfoOf({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { zone: `z${zone}` } } });
}

interface Change {
  readonly what: 'pod' | 'no pod' | 'node' | 'no node' | 'zone';
  readonly index: number;
  readonly zone: number;
}

/** One thing that happens to the Nodes: a Pod comes or goes, a Node comes, goes or moves to another zone. */
const changes: fc.Arbitrary<Change> = fc.record({
  what: fc.constantFrom<Change['what']>('pod', 'no pod', 'node', 'no node', 'zone'),
  index: fc.nat(7),
  zone: fc.nat(2),
});

function after(nodes: readonly NodeInfo[], { what, index, zone }: Change): readonly NodeInfo[] {
  const at = nodes.length === 0 ? 0 : index % nodes.length;
  const node = nodes[at];
  if (what === 'node' || node === undefined) return [...nodes, nodeNamed(`n${nodes.length}-${zone}`, zone)];
  if (what === 'no node') return nodes.toSpliced(at, 1);
  if (what === 'pod') return nodes.with(at, withPod(node, POD));
  if (what === 'no pod') return nodes.with(at, withoutPod(node, POD));
  return nodes.with(at, nodeNamed(node.name, zone));
}

function podsByZone(tallies: Tallies<readonly PairCount[], PairCounts>, nodes: readonly NodeInfo[]): unknown {
  const counts = tallies.of(
    'pods by zone',
    nodes,
    ({ pods, labels }) =>
      pods.length === 0 ? undefined : [{ key: 'zone', value: labels.get('zone')!, count: pods.length }],
    () => new PairCounts(),
  );
  return { byKey: new Map([...counts.byKey].map(([key, values]) => [key, new Map(values)])), size: counts.size };
}

test('what is kept up to date is what is counted anew', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 40 }), (steps) => {
      const kept = new Tallies<readonly PairCount[], PairCounts>();
      let nodes: readonly NodeInfo[] = [];
      for (const step of steps) {
        nodes = after(nodes, step);
        expect(podsByZone(kept, nodes)).toEqual(podsByZone(new Tallies(), nodes));
      }
    }),
  );
});
