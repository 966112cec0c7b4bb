import type { Script } from './script.ts';

/** Nothing is done to the cluster but applying its design. */
export const NO_SCRIPT: Script = {
  seed: undefined,
  nodes: undefined,
  nodeSize: undefined,
  pools: [],
  prices: undefined,
  etcdMembers: undefined,
  apiServers: undefined,
  etcd: undefined,
  options: {},
  behaviours: [],
  steps: [],
  sweep: undefined,
  timesFrom: 'applied',
  untilMs: undefined,
  design: [],
};
