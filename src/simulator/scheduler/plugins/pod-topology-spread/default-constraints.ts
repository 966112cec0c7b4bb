import type { LabelSelector } from '../../../../apimachinery/label-selector.ts';
import { isEmptySelector, labelSelectorOf, parseLabelSelector } from '../../../../apimachinery/label-selector.ts';
import { controllerOf } from '../../../../apimachinery/owner-reference.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { objectAt, stringMapAt, valueAt } from '../../../../base/json.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Listed, Snapshot } from '../../snapshot.ts';
import type { Constraints } from './constraints.ts';
import { readConstraints, withSelector } from './constraints.ts';

/** For Pods without constraints of their own. Source: podtopologyspread/plugin.go `systemDefaultConstraints`, 1.36. */
export const SYSTEM_DEFAULTS: readonly JsonValue[] = [
  { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 3 },
  { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 5 },
];

const NONE: Constraints = { hard: [], soft: [] };

/** Default constraints, over the Pods that the Pod's Services and its controller select; none where nothing selects it. */
export function defaultConstraints(defaults: readonly JsonValue[], pod: PodInfo, snapshot: Snapshot): Constraints {
  if (defaults.length === 0) return NONE;
  const selector = defaultSelector(pod, snapshot);
  if (isEmptySelector(selector)) return NONE;
  const { hard, soft } = readConstraints(defaults, pod.labels);
  return {
    hard: hard.map((constraint) => withSelector(constraint, selector)),
    soft: soft.map((constraint) => withSelector(constraint, selector)),
  };
}

const SELECTING: ReadonlyMap<string, Listed> = new Map([
  ['v1 ReplicationController', 'replicationcontrollers'],
  ['apps/v1 ReplicaSet', 'replicasets'],
  ['apps/v1 StatefulSet', 'statefulsets'],
]);

/** Source: pkg/scheduler/framework/plugins/helper/spread.go `DefaultSelector`, 1.36. */
export function defaultSelector(pod: PodInfo, snapshot: Snapshot): LabelSelector {
  const labels = new Map<string, string>();
  for (const service of snapshot.view('services').list(pod.namespace)) {
    if (objectAt(service, 'spec', 'selector') === undefined) continue;
    const selector = stringMapAt(service, 'spec', 'selector');
    if (![...selector].every(([key, value]) => pod.labels.get(key) === value)) continue;
    for (const [key, value] of selector) labels.set(key, value);
  }
  const owner = controllerOf(pod.pod);
  const plural = owner && SELECTING.get(`${owner.apiVersion} ${owner.kind}`);
  const controller = plural && snapshot.get(plural, `${pod.namespace}/${owner.name}`);
  if (controller === undefined) return labelSelectorOf(requirements(labels));
  if (plural === 'replicationcontrollers') {
    for (const [key, value] of stringMapAt(controller, 'spec', 'selector')) labels.set(key, value);
    return labelSelectorOf(requirements(labels));
  }
  const selector = parseLabelSelector(valueAt(controller, 'spec', 'selector'));
  const own = selector.nothing === true || selector.invalid !== undefined ? [] : selector.requirements;
  return labelSelectorOf([...requirements(labels), ...own]);
}

function requirements(labels: ReadonlyMap<string, string>): LabelSelector['requirements'] {
  return [...labels].map(([key, value]) => ({ key, operator: 'In', values: [value], sign: '=' }));
}
