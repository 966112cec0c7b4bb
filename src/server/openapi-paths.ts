import { formatApiVersion } from '../apimachinery/group-version-kind.ts';
import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../base/json.ts';
import type { Schema } from '../openapi/schema.ts';
import { openApiSchemas } from './openapi-schemas.ts';
import type { ServedKind } from './openapi-schemas.ts';

const WRITES = ['dryRun', 'fieldManager', 'fieldValidation'];

/** Of which page of discovery a page of OpenAPI v3 is made; undefined for a path that is none. */
export function discoveryBehind(path: string): '/api' | '/apis' | undefined {
  if (!/^\/openapi\/v3(?:\/|$)/.test(path)) return undefined;
  return path.startsWith('/openapi/v3/api/') ? '/api' : '/apis';
}

/**
 * A page of OpenAPI v3 as far as clients need it: which kinds can be patched, that dry runs and field validation are the
 * server's, and what the objects of each kind hold. Undefined where the cluster serves no such group and version.
 * Source: staging/src/k8s.io/cli-runtime/pkg/resource/query_param_verifier_v3.go and kubectl/pkg/explain/v2, 1.36, which
 * read it.
 */
export function openApiPage(
  path: string,
  all: KubernetesObject,
  schemaOfKind: (gvk: GroupVersionKind) => Schema | undefined,
): JsonObject | undefined {
  const groups = arrayAt(all, 'items').map((group) => ({ name: stringAt(group, 'metadata', 'name') ?? '', group }));
  const served = groups.flatMap(({ name, group }) =>
    arrayAt(group, 'versions').map((entry) => ({ name, entry, version: stringAt(entry, 'version') ?? '' })),
  );
  const placeOf = (group: string, version: string): string =>
    group === '' ? `api/${version}` : `apis/${formatApiVersion(group, version)}`;
  const wanted = path.slice('/openapi/v3'.length).replaceAll(/^\/|\/$/g, '');
  if (wanted === '') {
    const places = ['api/v1', ...served.map(({ name, version }) => placeOf(name, version))];
    return { paths: Object.fromEntries(places.map((one) => [one, { serverRelativeURL: `/openapi/v3/${one}` }])) };
  }
  const found = served.find(({ name, version }) => placeOf(name, version) === wanted);
  if (found === undefined) return undefined;
  const parameters = WRITES.map((name) => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } }));
  const resources = arrayAt(found.entry, 'resources');
  const paths = resources.map((resource): [string, JsonObject] => {
    const scope = stringAt(resource, 'scope') === 'Namespaced' ? '/namespaces/{namespace}' : '';
    const place = `/${wanted}${scope}/${stringAt(resource, 'resource') ?? ''}/{name}`;
    const kind = objectAt(resource, 'responseKind') ?? {};
    const patch = {
      'x-kubernetes-action': 'patch',
      'x-kubernetes-group-version-kind': kind,
      parameters,
      responses: {},
    };
    return [place, { patch }];
  });
  const info = { title: 'Kubernetes', version: 'v1.36.2' };
  const kinds = resources.flatMap((resource): readonly ServedKind[] => {
    const kind = stringAt(resource, 'responseKind', 'kind') ?? '';
    const gvk = { group: found.name, version: found.version, kind };
    const schema = schemaOfKind(gvk);
    return schema === undefined ? [] : [{ gvk, schema }];
  });
  return { openapi: '3.0.0', info, paths: Object.fromEntries(paths), components: { schemas: openApiSchemas(kinds) } };
}
