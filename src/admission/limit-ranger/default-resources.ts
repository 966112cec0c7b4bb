import type { KubernetesObject } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import { withFields } from '../edit-object.ts';
import { mapContainers } from '../pod-containers.ts';

const ANNOTATION = 'kubernetes.io/limit-ranger';
const WORDS = { containers: 'container', initContainers: 'init container' } as const;

/**
 * The Pod with the defaults of one LimitRange where its containers say nothing, and an annotation that tells which.
 * Source: plugin/pkg/admission/limitranger/admission.go `mergePodResourceRequirements`, 1.36.
 */
export function withDefaultResources(pod: KubernetesObject, range: KubernetesObject): KubernetesObject {
  const [requests, limits] = [defaultsOf(range, 'defaultRequest'), defaultsOf(range, 'default')];
  const told: string[] = [];
  const changed = mapContainers(pod, ['containers', 'initContainers'], (container, list) => {
    const who = `${list === 'containers' ? WORDS.containers : WORDS.initContainers} ${stringAt(container, 'name') ?? ''}`;
    const missingRequests = missingIn(container, 'requests', requests);
    const missingLimits = missingIn(container, 'limits', limits);
    if (missingRequests.length > 0) told.push(`${missingRequests.join(', ')} request for ${who}`);
    if (missingLimits.length > 0) told.push(`${missingLimits.join(', ')} limit for ${who}`);
    if (missingRequests.length + missingLimits.length === 0) return container;
    return {
      ...container,
      resources: {
        ...objectAt(container, 'resources'),
        ...filled(container, 'limits', limits, missingLimits),
        ...filled(container, 'requests', requests, missingRequests),
      },
    };
  });
  if (told.length === 0) return pod;
  return withFields(changed, ['metadata', 'annotations'], {
    [ANNOTATION]: `LimitRanger plugin set: ${told.join('; ')}`,
  });
}

/** Of several limits the last counts. */
function defaultsOf(range: KubernetesObject, field: string): JsonObject {
  const limits = arrayAt(range, 'spec', 'limits').filter((limit) => stringAt(limit, 'type') === 'Container');
  return Object.assign({}, ...limits.map((limit) => objectAt(limit, field))) as JsonObject;
}

function missingIn(container: JsonObject, kind: 'requests' | 'limits', defaults: JsonObject): readonly string[] {
  const given = objectAt(container, 'resources', kind) ?? {};
  return Object.keys(defaults)
    .filter((resource) => !Object.hasOwn(given, resource))
    .sort(compareStrings);
}

function filled(
  container: JsonObject,
  kind: 'requests' | 'limits',
  defaults: JsonObject,
  missing: readonly string[],
): JsonObject {
  if (missing.length === 0) return {};
  const given = objectAt(container, 'resources', kind);
  return { [kind]: { ...given, ...Object.fromEntries(missing.map((resource) => [resource, defaults[resource]])) } };
}
