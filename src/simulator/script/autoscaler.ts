import type { AutoscalerFlags } from '../clusterautoscaler/loop-state.ts';
import { EXPANDERS } from '../clusterautoscaler/expander.ts';
import { NUMBERS_1_36 } from '../release/1.36.ts';
import type { Read } from './read-shape.ts';
import { duration, integer, listOf, objectOf, oneOf, truth } from './read-shape.ts';

const part: Read = (value, field, reader) =>
  typeof value === 'number' && value >= 0 ? value : reader.problem('script.type', field, { type: 'number' });

const FLAGS = objectOf({
  expander: { as: 'expanders', read: listOf(oneOf(...EXPANDERS)) },
  scanInterval: { as: 'scanIntervalMs', read: duration },
  scaleDownEnabled: { read: truth },
  scaleDownUnneededTime: { as: 'scaleDownUnneededMs', read: duration },
  scaleDownUnreadyTime: { as: 'scaleDownUnreadyMs', read: duration },
  scaleDownDelayAfterAdd: { as: 'scaleDownDelayAfterAddMs', read: duration },
  scaleDownDelayAfterDelete: { as: 'scaleDownDelayAfterDeleteMs', read: duration },
  scaleDownDelayAfterFailure: { as: 'scaleDownDelayAfterFailureMs', read: duration },
  scaleDownUtilizationThreshold: { read: part },
  balanceSimilarNodeGroups: { read: truth },
  maxNodesTotal: { read: integer },
  maxNodeProvisionTime: { as: 'maxNodeProvisionMs', read: duration },
  newPodScaleUpDelay: { as: 'newPodScaleUpDelayMs', read: duration },
  expendablePodsPriorityCutoff: { read: integer },
  ignoreDaemonsetsUtilization: { as: 'ignoreDaemonSetsUtilization', read: truth },
  maxDrainParallelism: { read: integer },
  maxScaleDownParallelism: { read: integer },
  enforceNodeGroupMinSize: { read: truth },
  skipNodesWithSystemPods: { read: truth },
  skipNodesWithLocalStorage: { read: truth },
  skipNodesWithCustomControllerPods: { read: truth },
  minReplicaCount: { read: integer },
});

/**
 * `options.autoscaler` of a script: flags of cluster-autoscaler in camel case, where they are not as by default.
 *
 * @example
 * options: {autoscaler: {expander: [priority, least-waste], scaleDownUnneededTime: 2m, balanceSimilarNodeGroups: true}}
 */
export const autoscalerFlags: Read = (value, field, reader) => {
  const flags = FLAGS(value, field, reader) as Partial<AutoscalerFlags> | undefined;
  const { scanIntervalMs } = { ...NUMBERS_1_36.clusterAutoscaler, ...flags };
  if (scanIntervalMs < 1000)
    return reader.problem('script.refused', `${field}.scanInterval`, { message: 'must be 1s or more' });
  return flags;
};
