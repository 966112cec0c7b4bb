import type { SchedulerPlugin } from './plugin.ts';
import { defaultBinder } from './plugins/default-binder.ts';
import { defaultPreemption } from './plugins/default-preemption.ts';
import { dynamicResources } from './plugins/dynamic-resources/dynamic-resources.ts';
import { imageLocality } from './plugins/image-locality.ts';
import { interPodAffinity } from './plugins/inter-pod-affinity/inter-pod-affinity.ts';
import { nodeAffinity } from './plugins/node-affinity.ts';
import { nodeDeclaredFeatures } from './plugins/node-declared-features.ts';
import { nodeName } from './plugins/node-name.ts';
import { nodePorts } from './plugins/node-ports.ts';
import { nodeResourcesBalancedAllocation } from './plugins/node-resources/balanced-allocation.ts';
import { nodeResourcesFit } from './plugins/node-resources/fit.ts';
import { nodeUnschedulable } from './plugins/node-unschedulable.ts';
import { podTopologySpread } from './plugins/pod-topology-spread/pod-topology-spread.ts';
import { schedulingGates } from './plugins/scheduling-gates.ts';
import { taintToleration } from './plugins/taint-toleration.ts';
import { nodeVolumeLimits } from './plugins/volumes/node-volume-limits.ts';
import { volumeBinding } from './plugins/volumes/volume-binding.ts';
import { volumeRestrictions } from './plugins/volumes/volume-restrictions.ts';
import { volumeZone } from './plugins/volumes/volume-zone.ts';

export interface ProfileEntry {
  readonly plugin: SchedulerPlugin;
  /** Of its score; 0 for a plugin that gives none. */
  readonly weight: number;
}

function entry<State>(plugin: SchedulerPlugin<State>, weight = 0): ProfileEntry {
  return { plugin: plugin as SchedulerPlugin, weight };
}

/** The default profile: order and weights. Source: pkg/scheduler/apis/config/v1/default_plugins.go, 1.36. */
const DEFAULT_PROFILE: readonly ProfileEntry[] = [
  entry(schedulingGates),
  entry(nodeUnschedulable),
  entry(nodeName),
  entry(taintToleration, 3),
  entry(nodeAffinity(), 2),
  entry(nodePorts),
  entry(nodeResourcesFit(), 1),
  entry(volumeRestrictions),
  entry(nodeVolumeLimits),
  entry(volumeBinding),
  entry(volumeZone),
  entry(podTopologySpread(), 2),
  entry(interPodAffinity(), 2),
  entry(dynamicResources(), 2),
  entry(defaultPreemption()),
  entry(nodeResourcesBalancedAllocation(), 1),
  entry(imageLocality, 1),
  entry(defaultBinder),
  entry(nodeDeclaredFeatures),
];

/** Name of the profile that a scheduler has where its settings say no other. */
export const DEFAULT_PROFILE_NAME = 'default-scheduler';

/** Profiles by name: a scheduler's state holds the name only, for plugins are no data. */
export const PROFILES = new Map<string, readonly ProfileEntry[]>([[DEFAULT_PROFILE_NAME, DEFAULT_PROFILE]]);
