import { formatApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { KindDefinition } from '../../kind.ts';
import { newMetadata } from '../new-metadata.ts';
import { GATEWAY_API } from './object-reference.ts';
import {
  attachToGateway,
  attachToListenerSet,
  disconnectRoute,
  placeholderBackend,
  routeSummary,
  routeToBackend,
} from './route.editing.ts';
import { routeReferences } from './route.references.ts';

/** What tells the kinds of routes apart; all else they share. */
export interface RouteKind {
  readonly kind: 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute' | 'UDPRoute';
  readonly version: string;
  readonly olderVersions?: readonly string[];
  /** Every rule must name a backend, so that a new route names one that is not there yet. */
  readonly backendsRequired: boolean;
  /** What a new route has besides its rule. */
  readonly newSpec?: (name: string) => JsonObject;
  readonly fields: readonly string[];
}

export function routeDefinition({
  kind,
  version,
  olderVersions,
  backendsRequired,
  newSpec,
  fields,
}: RouteKind): KindDefinition {
  return {
    group: GATEWAY_API,
    version,
    kind,
    resource: `${kind.toLowerCase()}s`,
    shortNames: [],
    scope: 'Namespaced',
    category: 'network',
    olderVersions: (olderVersions ?? []).map((older) => ({ group: GATEWAY_API, version: older })),
    newObject: (name, namespace) => ({
      apiVersion: formatApiVersion(GATEWAY_API, version),
      kind,
      metadata: newMetadata(name, namespace),
      spec: {
        ...newSpec?.(name),
        ...(backendsRequired && { rules: [{ backendRefs: [placeholderBackend(name)] }] }),
      },
    }),
    references: routeReferences,
    connections: [attachToGateway, attachToListenerSet, routeToBackend],
    disconnect: disconnectRoute(backendsRequired),
    summary: routeSummary,
    fields: [
      'spec.parentRefs[*].name',
      'spec.parentRefs[*].sectionName',
      ...fields,
      'spec.rules[*].backendRefs[*].name',
      'spec.rules[*].backendRefs[*].port',
      'spec.rules[*].backendRefs[*].weight',
    ],
  };
}
