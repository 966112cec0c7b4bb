import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, stringAt } from '../base/json.ts';
import { withFields } from './edit-object.ts';
import { mapContainers } from './pod-containers.ts';

const VOLUME_PREFIX = 'kube-api-access-';
const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
/** `WarnOnlyBoundTokenExpirationSeconds`, pkg/serviceaccount/claims.go: an hour and seven seconds, by which it is known. */
const EXPIRATION_SECONDS = 3607;

/**
 * The Pod with its token mounted in every container that mounts nothing else at that place.
 * Source: plugin/pkg/admission/serviceaccount/admission.go `mountServiceAccountToken`, `TokenVolumeSource`, 1.36.
 */
export function withTokenVolume(pod: KubernetesObject, generateName: (prefix: string) => string): KubernetesObject {
  const volumes = arrayAt(pod, 'spec', 'volumes');
  const existing = volumes
    .map((volume) => stringAt(volume, 'name') ?? '')
    .find((name) => name.startsWith(VOLUME_PREFIX));
  const name = existing ?? generateName(VOLUME_PREFIX);
  const mount = { name, readOnly: true, mountPath: MOUNT_PATH };
  const mounted = mapContainers(pod, ['initContainers', 'containers'], (container) => {
    const mounts = arrayAt(container, 'volumeMounts');
    const isTaken = mounts.some((other) => stringAt(other, 'mountPath') === MOUNT_PATH);
    return isTaken ? container : { ...container, volumeMounts: [...mounts, mount] };
  });
  if (mounted === pod || existing !== undefined) return mounted;
  return withFields(mounted, ['spec'], { volumes: [...volumes, { name, projected: tokenSource() }] });
}

function tokenSource(): JsonObject {
  return {
    sources: [
      { serviceAccountToken: { expirationSeconds: EXPIRATION_SECONDS, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
    defaultMode: 0o644,
  };
}
