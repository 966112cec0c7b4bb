import { nameOf } from '../../apimachinery/object.ts';
import { numberAt } from '../../base/json.ts';
import type { ReferenceType } from '../../kinds/reference.ts';
import type { DesignRecord } from '../design.ts';
import type { ResolvedReference } from '../graph.ts';
import type { Problem, ProblemId } from '../problem.ts';
import type { DesignView } from '../view/design-view.ts';
import type { Check } from './check.ts';

/** Two that pull at one rope: autoscalers of one workload, disruption budgets of one set of Pods. */
export const sharedTarget: Check = {
  name: 'shared-target',
  look: (record, view) => [
    ...sharing(record, view, 'scaleTarget', 'autoscaler.sameTarget'),
    ...sharing(record, view, 'disruptionSelector', 'disruption.sameTarget'),
    ...fixedReplicas(record, view),
  ],
};

function sharing(record: DesignRecord, view: DesignView, type: ReferenceType, id: ProblemId): readonly Problem[] {
  return view.outgoing(record.id).flatMap(({ to, declaration }): readonly Problem[] => {
    if (declaration.type !== type || to === null) return [];
    const other = firstOfKind(record, view.incoming(to), type, view);
    const target = view.record(to);
    if (!other || !target) return [];
    return [
      {
        id,
        severity: 'error',
        record: record.id,
        field: declaration.field,
        related: [other.id, to],
        params: { other: nameOf(other.object), kind: target.object.kind, name: nameOf(target.object) },
      },
    ];
  });
}

/** The first that points at the same target before this one does. A vertical and a horizontal autoscaler may share one; two of one kind may not. */
function firstOfKind(
  record: DesignRecord,
  incoming: readonly ResolvedReference[],
  type: ReferenceType,
  view: DesignView,
): DesignRecord | undefined {
  for (const { from, declaration } of incoming) {
    if (declaration.type !== type) continue;
    if (from === record.id) return undefined;
    const other = view.record(from);
    if (other?.object.kind === record.object.kind) return other;
  }
  return undefined;
}

/** An autoscaler and a written number of replicas: each apply sets the number back until the autoscaler moves it again. */
function fixedReplicas(record: DesignRecord, view: DesignView): readonly Problem[] {
  const replicas = numberAt(record.object, 'spec', 'replicas');
  if (replicas === undefined) return [];
  return view.incoming(record.id).flatMap(({ from, declaration }): readonly Problem[] => {
    const autoscaler = declaration.type === 'scaleTarget' ? view.record(from)?.object : undefined;
    if (!autoscaler || numberAt(autoscaler, 'spec', 'maxReplicas') === undefined) return [];
    return [
      {
        id: 'autoscaler.fightsReplicas',
        severity: 'info',
        record: record.id,
        field: ['spec', 'replicas'],
        related: [from],
        params: { replicas, autoscaler: nameOf(autoscaler) },
      },
    ];
  });
}
