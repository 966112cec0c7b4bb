import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { booleanAt, arrayAt, stringAt } from '../../../base/json.ts';
import { DEFINITIONS } from '../../apiserver/custom-resources/definition.ts';
import { BUILT_IN, resourceKey } from '../../apiserver/served-resources.ts';
import type { ResourceName } from '../../messages.ts';
import type { ReconcileContext } from '../controller.ts';
import type { Failure } from './pod-metrics.ts';

/** What a kind is called in a URL, and in messages. */
interface MappedResource {
  readonly resource: ResourceName;
  readonly qualified: string;
}

/** The resource of a kind, built in or brought by a definition. */
export function resourceOfKind(
  context: ReconcileContext | undefined,
  group: string,
  kind: string,
): MappedResource | undefined {
  const builtIn = BUILT_IN.find((served) => served.group === group && served.kind === kind);
  if (builtIn !== undefined) {
    const { plural, versions, qualified } = builtIn;
    return { resource: { group, plural, version: versions[0] ?? '' }, qualified };
  }
  const definition = context
    ?.view(DEFINITIONS)
    .list()
    .find((one) => stringAt(one, 'spec', 'group') === group && stringAt(one, 'spec', 'names', 'kind') === kind);
  if (definition === undefined) return undefined;
  const version = arrayAt(definition, 'spec', 'versions').find((one) => booleanAt(one, 'served') === true);
  const plural = stringAt(definition, 'spec', 'names', 'plural') ?? '';
  const resource = { group, plural, version: stringAt(version, 'name') ?? '' };
  return { resource, qualified: resourceKey(resource) };
}

export interface ScaleTarget {
  readonly resource: ResourceName;
  readonly namespace: string;
  readonly name: string;
  /** `autoscaling/v1` Scale. */
  readonly scale: KubernetesObject;
}

/** Asks for the size of what an autoscaler scales. Source: horizontal.go `scaleForResourceMappings`, 1.36. */
export function readScale(context: ReconcileContext, hpa: KubernetesObject, namespace: string): ScaleTarget | Failure {
  const kind = stringAt(hpa, 'spec', 'scaleTargetRef', 'kind') ?? '';
  const name = stringAt(hpa, 'spec', 'scaleTargetRef', 'name') ?? '';
  const apiVersion = stringAt(hpa, 'spec', 'scaleTargetRef', 'apiVersion') ?? '';
  if (apiVersion.split('/').length > 2) return { failure: `unexpected GroupVersion string: ${apiVersion}` };
  const { group } = parseApiVersion(apiVersion);
  const mapped = resourceOfKind(context, group, kind);
  if (mapped === undefined) return { failure: `no matches for kind "${kind}" in group "${group}"` };
  const { resource } = mapped;
  const answer = context.api.call({ verb: 'get', resource, namespace, name, subresource: 'scale' });
  return answer.ok ? { resource, namespace, name, scale: answer.object } : { failure: answer.message };
}
