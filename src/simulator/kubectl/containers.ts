import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import { labelSelectorString, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import { arrayAt, nameAt, numberAt, stringAt, stringMapAt, valueAt } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import { isTerminal, phaseOf } from '../controllers/workload/pod-state.ts';
import type { Terminal } from './command.ts';
import { KubectlError } from './command.ts';
import type { Flags } from './flags.ts';
import { SELECTING, foundObjects, listAll } from './resources.ts';

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'];
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

function namesAt(pod: KubernetesObject, field: string): readonly string[] {
  return arrayAt(pod, 'spec', field).flatMap((container) => nameAt(container, 'name') ?? []);
}

/** Containers of every type; the init containers first. */
export function containersOf(pod: KubernetesObject): readonly string[] {
  return CONTAINER_LISTS.flatMap((field) => namesAt(pod, field));
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/util/podcmd/podcmd.go `AllContainerNames`, 1.36. */
function listOf(pod: KubernetesObject): string {
  const ephemeral = namesAt(pod, 'ephemeralContainers').map((name) => `${name} (ephem)`);
  const init = namesAt(pod, 'initContainers').map((name) => `${name} (init)`);
  return [...namesAt(pod, 'containers'), ...ephemeral, ...init].join(', ');
}

/** The container that is named, or that the Pod names for the purpose, or the first. Source: podcmd.go. */
export function containerOf(terminal: Terminal, pod: KubernetesObject, asked: string): string {
  const wanted = asked || annotationsOf(pod).get(DEFAULT_CONTAINER) || '';
  const all = containersOf(pod);
  if (wanted !== '' && !all.includes(wanted))
    throw new KubectlError(`error: container ${wanted} is not valid for pod ${nameOf(pod)} out of: ${listOf(pod)}`);
  if (wanted !== '') return wanted;
  const first = namesAt(pod, 'containers')[0] ?? '';
  if (all.length > 1) terminal.err(`Defaulted container "${first}" out of: ${listOf(pod)}\n`);
  return first;
}

/** Flags of commands that talk to a container. */
export const CONTAINER_FLAGS = {
  namespace: SELECTING.namespace,
  container: { type: 'text', short: 'c' },
  stdin: { type: 'switch', short: 'i' },
  tty: { type: 'switch', short: 't' },
  quiet: { type: 'switch', short: 'q' },
} as const;

/** A Pod that is over has no container to talk to; `what` is in kubectl's words. */
export function refuseCompleted(pod: KubernetesObject, what: 'attach' | 'exec into'): void {
  if (isTerminal(pod))
    throw new KubectlError(`error: cannot ${what} a container in a completed pod; current phase is ${phaseOf(pod)}`);
}

/** The container of a Pod that has a name. */
export function specOfContainer(pod: KubernetesObject, name: string): JsonValue | undefined {
  return CONTAINER_LISTS.flatMap((field) => arrayAt(pod, 'spec', field)).find((one) => nameAt(one, 'name') === name);
}

/** What a word names, and the Pod of it that a command is about: itself, or the best of those that it has. */
export function podFor(
  terminal: Terminal,
  flags: Flags,
  word: string,
): { readonly object: KubernetesObject; readonly pod: KubernetesObject } {
  const { object } = foundObjects(terminal, flags, [word.includes('/') ? word : `pods/${word}`])[0]!;
  const pod = object.kind === 'Pod' ? object : podsOf(terminal, object)[0];
  if (pod === undefined) throw new KubectlError('error: timed out waiting for the condition');
  return { object, pod };
}

/** The Pods that a workload or Service has, the best first. */
export function podsOf(terminal: Terminal, object: KubernetesObject): readonly KubernetesObject[] {
  const selector = selectorOf(object);
  if (selector === undefined)
    throw new KubectlError(
      `error: cannot get the logs from *${object.kind}: selector for ${object.kind} not implemented`,
    );
  const namespace = namespaceOf(object) ?? 'default';
  const pods = listAll(terminal, {
    verb: 'list',
    resource: { group: '', version: 'v1', plural: 'pods' },
    namespace,
    options: { labelSelector: selector },
  });
  return pods.toSorted(byLogging);
}

function selectorOf(object: KubernetesObject): string | undefined {
  const selector = valueAt(object, 'spec', 'selector');
  if (selector === undefined) return undefined;
  if (object.kind !== 'Service' && object.kind !== 'ReplicationController')
    return labelSelectorString(parseLabelSelector(selector));
  return [...stringMapAt(object, 'spec', 'selector')]
    .toSorted(([a], [b]) => compareStrings(a, b))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

const PHASES = ['Running', 'Unknown', 'Pending'];

/** What stands first has most to tell. Source: staging/src/k8s.io/kubectl/pkg/util/podutils/podutils.go `ByLogging`, 1.36. */
function byLogging(a: KubernetesObject, b: KubernetesObject): number {
  const rank = (pod: KubernetesObject): readonly number[] => [
    nameAt(pod, 'spec', 'nodeName') === undefined ? 1 : 0,
    PHASES.indexOf(stringAt(pod, 'status', 'phase') ?? ''),
    findCondition(conditionsOf(pod), 'Ready')?.status === 'True' ? 0 : 1,
    -Math.max(0, ...arrayAt(pod, 'status', 'containerStatuses').map((status) => numberAt(status, 'restartCount') ?? 0)),
  ];
  const [ranksA, ranksB] = [rank(a), rank(b)];
  const at = ranksA.findIndex((value, index) => value !== ranksB[index]);
  if (at >= 0) return ranksA[at]! - ranksB[at]!;
  const made = (pod: KubernetesObject): string => stringAt(pod, 'metadata', 'creationTimestamp') ?? '';
  return compareStrings(made(a), made(b)) || compareStrings(nameOf(a), nameOf(b));
}
