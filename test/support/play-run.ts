import { nameOf, namespaceOf } from '../../src/apimachinery/object.ts';
import { Cluster } from '../../src/simulator/cluster.ts';
import { kinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { defaultTopology } from '../../src/simulator/topology.ts';
import type { RandomRun, RandomStep } from './random-run.ts';

/** Faults end after two minutes at most, eviction takes five: a quarter of an hour later all is at rest. */
const REST_MS = 900_000;
/** What a quota says of what is used can be wrong until all is counted again, every five minutes, as upstream has it. */
const RECOUNT_MS = 310_000;

/** Plays a run; `look` is called at every step of the script and at the end. */
export function play(run: RandomRun, look: (cluster: Cluster, isAtRest: boolean) => void): Cluster {
  const { seed, workers, etcdMembers, steps, network } = run;
  const topology = { ...defaultTopology(workers), ...(etcdMembers === undefined ? {} : { etcdMembers }) };
  const cluster = Cluster.create({ ...network, seed, kinds, topology });
  cluster.runUntil(5000);
  for (const step of steps) {
    cluster.runUntil(cluster.nowMs + step.afterMs);
    take(cluster, step);
    cluster.runUntil(cluster.nowMs + 1000);
    look(cluster, false);
  }
  const isAtRest = cluster.runUntilSettled(cluster.nowMs + REST_MS);
  if (isAtRest) cluster.runUntil(cluster.nowMs + RECOUNT_MS);
  look(cluster, isAtRest);
  return cluster;
}

function take(cluster: Cluster, step: RandomStep): void {
  if (step.type === 'apply') cluster.kubectl('apply -f x.yaml', { 'x.yaml': step.objects });
  else if (step.type === 'kubectl') cluster.kubectl(step.line);
  else if (step.pod === undefined) cluster.fault(step.order);
  else {
    const pods = cluster.objects().filter(({ kind }) => kind === 'Pod');
    const pod = pods[step.pod % Math.max(1, pods.length)];
    if (pod !== undefined) cluster.fault({ ...step.order, target: `${namespaceOf(pod) ?? ''}/${nameOf(pod)}` });
  }
}

/** The hashes of the trace: straight, and gone back to the middle and on again from a checkpoint. */
export function hashesOf(run: RandomRun): { readonly straight: string; readonly again: string } {
  const cluster = play(run, () => undefined);
  const straight = cluster.trace.digest;
  const { steps } = cluster;
  cluster.seekSteps(Math.floor(steps / 2));
  cluster.seekSteps(steps);
  return { straight, again: cluster.trace.digest };
}
