import type { JsonValue } from '../../../../base/json.ts';
import type { SchedulerPlugin } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { Constraints } from './constraints.ts';
import { constraintsOf, spreadConstraintsOf } from './constraints.ts';
import { SYSTEM_DEFAULTS, defaultConstraints } from './default-constraints.ts';
import { domainCounts } from './domain-counts.ts';
import type { SpreadState } from './filtering.ts';
import { constraintState, spreadVerdict, withChangedPod } from './filtering.ts';
import { hintAfterNode, hintAfterPod, NODE_ACTIONS, POD_ACTIONS } from './hints.ts';
import type { SpreadScoring } from './scoring.ts';
import { normalizedSpread, spreadScore, spreadScoring } from './scoring.ts';

export interface PodTopologySpreadArgs {
  /** For Pods without constraints of their own, instead of the system's. */
  readonly defaultConstraints?: readonly JsonValue[];
}

/** Source: pkg/scheduler/framework/plugins/podtopologyspread/plugin.go, 1.36. */
export function podTopologySpread(args: PodTopologySpreadArgs = {}): SchedulerPlugin<SpreadState> {
  const defaults = args.defaultConstraints ?? SYSTEM_DEFAULTS;
  const isSystemDefault = args.defaultConstraints === undefined;
  const constraintsFor = (pod: PodInfo, snapshot: Snapshot): Constraints =>
    spreadConstraintsOf(pod.pod).length > 0 ? constraintsOf(pod.pod) : defaultConstraints(defaults, pod, snapshot);
  return {
    name: 'PodTopologySpread',
    events: [
      {
        event: { resource: 'Pod', actions: POD_ACTIONS },
        hint: (pod, before, after, snapshot) =>
          hintAfterPod(pod.pod, constraintsFor(pod, snapshot).hard, before, after),
      },
      {
        event: { resource: 'Node', actions: NODE_ACTIONS },
        hint: (pod, before, after, snapshot) => hintAfterNode(constraintsFor(pod, snapshot).hard, before, after),
      },
    ],
    preFilter(pod, snapshot) {
      const { hard } = constraintsFor(pod, snapshot);
      if (hard.length === 0) return { skip: true };
      const { domains } = domainCounts(snapshot.nodes, pod, hard, true);
      return {
        state: { constraints: hard.map((constraint, index) => constraintState(constraint, pod, domains[index]!)) },
      };
    },
    filter: (_pod, node, state) => spreadVerdict(state, node),
    withPod: withChangedPod,
    preScore(pod, feasible, snapshot) {
      if (snapshot.nodes.length === 0) return { skip: true };
      const { soft } = constraintsFor(pod, snapshot);
      if (soft.length === 0) return { skip: true };
      const needsAllKeys = spreadConstraintsOf(pod.pod).length > 0 || !isSystemDefault;
      return { state: spreadScoring(pod, soft, feasible, snapshot.nodes, needsAllKeys) };
    },
    score: (_pod, node, state) => spreadScore(state as SpreadScoring, node),
    normalize: (scores, nodes, state) => normalizedSpread(scores, nodes, (state as SpreadScoring).ignored),
  };
}
