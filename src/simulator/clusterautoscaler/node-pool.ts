import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectAt } from '../../base/json.ts';
import type { NodeSize, Topology } from '../topology.ts';
import { nodeOfSize } from '../topology.ts';

/** A group of machines of one size, of which a cloud makes more or fewer. */
export interface NodePool {
  /** Machines of it are named after it: `web-1`, `web-2`… */
  readonly name: string;
  readonly size: NodeSize;
  /** Fewest and most machines that the autoscaler may set. */
  readonly min: number;
  readonly max: number;
  /** Machines at the beginning. */
  readonly nodes: number;
  /** How long a machine needs from the order until its kubelet runs. Milliseconds. */
  readonly bootMs: number;
  /** How many machines of it the cloud has to give at all; any number where left out. */
  readonly stock?: number;
}

/** What a machine of a pool is called; `number` counts from 1. */
export function machineName({ name }: NodePool, number: number): string {
  return `${name}-${number}`;
}

/** The Node of a machine of a pool, as its kubelet registers it. */
export function nodeOfPool(pool: NodePool, number: number): KubernetesObject {
  const name = machineName(pool, number);
  const node = nodeOfSize(pool.size, name, number - 1);
  return { ...node, spec: { ...objectAt(node, 'spec'), providerID: providerIdOf(pool.name, name) } };
}

export function providerIdOf(pool: string, node: string): string {
  return `drydock:///${pool}/${node}`;
}

/** A topology with pools, and their first machines after its own Nodes; as it is where there are none. */
export function withPools(topology: Topology, pools: readonly NodePool[]): Topology {
  if (pools.length === 0) return topology;
  const first = pools.flatMap((pool) => Array.from({ length: pool.nodes }, (_, index) => nodeOfPool(pool, index + 1)));
  return { ...topology, nodes: [...topology.nodes, ...first], pools };
}

/** Machines that a cluster may come to have. */
export function mostMachines({ nodes, pools = [] }: Topology): number {
  return pools.reduce((sum, { max, nodes: first }) => sum + Math.max(0, max - first), nodes.length);
}
