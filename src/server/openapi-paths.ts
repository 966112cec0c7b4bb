import { formatApiVersion } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../base/json.ts';

const WRITES = ['dryRun', 'fieldManager', 'fieldValidation'];

/** Of which page of discovery a page of OpenAPI v3 is made; undefined for a path that is none. */
export function discoveryBehind(path: string): '/api' | '/apis' | undefined {
  if (!/^\/openapi\/v3(?:\/|$)/.test(path)) return undefined;
  return path.startsWith('/openapi/v3/api/') ? '/api' : '/apis';
}

/**
 * A page of OpenAPI v3 as far as clients need it to know what the server understands: which kinds can be patched, and
 * that dry runs and field validation are the server's. Schemas are not told.
 * Source: staging/src/k8s.io/cli-runtime/pkg/resource/query_param_verifier_v3.go, 1.36, which reads it.
 */
export function openApiPage(path: string, all: KubernetesObject): JsonObject | undefined {
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
  const paths = arrayAt(found.entry, 'resources').map((resource): [string, JsonObject] => {
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
  return { openapi: '3.0.0', info, paths: Object.fromEntries(paths), components: {} };
}
