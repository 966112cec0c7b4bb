import { Action } from '../../cluster-event.ts';
import type { SchedulerPlugin } from '../../plugin.ts';
import type { InterPodState } from './filtering.ts';
import { interPodState, interPodVerdict, withChangedPod } from './filtering.ts';
import { hintAfterNode, hintAfterPod } from './hints.ts';
import type { PairCounts } from './pair-counts.ts';
import { interPodScore, normalizedInterPod, pairWeights } from './scoring.ts';

export interface InterPodAffinityArgs {
  /** Of the required affinity of existing Pods for the Pod. */
  readonly hardPodAffinityWeight?: number;
  readonly ignorePreferredTermsOfExistingPods?: boolean;
}

/** Source: pkg/scheduler/framework/plugins/interpodaffinity/plugin.go and pkg/scheduler/apis/config/v1/defaults.go, 1.36. */
export function interPodAffinity(args: InterPodAffinityArgs = {}): SchedulerPlugin<InterPodState> {
  const hardWeight = args.hardPodAffinityWeight ?? 1;
  const ignoresExisting = args.ignorePreferredTermsOfExistingPods ?? false;
  return {
    name: 'InterPodAffinity',
    events: [
      {
        event: { resource: 'Pod', actions: Action.Add | Action.UpdatePodLabel | Action.Delete },
        hint: hintAfterPod,
      },
      { event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeLabel }, hint: hintAfterNode },
    ],
    preFilter(pod, snapshot) {
      const state = interPodState(pod, snapshot);
      return state === undefined ? { skip: true } : { state };
    },
    filter: (pod, node, state) => interPodVerdict(state, pod, node),
    withPod: withChangedPod,
    preScore(pod, _feasible, snapshot) {
      const weights = pairWeights(pod, snapshot, hardWeight, ignoresExisting);
      return weights === undefined ? { skip: true } : { state: weights };
    },
    score: (_pod, node, state) => interPodScore(state as PairCounts, node),
    normalize: (scores) => normalizedInterPod(scores),
  };
}
