import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import type { Connection } from '../../kind.ts';
import type { Reference } from '../../reference.ts';
import { ALREADY, refuseOtherNamespace } from '../same-namespace.ts';
import { SERVICE, objectReference } from './object-reference.ts';

const LIST: Path = ['spec', 'targetRefs'];

/** What a policy applies to: `targetRefs`, `targetRef` in older versions; one port of it by `sectionName`. */
export function policyTargetReferences(policy: KubernetesObject): readonly Reference[] {
  return [
    ...arrayAt(policy, ...LIST).flatMap((_, index) => targetAt(policy, [...LIST, index])),
    ...targetAt(policy, ['spec', 'targetRef']),
  ];
}

function targetAt(policy: KubernetesObject, path: Path): readonly Reference[] {
  const section = nameAt(policy, ...path, 'sectionName');
  // A section is a port of a Service and a listener of a Gateway.
  const isService = (nameAt(policy, ...path, 'kind') ?? 'Service') === 'Service';
  const details = section === undefined ? {} : isService ? { port: section } : { key: section };
  return objectReference(policy, 'policyTarget', path, SERVICE, details);
}

/** Policy → Service: one more target. */
export const applyToService: Connection = {
  id: 'usePolicy',
  to: SERVICE,
  connect(source, target) {
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere) return elsewhere;
    const name = nameOf(target);
    const applies = policyTargetReferences(source).some(
      ({ target: to }) => to.by === 'name' && to.group === '' && to.kind === 'Service' && to.name === name,
    );
    if (applies) return ALREADY;
    const value = { group: '', kind: 'Service', name };
    const placeholder = arrayAt(source, ...LIST).findIndex((entry) => nameAt(entry, 'name') === nameOf(source));
    if (placeholder >= 0) return { source: [{ op: 'set', path: [...LIST, placeholder], value }] };
    return { source: [{ op: 'append', path: LIST, value }] };
  },
};
