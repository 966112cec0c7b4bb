import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import { REFERENCE_TYPES } from '../../kinds/reference.ts';
import type { ResolvedReference } from '../graph.ts';
import type { Problem } from '../problem.ts';
import type { Check, CheckContext } from './check.ts';

/** A name that leads nowhere: not in the design, not made by something in it, not there in every cluster. */
export const missingReference: Check = {
  name: 'missing-reference',
  find(context) {
    const said = new Set<string>();
    const labels = staticClasses(context);
    return context.graph.references.flatMap((reference): readonly Problem[] => {
      const { resolved, toIdentity, from, declaration } = reference;
      if (resolved || toIdentity === null || declaration.optional === true) return [];
      if (REFERENCE_TYPES[declaration.type].dangling === 'none') return [];
      if (declaration.type === 'storageClass' && labels.has(toIdentity)) return [];
      // Several fields and keys may name one thing that is not there; one Namespace is missing once for all that is in it.
      const once = declaration.type === 'namespace' ? toIdentity : `${from} ${toIdentity}`;
      if (said.has(once)) return [];
      said.add(once);
      return [problemOf(context, reference)];
    });
  },
};

/**
 * Classes that a PersistentVolume bears. A claim of that class is bound to the volume by name alone; no StorageClass
 * has to exist. Source: pkg/controller/volume/persistentvolume/index.go, findMatchingVolume, 1.36.
 */
function staticClasses({ design, graph }: CheckContext): ReadonlySet<string> {
  const classes = new Set<string>();
  for (const { from, toIdentity, declaration } of graph.references) {
    if (declaration.type !== 'storageClass' || toIdentity === null) continue;
    if (design.records.get(from)!.object.kind === 'PersistentVolume') classes.add(toIdentity);
  }
  return classes;
}

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
    severity: dangling === 'none' ? 'info' : dangling,
    params: {
      type: declaration.type,
      kind: target.kind,
      name: target.name,
      namespace: target.namespace === own ? '' : target.namespace,
    },
  };
}
