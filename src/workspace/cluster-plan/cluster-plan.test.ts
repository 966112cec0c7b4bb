import { describe, expect, it } from 'vitest';
import { nameOf } from '../../apimachinery/object.ts';
import type { Design } from '../../design/design.ts';
import { designOf } from '../../design/testing/design-of.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { assumedNodesOf } from '../../scene/cluster/assumed-nodes.ts';
import { clusterPlan } from './cluster-plan.ts';

/** `w1: web 2, agent 1`, one line a Node; then what fits nowhere, with the reason. */
function planText(design: Design): readonly string[] {
  const { nodes, unplaced } = clusterPlan(design, BUILT_IN_KINDS, assumedNodesOf(design));
  const name = (record: string): string => nameOf(design.records.get(record)?.object ?? {});
  return [
    ...nodes.map(({ name: node, pods }) =>
      `${node}: ${pods.map(({ record, count }) => `${name(record)} ${count}`).join(', ')}`.trim(),
    ),
    ...unplaced.map(({ record, count, reason }) => `${name(record)} ${count}: ${reason}`),
  ];
}

const workload = (kind: string, name: string, replicas: number, spec: string): string =>
  `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}, namespace: shop}
spec:
  ${kind === 'DaemonSet' ? '' : `replicas: ${replicas}`}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: ${spec}
`;
const requests = (cpu: string, more = ''): string =>
  `{containers: [{name: a, image: a:1, resources: {requests: {cpu: "${cpu}", memory: 1Gi}}}]${more}}`;
const node = (name: string, cpu: string, more = ''): string =>
  `apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}, zone: ${name}}}
${more}
status: {allocatable: {cpu: "${cpu}", memory: 8Gi, pods: "110"}}
`;

describe('what would run where', () => {
  it('is spread over ordinary Nodes, the control plane kept free, where the design has none', () => {
    const design = designOf(
      [workload('Deployment', 'web', 3, requests('100m')), workload('DaemonSet', 'agent', 0, requests('10m'))].join(
        '---\n',
      ),
    );
    expect(planText(design)).toEqual([
      'cp-1:',
      expect.stringMatching(/^w1: (?=.*web 1)(?=.*agent 1)/),
      expect.stringMatching(/^w2: (?=.*web 1)(?=.*agent 1)/),
      expect.stringMatching(/^w3: (?=.*web 1)(?=.*agent 1)/),
    ]);
    expect(planText(design)).toEqual(planText(design));
  });

  it('says in the words of the scheduler why Pods fit nowhere', () => {
    const design = designOf(
      [
        node('a', '1'),
        node('b', '4', 'spec: {taints: [{key: gpu, value: "yes", effect: NoSchedule}]}'),
        workload('Deployment', 'web', 3, requests('600m')),
        workload('Deployment', 'gpu', 1, requests('2', ', tolerations: [{key: gpu, operator: Exists}]')),
        workload('Deployment', 'far', 1, requests('1m', ', nodeSelector: {zone: c}')),
      ].join('---\n'),
    );
    expect(planText(design)).toEqual([
      'a: web 1',
      'b: gpu 1',
      'web 2: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).',
      "far 1: 0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s).",
    ]);
  });

  it('sums the requests against what a Node has', () => {
    const design = designOf([node('a', '1'), workload('Deployment', 'web', 1, requests('600m'))].join('---\n'));
    expect(clusterPlan(design, BUILT_IN_KINDS, assumedNodesOf(design)).nodes[0]?.room).toEqual({
      cpuMilli: { requested: 600, allocatable: 1000 },
      memoryBytes: { requested: 2 ** 30, allocatable: 8 * 2 ** 30 },
      pods: { requested: 1, allocatable: 110 },
    });
  });
});
