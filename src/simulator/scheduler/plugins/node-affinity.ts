import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import type {
  PreferredSchedulingTerm,
  RequiredNodeAffinity,
  SelectableNode,
} from '../../../apimachinery/node-selector.ts';
import {
  matchesNodeSelector,
  matchesRequiredNodeAffinity,
  parseNodeSelector,
  parsePreferredSchedulingTerms,
  preferenceScore,
  requiredNodeAffinity,
} from '../../../apimachinery/node-selector.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin, Verdict } from '../plugin.ts';
import { hint } from './event-hints.ts';
import { normalizedScores } from './normalized-scores.ts';

export interface NodeAffinityArgs {
  /** A `core/v1 NodeAffinity` that counts for every Pod beside its own. */
  readonly addedAffinity?: JsonValue;
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

const NOT_MATCHED: Verdict = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
});
const NOT_ENFORCED: Verdict = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: ["node(s) didn't match scheduler-enforced node affinity"],
});
const CONFLICT: Verdict = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: ['pod affinity terms conflict'],
});

/** Source: pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go, 1.36. */
export function nodeAffinity(args: NodeAffinityArgs = {}): SchedulerPlugin<RequiredNodeAffinity> {
  const addedRequired = valueAt(args.addedAffinity, REQUIRED);
  const added = addedRequired === undefined || addedRequired === null ? undefined : parseNodeSelector(addedRequired);
  const addedPreferred = parsePreferredSchedulingTerms(valueAt(args.addedAffinity, PREFERRED));

  return {
    name: 'NodeAffinity',
    isLocal: true,
    events: [
      {
        event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeLabel },
        hint({ pod }, before, after) {
          const now = after && selectable(after);
          if (now === undefined || (added !== undefined && !matchesNodeSelector(added, now))) return 'QueueSkip';
          const required = requiredOf(pod);
          if (!matchesRequiredNodeAffinity(required, now)) return 'QueueSkip';
          return hint(before === undefined || !matchesRequiredNodeAffinity(required, selectable(before)));
        },
      },
    ],
    preFilter({ pod }) {
      const required = objectAt(pod, 'spec', 'affinity', 'nodeAffinity', REQUIRED);
      const hasSelector = objectAt(pod, 'spec', 'nodeSelector') !== undefined;
      if (required === undefined && added === undefined && !hasSelector) return { skip: true };
      const state = requiredOf(pod);
      const nodeNames = namedNodes(arrayAt(required, 'nodeSelectorTerms'));
      if (nodeNames === undefined) return { state };
      return nodeNames.size === 0 ? { verdict: CONFLICT } : { state, nodeNames };
    },
    filter(_pod, node, state) {
      if (added !== undefined && !matchesNodeSelector(added, node)) return NOT_ENFORCED;
      return matchesRequiredNodeAffinity(state, node) ? undefined : NOT_MATCHED;
    },
    preScore({ pod }) {
      const list = valueAt(pod, 'spec', 'affinity', 'nodeAffinity', PREFERRED);
      if (!Array.isArray(list) && addedPreferred.length === 0) return { skip: true };
      return { state: [...addedPreferred, ...parsePreferredSchedulingTerms(list)] };
    },
    score: (_pod, node, state) => preferenceScore(state as readonly PreferredSchedulingTerm[], node),
    normalize: (scores) => normalizedScores(scores, false),
  };
}

const parsed = new WeakMap<KubernetesObject, RequiredNodeAffinity>();

/** What a Pod demands of its Node; read once for each version of a Pod. */
export function requiredOf(pod: KubernetesObject): RequiredNodeAffinity {
  let required = parsed.get(pod);
  if (required === undefined) parsed.set(pod, (required = requiredNodeAffinity(pod['spec'])));
  return required;
}

function selectable(node: KubernetesObject): SelectableNode {
  return { name: nameOf(node), labels: labelsOf(node) };
}

/** The Nodes that the terms name, where each names some: within a term all names must agree, and terms add up. */
function namedNodes(terms: readonly JsonValue[]): ReadonlySet<string> | undefined {
  if (terms.length === 0) return undefined;
  const names = new Set<string>();
  for (const term of terms) {
    let common: string[] | undefined;
    for (const field of arrayAt(term, 'matchFields')) {
      if (stringAt(field, 'key') !== 'metadata.name' || stringAt(field, 'operator') !== 'In') continue;
      const values = arrayAt(field, 'values').flatMap((value) => asString(value) ?? []);
      common = common === undefined ? values : common.filter((name) => values.includes(name));
    }
    if (common === undefined) return undefined;
    for (const name of common) names.add(name);
  }
  return names;
}
