import { nameOf } from '../../apimachinery/object.ts';
import { numberAt } from '../../base/json.ts';
import type { ReferenceType } from '../../kinds/reference.ts';
import type { ResolvedReference } from '../graph.ts';
import type { Problem, ProblemId } from '../problem.ts';
import type { Check, CheckContext } from './check.ts';

/** Two that pull at one rope: autoscalers of one workload, disruption budgets of one set of Pods. */
export const sharedTarget: Check = {
  name: 'shared-target',
  find: (context) => [
    ...sharing(context, 'scaleTarget', 'autoscaler.sameTarget'),
    ...sharing(context, 'disruptionSelector', 'disruption.sameTarget'),
    ...fixedReplicas(context),
  ],
};

function sharing({ design, graph }: CheckContext, type: ReferenceType, id: ProblemId): readonly Problem[] {
  const first = new Map<string, ResolvedReference>();
  return graph.references.flatMap((reference): Problem[] => {
    const { from, to, declaration } = reference;
    if (declaration.type !== type || to === null) return [];
    const { object } = design.records.get(from)!;
    // A vertical and a horizontal autoscaler may share a workload; two of one kind may not.
    const key = `${object.kind} ${to}`;
    const before = first.get(key);
    if (!before) {
      first.set(key, reference);
      return [];
    }
    if (before.from === from) return [];
    const other = design.records.get(before.from)!;
    const target = design.records.get(to)!;
    return [
      {
        id,
        severity: 'error',
        record: from,
        field: declaration.field,
        related: [other.id, to],
        params: { other: nameOf(other.object), kind: target.object.kind, name: nameOf(target.object) },
      },
    ];
  });
}

/** An autoscaler and a written number of replicas: each apply sets the number back until the autoscaler moves it again. */
function fixedReplicas({ design, graph }: CheckContext): readonly Problem[] {
  return graph.references.flatMap(({ from, to, declaration }): Problem[] => {
    const target = to === null || declaration.type !== 'scaleTarget' ? undefined : design.records.get(to);
    const autoscaler = design.records.get(from)!.object;
    const replicas = target && numberAt(target.object, 'spec', 'replicas');
    if (!target || replicas === undefined || numberAt(autoscaler, 'spec', 'maxReplicas') === undefined) return [];
    return [
      {
        id: 'autoscaler.fightsReplicas',
        severity: 'info',
        record: target.id,
        field: ['spec', 'replicas'],
        related: [from],
        params: { replicas, autoscaler: nameOf(autoscaler) },
      },
    ];
  });
}
