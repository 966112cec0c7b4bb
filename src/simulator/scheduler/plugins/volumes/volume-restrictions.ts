import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, asString, booleanAt, nameAt, objectAt, stringAt } from '../../../../base/json.ts';
import { Action } from '../../cluster-event.ts';
import type { SchedulerPlugin, Verdict } from '../../plugin.ts';
import { podInfoOf } from '../../pod-info.ts';
import { hint } from '../event-hints.ts';
import { notFound } from './pod-claims.ts';

interface RestrictionsState {
  /** Names of the Pod's claims that only one Pod may use. */
  readonly exclusive: ReadonlySet<string>;
  /** How many Pods use them. */
  readonly uses: number;
}

const DISK: Verdict = Object.freeze({ code: 'Unschedulable', reasons: ['node(s) had no available disk'] });
const IN_USE: Verdict = Object.freeze({
  code: 'Unschedulable',
  reasons: [
    'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
  ],
});

/** Source: pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go, 1.36. */
export const volumeRestrictions: SchedulerPlugin<RestrictionsState> = {
  name: 'VolumeRestrictions',
  events: [
    {
      event: { resource: 'Pod', actions: Action.Delete },
      hint({ pod, namespace }, before) {
        if (before === undefined || podInfoOf(before).namespace !== namespace) return 'QueueSkip';
        const claims = claimNames(pod);
        return hint(conflicts(pod, before) || claimNames(before).some((name) => claims.includes(name)));
      },
    },
    { event: { resource: 'Node', actions: Action.Add } },
    {
      event: { resource: 'PersistentVolumeClaim', actions: Action.Add },
      hint: ({ pod, namespace }, _before, after) =>
        hint(
          nameAt(after, 'metadata', 'namespace') === namespace &&
            claimNames(pod).includes(nameAt(after, 'metadata', 'name') ?? ''),
        ),
    },
  ],
  preFilter({ pod, namespace }, snapshot) {
    const exclusive = new Set<string>();
    for (const name of claimNames(pod)) {
      const claim = snapshot.get('persistentvolumeclaims', `${namespace}/${name}`);
      if (claim === undefined)
        return {
          verdict: { code: 'UnschedulableAndUnresolvable', reasons: [notFound('persistentvolumeclaim', name)] },
        };
      if (arrayAt(claim, 'spec', 'accessModes').includes('ReadWriteOncePod')) exclusive.add(name);
    }
    let uses = 0;
    for (const name of exclusive) if (snapshot.usedClaims.has(`${namespace}/${name}`)) uses++;
    const needsCheck = arrayAt(pod, 'spec', 'volumes').some(isRestricted);
    return !needsCheck && uses === 0 ? { skip: true } : { state: { exclusive, uses } };
  },
  withPod(state, _pod, changed, _node, change) {
    const uses = claimNames(changed.pod).filter((name) => state.exclusive.has(name)).length;
    return uses === 0 ? state : { ...state, uses: state.uses + (change === 'add' ? uses : -uses) };
  },
  filter({ pod }, node, { uses }) {
    const restricted = arrayAt(pod, 'spec', 'volumes').some(isRestricted);
    if (restricted && node.pods.some((existing) => conflicts(pod, existing.pod))) return DISK;
    return uses > 0 ? IN_USE : undefined;
  },
};

function claimNames(pod: KubernetesObject): readonly string[] {
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) =>
    objectAt(volume, 'persistentVolumeClaim') === undefined
      ? []
      : (stringAt(volume, 'persistentVolumeClaim', 'claimName') ?? ''),
  );
}

const RESTRICTED = ['gcePersistentDisk', 'awsElasticBlockStore', 'rbd', 'iscsi'] as const;

function isRestricted(volume: JsonValue): boolean {
  return RESTRICTED.some((source) => objectAt(volume, source) !== undefined);
}

function conflicts(pod: KubernetesObject, existing: KubernetesObject): boolean {
  const volumes = arrayAt(existing, 'spec', 'volumes');
  return arrayAt(pod, 'spec', 'volumes').some((volume) => volumes.some((other) => conflict(volume, other)));
}

/** Whether two Pods cannot both mount the volumes on one Node: the same disk, and not both only to read. */
function conflict(volume: JsonValue, other: JsonValue): boolean {
  return RESTRICTED.some((source) => {
    const [a, b] = [objectAt(volume, source), objectAt(other, source)];
    if (a === undefined || b === undefined) return false;
    const same = (field: string) => (stringAt(a, field) ?? '') === (stringAt(b, field) ?? '');
    const areRead = booleanAt(a, 'readOnly') === true && booleanAt(b, 'readOnly') === true;
    switch (source) {
      case 'gcePersistentDisk':
        return same('pdName') && !areRead;
      case 'awsElasticBlockStore':
        return same('volumeID');
      case 'iscsi':
        return same('iqn') && !areRead;
      case 'rbd': {
        const monitors = arrayAt(b, 'monitors').map(asString);
        const share = arrayAt(a, 'monitors').some((monitor) => monitors.includes(asString(monitor)));
        return share && same('pool') && same('image') && !areRead;
      }
    }
  });
}
