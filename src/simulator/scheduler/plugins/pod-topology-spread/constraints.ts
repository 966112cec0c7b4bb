import type { LabelSelector } from '../../../../apimachinery/label-selector.ts';
import { labelSelectorOf, labelSelectorString, parseLabelSelector } from '../../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { labelsOf } from '../../../../apimachinery/object.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, asString, numberAt, stringAt, valueAt } from '../../../../base/json.ts';

/** A topology spread constraint, read. */
export interface Constraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly selector: LabelSelector;
  readonly minDomains: number;
  /** Whether Nodes count on which the Pod's node affinity, or its tolerations, do not let it run. */
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
  /** What a count of Pods depends on. */
  readonly key: string;
}

export interface Constraints {
  /** `DoNotSchedule`. */
  readonly hard: readonly Constraint[];
  /** `ScheduleAnyway`. */
  readonly soft: readonly Constraint[];
}

export const HOSTNAME = 'kubernetes.io/hostname';

const read = new WeakMap<KubernetesObject, Constraints>();

/** The constraints of the Pod itself; read once for each version of a Pod. */
export function constraintsOf(pod: KubernetesObject): Constraints {
  let constraints = read.get(pod);
  if (constraints === undefined)
    read.set(pod, (constraints = readConstraints(spreadConstraintsOf(pod), labelsOf(pod))));
  return constraints;
}

export function spreadConstraintsOf(pod: KubernetesObject): readonly JsonValue[] {
  return arrayAt(pod, 'spec', 'topologySpreadConstraints');
}

/** Source: pkg/scheduler/framework/plugins/podtopologyspread/common.go `filterTopologySpreadConstraints`, 1.36. */
export function readConstraints(list: readonly JsonValue[], labels: ReadonlyMap<string, string>): Constraints {
  const of = (action: string) =>
    list
      .filter((constraint) => stringAt(constraint, 'whenUnsatisfiable') === action)
      .map((constraint) => readConstraint(constraint, labels));
  return { hard: of('DoNotSchedule'), soft: of('ScheduleAnyway') };
}

function readConstraint(value: JsonValue, labels: ReadonlyMap<string, string>): Constraint {
  const keys = arrayAt(value, 'matchLabelKeys').flatMap((key) => asString(key) ?? []);
  return withSelector(
    {
      maxSkew: numberAt(value, 'maxSkew') ?? 0,
      topologyKey: stringAt(value, 'topologyKey') ?? '',
      minDomains: numberAt(value, 'minDomains') ?? 1,
      honorsAffinity: (stringAt(value, 'nodeAffinityPolicy') ?? 'Honor') === 'Honor',
      honorsTaints: stringAt(value, 'nodeTaintsPolicy') === 'Honor',
    },
    withLabels(parseLabelSelector(valueAt(value, 'labelSelector')), keys, labels),
  );
}

export function withSelector(constraint: Omit<Constraint, 'selector' | 'key'>, selector: LabelSelector): Constraint {
  const { topologyKey, honorsAffinity, honorsTaints } = constraint;
  const selects = selector.nothing === true || selector.invalid !== undefined ? '' : labelSelectorString(selector);
  const key = `${topologyKey} ${selects} ${honorsAffinity ? 'A' : ''}${honorsTaints ? 'T' : ''}`;
  return { ...constraint, selector, key };
}

/** `matchLabelKeys`: the Pod's own values of these labels have to match as well. */
function withLabels(
  selector: LabelSelector,
  keys: readonly string[],
  labels: ReadonlyMap<string, string>,
): LabelSelector {
  const own = keys.flatMap((key) => {
    const value = labels.get(key);
    return value === undefined ? [] : [{ key, operator: 'In' as const, values: [value], sign: '=' as const }];
  });
  if (own.length === 0 || selector.nothing === true) return selector;
  return labelSelectorOf([...own, ...selector.requirements]);
}

export function hasAllTopologyKeys(labels: ReadonlyMap<string, string>, constraints: readonly Constraint[]): boolean {
  return constraints.every(({ topologyKey }) => labels.has(topologyKey));
}
