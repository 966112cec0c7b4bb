import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { labelsOf } from '../../../../apimachinery/object.ts';
import { arrayAt, jsonEqual, nameAt, objectAt, stringAt } from '../../../../base/json.ts';
import { Action } from '../../cluster-event.ts';
import type { SchedulerPlugin, Verdict } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { hint } from '../event-hints.ts';
import { classNameOf, notFound } from './pod-claims.ts';

/** Where a volume can be reached, by its labels. */
interface VolumeTopology {
  readonly key: string;
  readonly values: readonly string[];
}

const ZONE = 'topology.kubernetes.io/zone';
const REGION = 'topology.kubernetes.io/region';
/** Labels and what they are called since they are general. */
const TOPOLOGY_LABELS: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', ZONE],
  ['failure-domain.beta.kubernetes.io/region', REGION],
  [ZONE, ZONE],
  [REGION, REGION],
]);

const CONFLICT: Verdict = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: ['node(s) had no available volume zone'],
});

/** Source: pkg/scheduler/framework/plugins/volumezone/volume_zone.go, 1.36. */
export const volumeZone: SchedulerPlugin<readonly VolumeTopology[]> = {
  name: 'VolumeZone',
  events: [
    {
      event: { resource: 'storage.k8s.io/StorageClass', actions: Action.Add },
      hint: (_pod, _before, after) => hint(stringAt(after, 'volumeBindingMode') === 'WaitForFirstConsumer'),
    },
    { event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeLabel } },
    {
      event: { resource: 'PersistentVolumeClaim', actions: Action.Add | Action.Update },
      hint: ({ pod, namespace }, _before, after) =>
        hint(
          nameAt(after, 'metadata', 'namespace') === namespace &&
            claimNames(pod).includes(nameAt(after, 'metadata', 'name') ?? ''),
        ),
    },
    {
      event: { resource: 'PersistentVolume', actions: Action.Add | Action.Update },
      hint: (_pod, before, after) =>
        hint(before === undefined || !jsonEqual(topologiesOf(before), after && topologiesOf(after))),
    },
  ],
  preFilter(pod, snapshot) {
    const topologies = podTopologies(pod, snapshot);
    if (typeof topologies === 'string')
      return { verdict: { code: 'UnschedulableAndUnresolvable', reasons: [topologies] } };
    return topologies.length === 0 ? { skip: true } : { state: topologies };
  },
  filter(_pod, { labels }, topologies) {
    if (![...TOPOLOGY_LABELS.keys()].some((key) => labels.has(key))) return undefined;
    const fits = topologies.every(({ key, values }) => {
      const value = labels.get(key) ?? labels.get(TOPOLOGY_LABELS.get(key)!);
      return value !== undefined && values.includes(value);
    });
    return fits ? undefined : CONFLICT;
  },
};

function claimNames(pod: KubernetesObject): readonly string[] {
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) =>
    objectAt(volume, 'persistentVolumeClaim') === undefined
      ? []
      : (stringAt(volume, 'persistentVolumeClaim', 'claimName') ?? ''),
  );
}

/** The topologies of the volumes that the Pod's claims are bound to, or why they cannot be told. */
function podTopologies({ pod, namespace }: PodInfo, snapshot: Snapshot): readonly VolumeTopology[] | string {
  const topologies: VolumeTopology[] = [];
  for (const name of claimNames(pod)) {
    if (name === '') return 'PersistentVolumeClaim had no name';
    const claim = snapshot.get('persistentvolumeclaims', `${namespace}/${name}`);
    if (claim === undefined) return notFound('persistentvolumeclaim', name);
    const volumeName = nameAt(claim, 'spec', 'volumeName');
    if (volumeName === undefined) {
      const problem = unboundProblem(claim, snapshot);
      if (problem !== undefined) return problem;
      continue;
    }
    const volume = snapshot.get('persistentvolumes', volumeName);
    if (volume === undefined) return notFound('persistentvolume', volumeName);
    topologies.push(...topologiesOf(volume));
  }
  return topologies;
}

/** A claim may be without a volume only while its class waits for the Pod. */
function unboundProblem(claim: KubernetesObject, snapshot: Snapshot): string | undefined {
  const className = classNameOf(claim);
  if (className === '') return 'PersistentVolumeClaim had no pv name and storageClass name';
  const storageClass = snapshot.get('storageclasses', className);
  if (storageClass === undefined) return notFound('storageclass.storage.k8s.io', className);
  const mode = stringAt(storageClass, 'volumeBindingMode');
  if (mode === undefined) return `VolumeBindingMode not set for StorageClass "${className}"`;
  return mode === 'WaitForFirstConsumer' ? undefined : 'PersistentVolume had no name';
}

/** Source: staging/src/k8s.io/cloud-provider/volume/helpers/zones.go `LabelZonesToSet`: zones parted by `__`, 1.36. */
function topologiesOf(volume: KubernetesObject): readonly VolumeTopology[] {
  const labels = labelsOf(volume);
  return [...TOPOLOGY_LABELS.keys()].flatMap((key) => {
    const value = labels.get(key);
    if (value === undefined) return [];
    const values = value.split('__').map((zone) => zone.trim());
    return values.includes('') ? [] : [{ key, values: [...new Set(values)].sort() }];
  });
}
