import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { matchesRequiredNodeAffinity, requiredNodeAffinity } from '../../../apimachinery/node-selector.ts';
import { findUntoleratedTaint, taintsOf } from '../../../apimachinery/taints.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, nameAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';

/** Where Pods of a DaemonSet run. Source: pkg/controller/daemon/daemon_controller.go and util/daemonset_util.go, 1.36. */
export interface NodeAnswer {
  readonly shouldRun: boolean;
  readonly shouldContinue: boolean;
}

/** Source: `NodeShouldRunDaemonPod`, 1.36. */
export function nodeShouldRun(daemonSet: KubernetesObject, node: KubernetesObject): NodeAnswer {
  const template = valueAt(daemonSet, 'spec', 'template', 'spec');
  const wanted = nameAt(template, 'nodeName');
  const selectable = { name: nameOf(node), labels: labelsOf(node) };
  const fits =
    (wanted === undefined || wanted === nameOf(node)) &&
    matchesRequiredNodeAffinity(requiredNodeAffinity(template), selectable);
  if (!fits) return { shouldRun: false, shouldContinue: false };
  const tolerations = withTolerations(objectAt(template) ?? {})['tolerations'];
  const stops = (effects: readonly string[]): boolean =>
    findUntoleratedTaint(
      taintsOf(node).filter((taint) => effects.includes(stringAt(taint, 'effect') ?? '')),
      Array.isArray(tolerations) ? (tolerations as readonly JsonValue[]) : [],
    ) !== undefined;
  if (!stops(['NoSchedule', 'NoExecute'])) return { shouldRun: true, shouldContinue: true };
  return { shouldRun: false, shouldContinue: !stops(['NoExecute']) };
}

const TOLERATED = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
] as const;

/** What is wrong with a Node keeps no daemon off. Source: `AddOrUpdateDaemonPodTolerations`, 1.36. */
export function withTolerations(spec: JsonObject): JsonObject {
  const wanted: readonly (readonly [string, string])[] =
    spec['hostNetwork'] === true ? [...TOLERATED, ['network-unavailable', 'NoSchedule']] : TOLERATED;
  const tolerations = [...arrayAt(spec, 'tolerations')];
  for (const [key, effect] of wanted) {
    const added = { key: `node.kubernetes.io/${key}`, operator: 'Exists', effect };
    const same = tolerations.findIndex((entry) => isSameToleration(entry, added));
    if (same < 0) tolerations.push(added);
    else tolerations[same] = added;
  }
  return { ...spec, tolerations };
}

function isSameToleration(entry: JsonValue, added: { readonly key: string; readonly effect: string }): boolean {
  return (
    isJsonObject(entry) &&
    entry['key'] === added.key &&
    entry['effect'] === added.effect &&
    entry['operator'] === 'Exists' &&
    (entry['value'] ?? '') === ''
  );
}

/** A Pod template that only one Node fits. Source: `ReplaceDaemonSetPodNodeNameNodeAffinity`, 1.36. */
export function pinnedTo(spec: JsonObject, node: string): JsonObject {
  const affinity = objectAt(spec, 'affinity');
  const nodeAffinity = objectAt(affinity, 'nodeAffinity');
  const required = objectAt(nodeAffinity, 'requiredDuringSchedulingIgnoredDuringExecution');
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  return {
    ...spec,
    affinity: {
      ...affinity,
      nodeAffinity: {
        ...nodeAffinity,
        requiredDuringSchedulingIgnoredDuringExecution: { ...required, nodeSelectorTerms: [{ matchFields }] },
      },
    },
  };
}

/** The Node that a Pod runs on or is meant for. Source: `GetTargetNodeName`, 1.36. */
export function targetNode(pod: KubernetesObject): string | undefined {
  const node = nameAt(pod, 'spec', 'nodeName');
  if (node !== undefined) return node;
  const terms = arrayAt(
    pod,
    ...(['spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'] as const),
    'nodeSelectorTerms',
  );
  for (const term of terms)
    for (const field of arrayAt(term, 'matchFields'))
      if (stringAt(field, 'key') === 'metadata.name' && stringAt(field, 'operator') === 'In') {
        const values = arrayAt(field, 'values');
        return values.length === 1 && typeof values[0] === 'string' ? values[0] : undefined;
      }
  return undefined;
}
