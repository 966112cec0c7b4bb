import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, jsonEqual, stringAt, valueAt } from '../../../base/json.ts';
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

/**
 * What a Pod needs the kubelet to know before it can run: of the features that Nodes declare only these two count at
 * scheduling. Source: staging/src/k8s.io/component-helpers/nodedeclaredfeatures/features, 1.36.
 */
function requiredBy(pod: KubernetesObject): readonly string[] {
  const required: string[] = [];
  const containers = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')];
  const restartsAll = containers.some((container) =>
    arrayAt(container, 'restartPolicyRules').some((rule) => stringAt(rule, 'action') === 'RestartAllContainers'),
  );
  if (restartsAll) required.push('RestartAllContainersOnContainerExits');
  if (valueAt(pod, 'spec', 'hostNetwork') === true && valueAt(pod, 'spec', 'hostUsers') === false)
    required.push('UserNamespacesHostNetworkSupport');
  return required;
}
