import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import { REFERENCE_TYPES } from '../../kinds/reference.ts';
import type { ResolvedReference } from '../graph.ts';
import type { Problem } from '../problem.ts';
import type { DesignRecord } from '../design.ts';
import type { DesignView } from '../view/design-view.ts';
import type { KeysOf } from '../view/record-index.ts';
import type { Check } from './check.ts';

/** A name that leads nowhere: not in the design, not made by something in it, not there in every cluster. */
export const missingReference: Check = {
  name: 'missing-reference',
  look(record, view) {
    const said = new Set<string>();
    return view.outgoing(record.id).flatMap((reference): readonly Problem[] => {
      const { toIdentity, declaration } = reference;
      if (!isMissing(reference) || toIdentity === null) return [];
      if (declaration.type === 'storageClass' && view.has(staticClasses, toIdentity)) return [];
      // Several fields and keys may name one thing that is not there; one Namespace is missing once for all that is in it.
      if (said.has(toIdentity)) return [];
      said.add(toIdentity);
      if (declaration.type === 'namespace' && view.members(missingNamespaces, toIdentity)[0]?.id !== record.id)
        return [];
      return [problemOf(view, record, reference)];
    });
  },
};

function isMissing({ resolved, toIdentity, declaration }: ResolvedReference): boolean {
  if (resolved || toIdentity === null || declaration.optional === true) return false;
  return REFERENCE_TYPES[declaration.type].dangling !== 'none';
}

/** Who is in a namespace that is not there. */
const missingNamespaces: KeysOf = ({ id }, graph) =>
  graph
    .outgoing(id)
    .flatMap((reference) =>
      reference.declaration.type === 'namespace' && isMissing(reference) ? (reference.toIdentity ?? []) : [],
    );

/**
 * Classes that a PersistentVolume bears. A claim of that class is bound to the volume by name alone; no StorageClass
 * has to exist. Source: pkg/controller/volume/persistentvolume/index.go, findMatchingVolume, 1.36.
 */
const staticClasses: KeysOf = ({ id, object }, graph) =>
  object.kind === 'PersistentVolume'
    ? graph
        .outgoing(id)
        .flatMap(({ declaration, toIdentity }) => (declaration.type === 'storageClass' ? (toIdentity ?? []) : []))
    : [];

function problemOf(
  { registry }: DesignView,
  { namespace: own }: DesignRecord,
  { from, toIdentity, declaration }: ResolvedReference,
): Problem {
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
