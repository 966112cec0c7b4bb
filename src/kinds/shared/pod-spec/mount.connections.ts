import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import { dnsLabel } from './pod-template.ts';
import type { MountPlan } from './volume-mounts.ts';

/** The entries of a ConfigMap as files below `/etc/<name>`. */
export function configMapMount(target: KubernetesObject): MountPlan {
  const name = nameOf(target);
  return {
    name,
    source: { configMap: { name } },
    isSource: (volume) => stringAt(volume, 'configMap', 'name') === name,
    mountPath: `/etc/${dnsLabel(name)}`,
    readOnly: true,
  };
}

/** The entries of a Secret as files below `/etc/<name>`. */
export function secretMount(target: KubernetesObject): MountPlan {
  const secretName = nameOf(target);
  return {
    name: secretName,
    source: { secret: { secretName } },
    isSource: (volume) => stringAt(volume, 'secret', 'secretName') === secretName,
    mountPath: `/etc/${dnsLabel(secretName)}`,
    readOnly: true,
  };
}

/** A claim at `/var/lib/<name>`; one with `volumeMode: Block` is a device, not a directory. */
export function claimMount(target: KubernetesObject): MountPlan {
  const claimName = nameOf(target);
  return {
    name: claimName,
    source: { persistentVolumeClaim: { claimName } },
    isSource: (volume) => stringAt(volume, 'persistentVolumeClaim', 'claimName') === claimName,
    ...(stringAt(target, 'spec', 'volumeMode') === 'Block'
      ? { devicePath: `/dev/${dnsLabel(claimName)}` }
      : { mountPath: `/var/lib/${dnsLabel(claimName)}` }),
  };
}
