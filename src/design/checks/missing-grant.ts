import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { isGranted } from '../../kinds/shared/gateway-api/reference-grant.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { KeysOf } from '../view/record-index.ts';
import type { Check } from './check.ts';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/**
 * A route or Gateway that reaches into another namespace without that namespace's ReferenceGrant.
 * Implements the behaviour of ReferenceGrant. Source: gateway-api apis/v1beta1/referencegrant_types.go, v1.5.
 */
export const missingGrant: Check = {
  name: 'missing-grant',
  look(record, view) {
    if (record.namespace === '' || groupVersionKindOf(record.object).group !== GATEWAY_GROUP) return [];
    return view.outgoing(record.id).flatMap(({ to, declaration: { type, field } }): readonly Problem[] => {
      if (to === null || (type !== 'backend' && type !== 'tls' && type !== 'mirror')) return [];
      const target = view.record(to);
      if (!target || target.namespace === '' || target.namespace === record.namespace) return [];
      if (view.members(grants, target.namespace).some((grant) => allows(grant, record, target))) return [];
      return [
        {
          id: 'grant.missing',
          severity: 'error',
          record: record.id,
          field,
          related: [to],
          params: { kind: target.object.kind, name: nameOf(target.object), namespace: target.namespace },
        },
      ];
    });
  },
};

/** ReferenceGrants by their namespace. */
const grants: KeysOf = ({ object, namespace }) =>
  object.kind === 'ReferenceGrant' && groupVersionKindOf(object).group === GATEWAY_GROUP ? [namespace] : [];

function allows(grant: DesignRecord, source: DesignRecord, target: DesignRecord): boolean {
  const to = { ...groupVersionKindOf(target.object), namespace: target.namespace, name: nameOf(target.object) };
  return isGranted(grant.object, { ...groupVersionKindOf(source.object), namespace: source.namespace }, to);
}
