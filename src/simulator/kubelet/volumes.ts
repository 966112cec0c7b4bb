import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { ApiCall } from '../client/api-client.ts';
import type { Context } from '../component.ts';
import { mountClaims } from './claims/mount-claims.ts';
import type { ApiResponse } from '../messages.ts';
import { cachedObject, usesOfVolume, watchUses } from './object-cache.ts';
import type { PodRecord, VolumeState } from './pod-record.ts';
import { ask, tell } from './state.ts';
import type { KubeletState } from './state.ts';

export const MOUNT = 'mount-volumes';

export const NO_VOLUMES: VolumeState = Object.freeze({ ready: [], isMounted: false, open: 0, failures: 0, claims: {} });

/**
 * Mounts what is not mounted yet; true where nothing is missing. Else the Pod is told when there is something new.
 * Source: pkg/kubelet/volumemanager/volume_manager.go `WaitForAttachAndMount`, 1.36.
 */
export function mountVolumes(state: KubeletState, record: PodRecord, context: Context): boolean {
  if (record.volumes.isMounted) return true;
  if (record.volumes.open > 0) return false;
  if (!watchUses(state, record.pod, record.uid, context)) return false;
  const tokens = tokensOf(record).filter(({ source }) => !record.volumes.ready.includes(source));
  if (tokens.length > 0) {
    record.volumes = Object.freeze({ ...record.volumes, open: tokens.length });
    for (const { source, volume, call } of tokens)
      ask(state, { type: 'token', uid: record.uid, source, volume }, call, context);
    return false;
  }
  const missing = missingOf(state, record);
  const hasClaims = mountClaims(state, record, context);
  record.volumes = Object.freeze({ ...record.volumes, isMounted: missing.length === 0 && hasClaims });
  for (const { volume, why } of missing) failedMount(state, record, volume, why, context);
  if (missing.length > 0) retry(record, context);
  return record.volumes.isMounted;
}

/** Takes in a token, or why there is none; the Pod goes on where no other is awaited. */
export function tokenRead(
  state: KubeletState,
  record: PodRecord,
  { source, volume }: { readonly source: string; readonly volume: string },
  { code, body }: ApiResponse,
  context: Context,
): void {
  const isGood = code >= 200 && code < 300;
  const ready = isGood ? [...record.volumes.ready, source] : record.volumes.ready;
  record.volumes = Object.freeze({ ...record.volumes, ready, open: record.volumes.open - 1 });
  if (!isGood) {
    const why = stringAt(body, 'message') ?? 'context deadline exceeded';
    failedMount(state, record, volume, `failed to fetch token: ${why}`, context);
  }
  if (record.volumes.open > 0) return;
  if (tokensOf(record).every((token) => ready.includes(token.source))) context.timer(0, MOUNT, record.uid);
  else retry(record, context);
}

export function retry(record: PodRecord, context: Context): void {
  const { initialMs, maxMs } = context.numbers.kubelet.mountRetry;
  const waitMs = Math.min(initialMs * 2 ** record.volumes.failures, maxMs);
  record.volumes = { ...record.volumes, failures: record.volumes.failures + 1 };
  context.timer(waitMs, MOUNT, record.uid, { periodic: waitMs === maxMs });
}

function failedMount(state: KubeletState, record: PodRecord, volume: string, why: string, context: Context): void {
  const message = `MountVolume.SetUp failed for volume "${volume}" : ${why}`;
  tell(state, record, 'Warning', 'FailedMount', message, context);
}

/**
 * Volumes whose objects are not there, or lack a key.
 * Source: pkg/volume/configmap/configmap.go and pkg/volume/secret/secret.go `MakePayload`, 1.36.
 */
function missingOf(
  state: KubeletState,
  { pod }: PodRecord,
): readonly { readonly volume: string; readonly why: string }[] {
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) => {
    const name = stringAt(volume, 'name') ?? '';
    for (const use of usesOfVolume(volume)) {
      const { resource, name: own, isOptional } = use;
      const object = cachedObject(state, pod, use);
      if (object === undefined && !isOptional) {
        const kind = resource === 'secrets' ? 'secret' : 'configmap';
        return [{ volume: name, why: `${kind} "${own}" not found` }];
      }
      const lacks = isOptional ? undefined : itemsOf(volume, own).find((key) => !hasKey(object, key));
      if (lacks !== undefined) {
        const words =
          resource === 'secrets'
            ? 'references non-existent secret key'
            : 'configmap references non-existent config key';
        return [{ volume: name, why: `${words}: ${lacks}` }];
      }
    }
    return [];
  });
}

function itemsOf(volume: JsonValue, name: string): readonly string[] {
  const parts = [volume, ...arrayAt(volume, 'projected', 'sources')].flatMap((part) => [
    objectAt(part, 'configMap'),
    objectAt(part, 'secret'),
  ]);
  const own = parts.find((part) => (nameAt(part, 'name') ?? nameAt(part, 'secretName')) === name);
  return arrayAt(own, 'items').map((item) => stringAt(item, 'key') ?? '');
}

function hasKey(object: unknown, key: string): boolean {
  return ['data', 'binaryData', 'stringData'].some((part) => objectAt(object, part)?.[key] !== undefined);
}

/** Tokens for the Pod's account, bound to the Pod. */
function tokensOf({ pod }: PodRecord): readonly { readonly volume: string; readonly source: string; call: ApiCall }[] {
  const account = nameAt(pod, 'spec', 'serviceAccountName') ?? 'default';
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) =>
    arrayAt(volume, 'projected', 'sources').flatMap((part) => {
      const token = objectAt(part, 'serviceAccountToken');
      if (token === undefined) return [];
      const audience = nameAt(token, 'audience');
      const uid = nameAt(pod, 'metadata', 'uid') ?? '';
      const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: nameOf(pod), uid };
      const expirationSeconds = numberAt(token, 'expirationSeconds') ?? 3600;
      const audiences = audience === undefined ? [] : [audience];
      const call: ApiCall = {
        verb: 'create',
        resource: { group: '', version: 'v1', plural: 'serviceaccounts' },
        namespace: namespaceOf(pod) ?? 'default',
        name: account,
        subresource: 'token',
        body: {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: { audiences, expirationSeconds, boundObjectRef },
        },
      };
      const name = stringAt(volume, 'name') ?? '';
      return [{ volume: name, source: `token/${account}/${audience ?? ''}/${expirationSeconds}`, call }];
    }),
  );
}
