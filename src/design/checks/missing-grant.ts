import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { isGranted } from '../../kinds/shared/gateway-api/reference-grant.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { Check, CheckContext } from './check.ts';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/**
 * A route or Gateway that reaches into another namespace without that namespace's ReferenceGrant.
 * Implements the behaviour of ReferenceGrant. Source: gateway-api apis/v1beta1/referencegrant_types.go, v1.5.
 */
export const missingGrant: Check = {
  name: 'missing-grant',
  find(context) {
    const grants = grantsByNamespace(context);
    return context.graph.references.flatMap(({ from, to, declaration: { type, field } }): Problem[] => {
      if (to === null || (type !== 'backend' && type !== 'tls' && type !== 'mirror')) return [];
      const source = context.design.records.get(from)!;
      const target = context.design.records.get(to)!;
      if (source.namespace === '' || target.namespace === '' || source.namespace === target.namespace) return [];
      if (groupVersionKindOf(source.object).group !== GATEWAY_GROUP) return [];
      if ((grants.get(target.namespace) ?? []).some((grant) => allows(grant, source, target))) return [];
      return [
        {
          id: 'grant.missing',
          severity: 'error',
          record: from,
          field,
          related: [to],
          params: { kind: target.object.kind, name: nameOf(target.object), namespace: target.namespace },
        },
      ];
    });
  },
};

function grantsByNamespace({ design }: CheckContext): ReadonlyMap<string, readonly DesignRecord[]> {
  const grants = new Map<string, DesignRecord[]>();
  for (const record of design.records.values()) {
    const { group, kind } = groupVersionKindOf(record.object);
    if (group === GATEWAY_GROUP && kind === 'ReferenceGrant') {
      grants.set(record.namespace, [...(grants.get(record.namespace) ?? []), record]);
    }
  }
  return grants;
}

function allows(grant: DesignRecord, source: DesignRecord, target: DesignRecord): boolean {
  const to = { ...groupVersionKindOf(target.object), namespace: target.namespace, name: nameOf(target.object) };
  return isGranted(grant.object, { ...groupVersionKindOf(source.object), namespace: source.namespace }, to);
}
