import { PINNED_RELEASE } from '../../../openapi/resource.ts';
import type { ClusterOptions } from '../../../simulator/place-cluster.ts';
import { withPools } from '../../../simulator/clusterautoscaler/node-pool.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { ManifestFiles } from '../../../simulator/kubectl/command.ts';
import type { Script } from '../../../simulator/script/script.ts';
import { readScript } from '../../../simulator/script/script.ts';
import type { Topology } from '../../../simulator/topology.ts';
import type { RunPlan } from '../run.ts';
import { deedsOf } from './deeds-of-script.ts';
import { scriptObject } from './script-in.ts';
import { hashOfScript } from './script-text.ts';

/** A run that somebody kept: its Script, and the hash that it came to. */
export interface ReadRun {
  readonly script: Script;
  readonly hash: string | undefined;
  /** What the Script says of the cluster itself, as it stands there. */
  readonly cluster: JsonObject;
}

/** Fields of a Script that are no deeds: what is played again is kept with them again. */
const OF_CLUSTER = ['topology', 'options', 'behaviours', 'prices'] as const;

/** Throws, with what is wrong and where, for a text that holds no Script that can be played. */
export function readKeptRun(text: string): ReadRun {
  const object = scriptObject(text);
  const { script, problems } = readScript(object, `1.${PINNED_RELEASE}`);
  const [first] = problems;
  if (first !== undefined) throw new Error(`${first.field}: ${first.id}`);
  const cluster = Object.fromEntries(
    OF_CLUSTER.flatMap((key) => (object[key] === undefined ? [] : [[key, object[key]]])),
  );
  return { script, hash: hashOfScript(object), cluster };
}

/** What the cluster of a script is made with. */
export function optionsOf(
  { options, behaviours, pools, etcdMembers, apiServers, etcd }: Script,
  seed: number,
  kinds: ClusterOptions['kinds'],
  topology: Topology,
): ClusterOptions {
  return {
    ...options,
    seed,
    kinds,
    topology: {
      ...withPools(topology, pools),
      ...(etcdMembers === undefined ? {} : { etcdMembers }),
      ...(apiServers === undefined ? {} : { apiServers }),
      ...(etcd === undefined ? {} : { etcd }),
    },
    behaviours,
  };
}

/** How many workers a script begins with beside those of its pools, where it says nothing: as many as there would be else. */
export function workersOf({ nodes, pools }: Script, others: number): number {
  return nodes ?? (pools.length > 0 ? 0 : others);
}

export function planOf({ steps, timesFrom, untilMs }: Script, files: ManifestFiles): RunPlan {
  return { deeds: deedsOf(steps), files, timesFrom, endsAtMs: untilMs };
}
