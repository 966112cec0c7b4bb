import { formatApiVersion, parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { prune } from '../../../kinds/shared/custom-resource/prune.ts';
import { schemaOfVersion, structuralSchema } from '../../../kinds/shared/custom-resource/structural-schema.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import type { ServedResource } from '../served-resources.ts';
import type { ApiServerState } from '../state.ts';
import type { Refusal } from '../status.ts';
import { definitionOf, kindsOf } from './known-kinds.ts';

/** An object as it is read in a version of its resource. */
export function inVersionOf(
  state: ApiServerState,
  resource: ServedResource,
  object: KubernetesObject,
  version: string,
): KubernetesObject | Refusal {
  const apiVersion = formatApiVersion(resource.group, version);
  if (object.apiVersion === apiVersion || parseApiVersion(object.apiVersion).group !== resource.group) return object;
  const definition = definitionOf(state, resource);
  if (definition !== undefined) return converted(definition, object, apiVersion, version);
  const served = servedKindOf({ ...object, apiVersion }, kindsOf(state));
  return (isVerdict(served) ? undefined : served.strategy?.fromHub?.(object, apiVersion)) ?? object;
}

/** The object as etcd keeps it: a custom resource in the version that its definition stores. */
export function asStored(
  state: ApiServerState,
  resource: ServedResource,
  object: KubernetesObject,
): KubernetesObject | Refusal {
  const version = storageVersionOf(definitionOf(state, resource));
  return version === undefined ? object : inVersionOf(state, resource, object, version);
}

/** Whether etcd keeps an object in another version than the one in which it would be kept now. */
export function isStoredOtherwise(state: ApiServerState, resource: ServedResource, stored: KubernetesObject): boolean {
  const version = storageVersionOf(definitionOf(state, resource));
  return version !== undefined && stored.apiVersion !== formatApiVersion(resource.group, version);
}

function storageVersionOf(definition: KubernetesObject | undefined): string | undefined {
  const version = arrayAt(definition, 'spec', 'versions').find((entry) => booleanAt(entry, 'storage') === true);
  return stringAt(version, 'name');
}

/**
 * Without a webhook a conversion changes the apiVersion alone, and the schema of the version says what is left of the rest.
 * A webhook would have to be asked; nothing here answers for one.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/conversion/{nop_converter,webhook_converter}.go,
 * customresource_handler.go `schemaCoercingConverter`, 1.36.
 */
function converted(
  definition: KubernetesObject,
  object: KubernetesObject,
  apiVersion: string,
  version: string,
): KubernetesObject | Refusal {
  if ((stringAt(definition, 'spec', 'conversion', 'strategy') ?? 'None') !== 'None')
    return {
      code: 500,
      reason: '',
      message: `conversion webhook for ${object.apiVersion}, Kind=${object.kind} failed: ${whyNot(definition)}`,
    };
  const source = schemaOfVersion(definition, version);
  const next = { ...object, apiVersion };
  return Object.freeze(source === undefined ? next : prune(next, structuralSchema(source), true).value);
}

/** Source: staging/src/k8s.io/apiserver/pkg/util/proxy/proxy.go `ResolveEndpoint`, 1.36. */
function whyNot(definition: KubernetesObject): string {
  const client = objectAt(definition, 'spec', 'conversion', 'webhook', 'clientConfig');
  const service = objectAt(client, 'service');
  if (service === undefined) return `Post "${stringAt(client, 'url') ?? ''}?timeout=30s": dial tcp: i/o timeout`;
  const [name = '', namespace = ''] = ['name', 'namespace'].map((field) => stringAt(service, field));
  const port = numberAt(service, 'port') ?? 443;
  const url = `https://${name}.${namespace}.svc:${port}${stringAt(service, 'path') ?? ''}?timeout=30s`;
  return `Post "${url}": no endpoints available for service "${name}"`;
}
