import type { SchedulerPlugin } from './plugin.ts';
import { nodeName } from './plugins/node-name.ts';
import { nodeResourcesFit } from './plugins/node-resources-fit.ts';
import { taintToleration } from './plugins/taint-toleration.ts';

export interface ProfileEntry {
  readonly plugin: SchedulerPlugin;
  /** Of its score; 0 for a plugin that gives none. */
  readonly weight: number;
}

/** The default profile: order and weights. Source: pkg/scheduler/apis/config/v1/default_plugins.go, 1.36. */
export const DEFAULT_PROFILE: readonly ProfileEntry[] = [
  { plugin: nodeName, weight: 0 },
  { plugin: taintToleration, weight: 3 },
  { plugin: nodeResourcesFit, weight: 1 },
];
