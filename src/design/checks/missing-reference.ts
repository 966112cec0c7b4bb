import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import { REFERENCE_TYPES } from '../../kinds/reference.ts';
import type { ResolvedReference } from '../graph.ts';
import type { Problem } from '../problem.ts';
import type { Check, CheckContext } from './check.ts';

/** A name that leads nowhere: not in the design, not made by something in it, not there in every cluster. */
export const missingReference: Check = {
  name: 'missing-reference',
  find: (context) =>
    context.graph.references
      .filter(
        ({ resolved, toIdentity, declaration }) => !resolved && toIdentity !== null && declaration.optional !== true,
      )
      .filter(({ declaration }) => REFERENCE_TYPES[declaration.type].dangling !== 'none')
      .map((reference) => problemOf(context, reference)),
};

function problemOf({ registry, design }: CheckContext, { from, toIdentity, declaration }: ResolvedReference): Problem {
  const target = parseObjectIdentity(toIdentity!);
  const common = { record: from, field: declaration.field };
  if (declaration.type === 'namespace') {
    return { ...common, id: 'namespace.missing', severity: 'info', params: { namespace: target.name } };
  }
  if (!registry.find(target)) {
    return {
      ...common,
      id: 'reference.unknownKind',
      severity: 'info',
      params: { kind: target.kind, name: target.name },
    };
  }
  const { dangling } = REFERENCE_TYPES[declaration.type];
  const own = design.records.get(from)!.namespace;
  return {
    ...common,
    id: 'reference.missing',
    severity: dangling === 'error' ? 'error' : 'warning',
    params: {
      type: declaration.type,
      kind: target.kind,
      name: target.name,
      namespace: target.namespace === own ? '' : target.namespace,
    },
  };
}
