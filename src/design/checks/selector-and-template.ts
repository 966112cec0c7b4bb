import { formatLabelSelector, matchesLabels } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { declaredReferences } from '../declared-references.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { DesignView } from '../view/design-view.ts';
import type { Check } from './check.ts';

/** A workload whose selector misses its own Pods, or takes those of another workload as well. */
export const selectorAndTemplate: Check = {
  name: 'selector-and-template',
  look: (record, view) => [...mismatch(record, view), ...overlaps(record, view)],
};

function mismatch(record: DesignRecord, { registry }: DesignView): readonly Problem[] {
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

function overlaps(record: DesignRecord, view: DesignView): readonly Problem[] {
  const others = view
    .outgoing(record.id)
    .filter(({ declaration, to }) => declaration.type === 'workloadSelector' && to !== null)
    .flatMap(({ to, declaration }) => {
      const other = to === null ? undefined : view.record(to);
      return other ? [{ other, field: declaration.field }] : [];
    })
    .filter(({ other }) => other.identity !== record.identity)
    .filter(({ other }) => declaredReferences(other, view.registry).some(({ type }) => type === 'workloadSelector'))
    .filter(({ other }) => !isOwned(view, other.id, record.id));
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
function isOwned(view: DesignView, one: string, other: string): boolean {
  const owns = (child: string, owner: string): boolean =>
    view.outgoing(child).some(({ declaration, to }) => declaration.type === 'owner' && to === owner);
  return owns(one, other) || owns(other, one);
}
