import { nameAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import { formatGroupKind, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';

/** Workloads whose Pods are not replaced one after another. */
export const noRollingUpdateStrategy: Lint = {
  id: 'no-rolling-update-strategy',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'no-rolling-update-strategy',
  find: perWorkload(({ record: { object } }) => {
    const at = updatePathOf(object);
    if (at === undefined) return NO_SPOTS;
    const type = updateTypeOf(object, at);
    return /^(?:RollingUpdate|Rolling)$/.test(type) ? NO_SPOTS : [{ at, params: { type } }];
  }),
};

const UPDATES: ReadonlyMap<string, Path> = new Map([
  ['Deployment.apps', ['spec', 'strategy', 'type']],
  ['DaemonSet.apps', ['spec', 'updateStrategy', 'type']],
  ['StatefulSet.apps', ['spec', 'updateStrategy', 'type']],
  ['DeploymentConfig.apps.openshift.io', ['spec', 'strategy', 'type']],
]);

/** Where an object says how its Pods are replaced; undefined for kinds that do not say. */
export function updatePathOf(object: KubernetesObject): Path | undefined {
  return UPDATES.get(formatGroupKind(groupVersionKindOf(object)));
}

/** How they are replaced; '' where nobody says and nothing is certain. */
export function updateTypeOf(object: KubernetesObject, at: Path): string {
  return nameAt(object, ...at) ?? (/^apps(?:\.openshift\.io)?\/v1$/.test(object.apiVersion) ? 'RollingUpdate' : '');
}
