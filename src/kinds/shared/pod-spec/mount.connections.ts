import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import type { Refusal } from '../../field-edit.ts';
import type { ConnectionEdits, PodTemplateView } from '../../kind.ts';
import { dnsLabel } from './pod-template.ts';
import { mountVolume } from './volume-mounts.ts';

/** The entries of a ConfigMap as files below `/etc/<name>`. */
export function mountConfigMap(template: PodTemplateView, target: KubernetesObject): ConnectionEdits | Refusal {
  const name = nameOf(target);
  return mountVolume(template, {
    name,
    source: { configMap: { name } },
    isSource: (volume) => stringAt(volume, 'configMap', 'name') === name,
    mountPath: `/etc/${dnsLabel(name)}`,
    readOnly: true,
  });
}

/** The entries of a Secret as files below `/etc/<name>`. */
export function mountSecret(template: PodTemplateView, target: KubernetesObject): ConnectionEdits | Refusal {
  const secretName = nameOf(target);
  return mountVolume(template, {
    name: secretName,
    source: { secret: { secretName } },
    isSource: (volume) => stringAt(volume, 'secret', 'secretName') === secretName,
    mountPath: `/etc/${dnsLabel(secretName)}`,
    readOnly: true,
  });
}

/** A claim at `/var/lib/<name>`; one with `volumeMode: Block` is a device, not a directory. */
export function mountClaim(template: PodTemplateView, target: KubernetesObject): ConnectionEdits | Refusal {
  const claimName = nameOf(target);
  return mountVolume(template, {
    name: claimName,
    source: { persistentVolumeClaim: { claimName } },
    isSource: (volume) => stringAt(volume, 'persistentVolumeClaim', 'claimName') === claimName,
    ...(stringAt(target, 'spec', 'volumeMode') === 'Block'
      ? { devicePath: `/dev/${dnsLabel(claimName)}` }
      : { mountPath: `/var/lib/${dnsLabel(claimName)}` }),
  });
}
