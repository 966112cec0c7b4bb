import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { controllerOf } from '../../apimachinery/owner-reference.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';

export interface DrainOptions {
  readonly ignoreDaemonSets: boolean;
  readonly deleteEmptyDirData: boolean;
  readonly force: boolean;
  /** DaemonSets that exist, as `namespace/name`. */
  readonly daemonSets: ReadonlySet<string>;
}

export interface DrainVerdict {
  readonly delete: boolean;
  readonly reason: 'Okay' | 'Skip' | 'Warning' | 'Error';
  readonly message: string;
}

const OKAY: DrainVerdict = { delete: true, reason: 'Okay', message: '' };
const SKIP: DrainVerdict = { delete: false, reason: 'Skip', message: '' };
const warning = (isDeleted: boolean, message: string): DrainVerdict => ({
  delete: isDeleted,
  reason: 'Warning',
  message,
});
const error = (message: string): DrainVerdict => ({ delete: false, reason: 'Error', message });

function isFinished(pod: KubernetesObject): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed';
}

type DrainFilter = (pod: KubernetesObject, options: DrainOptions) => DrainVerdict;

const ofDaemonSet: DrainFilter = (pod, { daemonSets, force, ignoreDaemonSets }) => {
  const controller = controllerOf(pod);
  if (controller?.kind !== 'DaemonSet' || controller.apiVersion !== 'apps/v1' || isFinished(pod)) return OKAY;
  if (!daemonSets.has(`${namespaceOf(pod) ?? ''}/${controller.name}`)) {
    const message = `daemonsets.apps "${controller.name}" not found`;
    return force ? warning(true, message) : error(message);
  }
  return ignoreDaemonSets
    ? warning(false, 'ignoring DaemonSet-managed Pods')
    : error('DaemonSet-managed Pods (use --ignore-daemonsets to ignore)');
};

const mirror: DrainFilter = (pod) => (annotationsOf(pod).has('kubernetes.io/config.mirror') ? SKIP : OKAY);

const emptyDirs: DrainFilter = (pod, { deleteEmptyDirData }) => {
  const hasLocal = arrayAt(pod, 'spec', 'volumes').some((volume) => objectAt(volume, 'emptyDir') !== undefined);
  if (!hasLocal || isFinished(pod)) return OKAY;
  return deleteEmptyDirData
    ? warning(true, 'deleting Pods with local storage')
    : error('Pods with local storage (use --delete-emptydir-data to override)');
};

const unreplicated: DrainFilter = (pod, { force }) => {
  if (isFinished(pod) || controllerOf(pod) !== undefined) return OKAY;
  return force
    ? warning(true, 'deleting Pods that declare no controller')
    : error('Pods that declare no controller (use --force to override)');
};

/** Source: staging/src/k8s.io/kubectl/pkg/drain/filters.go, 1.36: in this order, the last word counts. */
const FILTERS: readonly DrainFilter[] = [ofDaemonSet, mirror, emptyDirs, unreplicated];

export function drainVerdict(pod: KubernetesObject, options: DrainOptions): DrainVerdict {
  let verdict = OKAY;
  for (const filter of FILTERS) {
    verdict = filter(pod, options);
    if (!verdict.delete) break;
  }
  return verdict;
}

/** Pods with the same verdict in one sentence: `ignoring DaemonSet-managed Pods: kube-system/a, kube-system/b`. */
export function verdictWords(
  pods: readonly { readonly pod: KubernetesObject; readonly verdict: DrainVerdict }[],
  reason: DrainVerdict['reason'],
): readonly (readonly [message: string, pods: string])[] {
  const words = new Map<string, string[]>();
  for (const { pod, verdict } of pods) {
    if (verdict.reason !== reason) continue;
    const name = `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`;
    words.set(verdict.message, [...(words.get(verdict.message) ?? []), name]);
  }
  return [...words].map(([message, names]) => [message, names.join(', ')] as const);
}
