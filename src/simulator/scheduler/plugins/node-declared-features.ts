import { featuresForScheduling } from '../../../apimachinery/node-declared-features.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, jsonEqual, valueAt } from '../../../base/json.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin, Verdict } from '../plugin.ts';
import { hint, isSamePod } from './event-hints.ts';

const MISSING: Verdict = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: ["node(s) didn't match Pod's required features"],
});

/** Source: pkg/scheduler/framework/plugins/nodedeclaredfeatures/nodedeclaredfeatures.go, 1.36. */
export const nodeDeclaredFeatures: SchedulerPlugin<readonly string[]> = {
  name: 'NodeDeclaredFeatures',
  events: [
    {
      event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeDeclaredFeature },
      hint: (_pod, before, after) => hint(before === undefined || !jsonEqual(declaredBy(before), declaredBy(after))),
    },
    {
      event: { resource: 'Pod', actions: Action.Update },
      hint: ({ pod }, before, after) =>
        hint(isSamePod(pod, after) && !jsonEqual(before && requiredBy(before), after && requiredBy(after))),
    },
  ],
  preFilter({ pod }) {
    const required = requiredBy(pod);
    return required.length === 0 ? { skip: true } : { state: required };
  },
  filter(_pod, { node }, required) {
    const declared = declaredBy(node);
    return required.every((feature) => declared.includes(feature)) ? undefined : MISSING;
  },
};

function declaredBy(node: unknown): readonly unknown[] {
  return arrayAt(node, 'status', 'declaredFeatures');
}

function requiredBy(pod: KubernetesObject): readonly string[] {
  return featuresForScheduling(valueAt(pod, 'spec'));
}
