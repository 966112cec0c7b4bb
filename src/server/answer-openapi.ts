import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, isJsonObject, stringAt } from '../base/json.ts';
import { preloadSchemas, schemaOf } from '../openapi/built-in-schemas.ts';
import { schemaFromCustomResourceDefinition } from '../openapi/custom-resource-schema.ts';
import { preloadDescriptions } from '../openapi/descriptions.ts';
import type { Schema } from '../openapi/schema.ts';
import type { ApiCall } from '../simulator/client/api-client.ts';
import { openApiPage } from './openapi-paths.ts';

const GROUP_OF_PAGE = /^\/openapi\/v3\/apis\/([^/]+)\//;

const DEFINITIONS: ApiCall = {
  verb: 'list',
  resource: { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions' },
};

/**
 * A page of OpenAPI v3, made of what discovery says is served. `list` gives what the cluster answers to a list of the
 * server's own. Undefined where there is no such page.
 */
export async function answerOpenApi(
  path: string,
  all: KubernetesObject,
  list: (call: ApiCall) => Promise<KubernetesObject | undefined>,
): Promise<JsonObject | undefined> {
  const group = GROUP_OF_PAGE.exec(path)?.[1] ?? '';
  await Promise.all([preloadSchemas([group]), preloadDescriptions([group])]);
  const isPage = /^\/openapi\/v3\/./.test(path);
  const definitions = isPage && group.includes('.') ? await list(DEFINITIONS) : undefined;
  return openApiPage(path, all, (gvk) => schemaOf(gvk) ?? customSchema(definitions, gvk));
}

function customSchema(definitions: KubernetesObject | undefined, gvk: GroupVersionKind): Schema | undefined {
  const definition = arrayAt(definitions, 'items')
    .filter(isJsonObject)
    .find((one) => stringAt(one, 'spec', 'group') === gvk.group && stringAt(one, 'spec', 'names', 'kind') === gvk.kind);
  return definition === undefined ? undefined : schemaFromCustomResourceDefinition(definition, gvk.version);
}
