import { formatLabelSelector, matchesLabels } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { declaredReferences } from '../declared-references.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { Check, CheckContext } from './check.ts';
import { ofEachRecord } from './remembered.ts';

/** A workload whose selector misses its own Pods, or takes those of another workload as well. */
export const selectorAndTemplate: Check = {
  name: 'selector-and-template',
  find(context) {
    return [
      ...mismatches(context),
      ...[...context.design.records.values()].flatMap((record) => overlaps(context, record)),
    ];
  },
};

function mismatch(record: DesignRecord, { registry }: CheckContext): readonly Problem[] {
  const template = registry.of(record.object).podTemplate?.(record.object);
  const declaration = declaredReferences(record, registry).find(({ type }) => type === 'workloadSelector');
  if (!template || declaration?.target.by !== 'pods') return [];
  const { selector } = declaration.target;
  if (matchesLabels(selector, template.labels)) return [];
  return [
    {
      id: 'selector.doesNotMatchTemplate',
      severity: 'error',
      record: record.id,
      field: declaration.field,
      params: { selector: formatLabelSelector(selector) },
    },
  ];
}

const mismatches = ofEachRecord(mismatch);

function overlaps({ design, graph, registry }: CheckContext, record: DesignRecord): readonly Problem[] {
  const others = graph
    .outgoing(record.id)
    .filter(({ declaration, to }) => declaration.type === 'workloadSelector' && to !== null)
    .map(({ to, declaration }) => ({ other: design.records.get(to!)!, field: declaration.field }))
    .filter(({ other }) => other.identity !== record.identity)
    .filter(({ other }) => declaredReferences(other, registry).some(({ type }) => type === 'workloadSelector'))
    .filter(({ other }) => !isOwned(graph, other.id, record.id));
  const [first] = others;
  if (!first) return [];
  return [
    {
      id: 'selector.overlaps',
      severity: 'warning',
      record: record.id,
      field: first.field,
      related: others.map(({ other }) => other.id),
      params: { kind: first.other.object.kind, name: nameOf(first.other.object), others: others.length },
    },
  ];
}

/** A ReplicaSet of a Deployment matches its owner's selector, as it should; either way round. */
function isOwned(graph: CheckContext['graph'], one: string, other: string): boolean {
  const owns = (child: string, owner: string): boolean =>
    graph.outgoing(child).some(({ declaration, to }) => declaration.type === 'owner' && to === owner);
  return owns(one, other) || owns(other, one);
}
