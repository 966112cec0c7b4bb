import { namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { cachedObject } from './object-cache.ts';
import type { PodRecord } from './pod-record.ts';
import { nameOfContainer } from './pod-runtime.ts';
import type { KubeletState } from './state.ts';
import { podInWords } from './state.ts';

/**
 * Why a container cannot be configured: its environment names what is not there, or it would run as root and must not.
 * Undefined where it can. Source: pkg/kubelet/kuberuntime/kuberuntime_container.go `generateContainerConfig`, 1.36.
 */
export function configProblem(
  state: KubeletState,
  record: PodRecord,
  container: JsonValue,
  behaviour: Behaviour,
): string | undefined {
  return environmentProblem(state, record, container) ?? rootProblem(record, container, behaviour);
}

const SOURCES = [
  { resource: 'configmaps', kind: 'ConfigMap', word: 'configmap', from: 'configMapRef', key: 'configMapKeyRef' },
  { resource: 'secrets', kind: 'Secret', word: 'secret', from: 'secretRef', key: 'secretKeyRef' },
] as const;

/** Source: pkg/kubelet/kubelet_pods.go `makeEnvironmentVariables`, 1.36. */
function environmentProblem(state: KubeletState, { pod }: PodRecord, container: JsonValue): string | undefined {
  const namespace = namespaceOf(pod) ?? 'default';
  for (const from of arrayAt(container, 'envFrom')) {
    for (const { resource, word, from: field } of SOURCES) {
      const ref = objectAt(from, field);
      if (ref === undefined || booleanAt(ref, 'optional') === true) continue;
      const name = nameAt(ref, 'name') ?? '';
      if (cachedObject(state, pod, { resource, name }) === undefined) return `${word} "${name}" not found`;
    }
  }
  for (const variable of arrayAt(container, 'env')) {
    for (const { resource, kind, word, key: field } of SOURCES) {
      const ref = objectAt(variable, 'valueFrom', field);
      if (ref === undefined || booleanAt(ref, 'optional') === true) continue;
      const name = nameAt(ref, 'name') ?? '';
      const object = cachedObject(state, pod, { resource, name });
      if (object === undefined) return `${word} "${name}" not found`;
      const key = stringAt(ref, 'key') ?? '';
      if (objectAt(object, 'data')?.[key] === undefined)
        return `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
    }
  }
  return undefined;
}

/** Source: pkg/kubelet/kuberuntime/security_context_others.go `verifyRunAsNonRoot`, 1.36. */
function rootProblem(record: PodRecord, container: JsonValue, { image }: Behaviour): string | undefined {
  const { pod } = record;
  const [own, ofPod] = [objectAt(container, 'securityContext'), objectAt(pod, 'spec', 'securityContext')];
  if ((booleanAt(own, 'runAsNonRoot') ?? booleanAt(ofPod, 'runAsNonRoot')) !== true) return undefined;
  const where = `(pod: "${podInWords(record)}", container: ${nameOfContainer(container)})`;
  const user = numberAt(own, 'runAsUser') ?? numberAt(ofPod, 'runAsUser');
  if (user !== undefined) return user === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined;
  const ofImage = image?.user;
  if (ofImage === undefined || /^[1-9]\d*$/.test(ofImage)) return undefined;
  if (/^0+$/.test(ofImage)) return `container has runAsNonRoot and image will run as root ${where}`;
  return `container has runAsNonRoot and image has non-numeric user (${ofImage}), cannot verify user is non-root ${where}`;
}
