import { arrayAt, stringAt, stringMapAt, valueAt } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import { fixOf } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';
import { replicasOf } from './workload.ts';

/** Several replicas that may all be put on one node. */
export const noAntiAffinity: Lint = {
  id: 'no-anti-affinity',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'no-anti-affinity',
  find: (context) => withoutAntiAffinity(2, (key) => key === HOSTNAME)(context),
  fix: ({ record, field }, { design, registry }) => {
    const object = design.records.get(record)?.object;
    const template = object && registry.of(object).podTemplate?.(object);
    if (field.at(-1) !== 'podAntiAffinity' || !template || template.labels.size === 0) return [];
    const labels = stringMapAt(object, 'spec', 'selector', 'matchLabels');
    const matchLabels = Object.fromEntries(labels.size > 0 ? labels : template.labels);
    const podAffinityTerm = { labelSelector: { matchLabels }, topologyKey: HOSTNAME };
    const value = [{ weight: 100, podAffinityTerm }];
    return [fixOf('spreadOverNodes', {}, record, { op: 'set', path: [...field, PREFERRED], value })];
  },
};

const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const HOSTNAME = 'kubernetes.io/hostname';

/** Whether a term keeps Pods with these labels on different nodes. */
function spreads(
  term: JsonValue | undefined,
  labels: ReadonlyMap<string, string>,
  namespace: string,
  isTopologyKey: (key: string) => boolean,
): boolean {
  const namespaces = arrayAt(term, 'namespaces');
  if (namespaces.length > 0 && !namespaces.includes(namespace)) return false;
  if (!isTopologyKey(stringAt(term, 'topologyKey') ?? '')) return false;
  return matchesLabels(parseLabelSelector(valueAt(term, 'labelSelector')), labels);
}

/** Workloads of so many replicas whose Pods may all be put in one place, of the kind that a topology key stands for. */
export function withoutAntiAffinity(least: number, isTopologyKey: (key: string) => boolean): Lint['find'] {
  return perPod((workload) => {
    const replicas = replicasOf(workload);
    if (replicas === undefined || replicas < least) return NO_SPOTS;
    const { spec, template, record } = workload;
    const at = ['affinity', 'podAntiAffinity'];
    const [preferred, required] = [PREFERRED, REQUIRED].map((list) => arrayAt(spec, ...at, list));
    const terms = [
      ...preferred!.map((entry, index) => ({ term: valueAt(entry, 'podAffinityTerm'), place: [PREFERRED, index] })),
      ...required!.map((term, index) => ({ term, place: [REQUIRED, index] })),
    ];
    if (terms.length === 0) return [{ at, params: { replicas } }];
    const namespace = namespaceOf(record.object) ?? '';
    if (terms.some(({ term }) => spreads(term, template.labels, namespace, isTopologyKey))) return NO_SPOTS;
    return terms.map(({ place }) => ({ at: [...at, ...place], params: { replicas } }));
  });
}
