import type { KubernetesObject } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { resourceListOf, sameResources } from '../apimachinery/resource-list.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, asObject, objectAt, stringAt, valueAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { isFor } from './admission-request.ts';
import type { Answer, Because, Refusal } from './answer.ts';
import { forbidden, isRefusal } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';
import { withFields } from './edit-object.ts';
import { mergeTolerations } from './tolerations.ts';

/**
 * Gives a Pod what running it in its RuntimeClass costs besides, and the Nodes that can.
 * Source: plugin/pkg/admission/runtimeclass/admission.go, 1.36.
 */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  operations: ['CREATE'],
  admit(request, cluster) {
    const { object } = request;
    if (!isFor(request, 'pods') || object === undefined) return undefined;
    const found = classOf(request, object, cluster);
    if (found === undefined || isRefusal(found)) return found;
    return setOverhead(request, object, found);
  },
  validate(request, cluster) {
    const { object } = request;
    if (!isFor(request, 'pods') || object === undefined) return undefined;
    const found = classOf(request, object, cluster);
    if (isRefusal(found)) return found;
    return validateOverhead(request, object, found);
  },
};

const RUNTIME_CLASS = { group: 'node.k8s.io', kind: 'RuntimeClass' };
const MISMATCH = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

function classOf(
  request: AdmissionRequest,
  pod: KubernetesObject,
  cluster: ClusterView,
): KubernetesObject | Refusal | undefined {
  const name = stringAt(pod, 'spec', 'runtimeClassName');
  if (name === undefined) return undefined;
  const found = cluster.get(RUNTIME_CLASS, '', name);
  if (found) return found;
  return forbidden(request, `pod rejected: RuntimeClass ${quoteString(name)} not found`, {
    field: ['spec', 'runtimeClassName'],
    missing: { ...RUNTIME_CLASS, namespace: '', name },
  });
}

function because(pod: KubernetesObject, field: string): Because {
  const name = stringAt(pod, 'spec', 'runtimeClassName') ?? '';
  return { field: ['spec', field], objects: name === '' ? [] : [{ ...RUNTIME_CLASS, namespace: '', name }] };
}

function setOverhead(request: AdmissionRequest, pod: KubernetesObject, found: KubernetesObject): Answer {
  if (objectAt(found, 'overhead') === undefined) return setScheduling(request, pod, found);
  const fixed = valueAt(found, 'overhead', 'podFixed');
  const given = resourceListOf(valueAt(pod, 'spec', 'overhead'));
  if (given.size > 0 && !sameResources(given, resourceListOf(fixed)))
    return forbidden(request, MISMATCH, because(pod, 'overhead'));
  return setScheduling(request, withFields(pod, ['spec'], { overhead: fixed }), found);
}

function setScheduling(request: AdmissionRequest, pod: KubernetesObject, found: KubernetesObject): Answer {
  const scheduling = objectAt(found, 'scheduling');
  if (scheduling === undefined) return { object: pod };
  const own = objectAt(pod, 'spec', 'nodeSelector') ?? {};
  const wanted = objectAt(scheduling, 'nodeSelector') ?? {};
  for (const key of Object.keys(wanted)) {
    const [value, podValue] = [String(wanted[key]), own[key]];
    if (podValue === undefined || podValue === value) continue;
    return forbidden(
      request,
      `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${String(podValue)}`,
      because(pod, 'nodeSelector'),
    );
  }
  const nodeSelector: JsonObject = { ...own, ...wanted };
  const tolerations = mergeTolerations([...arrayAt(pod, 'spec', 'tolerations'), ...arrayAt(scheduling, 'tolerations')]);
  return {
    object: withFields(pod, ['spec'], {
      ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
      ...(tolerations.length === 0 ? {} : { tolerations }),
    }),
  };
}

function validateOverhead(
  request: AdmissionRequest,
  pod: KubernetesObject,
  found: KubernetesObject | undefined,
): Answer {
  const given = asObject(valueAt(pod, 'spec', 'overhead'));
  if (objectAt(found, 'overhead') === undefined) {
    if (given === undefined) return undefined;
    const message = 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead';
    return forbidden(request, message, because(pod, 'overhead'));
  }
  const fixed = resourceListOf(valueAt(found, 'overhead', 'podFixed'));
  return sameResources(fixed, resourceListOf(given))
    ? undefined
    : forbidden(request, MISMATCH, because(pod, 'overhead'));
}
