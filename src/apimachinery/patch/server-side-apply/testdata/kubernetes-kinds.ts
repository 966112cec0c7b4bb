import type { JsonValue } from '../../../../base/json.ts';
import type { PatchSchema } from '../../patch-schema.ts';
import type { Endpoint } from '../endpoint.ts';
import types from './kubernetes-types.json' with { type: 'json' };
import { smdSchema } from './smd-schema.ts';

const typeOf = smdSchema(types.types as unknown as JsonValue);

/** The schema of Deployment, Pod, Service, ReplicationController, ConfigMap or Node. */
export function kindSchema(kind: string): PatchSchema {
  return typeOf(`io.k8s.api.${kind === 'Deployment' ? 'apps' : 'core'}.v1.${kind}`);
}

export function endpointOf(kind: string, subresource = ''): Endpoint {
  return { schema: kindSchema(kind), apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, subresource };
}
