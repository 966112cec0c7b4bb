import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { ApiCall } from '../client/api-client.ts';
import type { Context } from '../component.ts';
import type { ApiResponse } from '../messages.ts';
import type { PodRecord } from './pod-record.ts';
import { ask, tell } from './state.ts';
import type { KubeletState } from './state.ts';

export const MOUNT = 'mount-volumes';

/** Source: pkg/util/goroutinemap/exponentialbackoff/exponential_backoff.go, 1.36. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 122_000;

interface Source {
  readonly volume: string;
  /** `configmaps/web`. */
  readonly source: string;
  readonly isOptional: boolean;
  readonly call: ApiCall;
}

/** What the volumes of a Pod read from the API server. */
function sourcesOf({ pod }: PodRecord): readonly Source[] {
  const namespace = namespaceOf(pod) ?? 'default';
  const read = (volume: string, plural: string, name: string | undefined, part: JsonValue): Source[] => {
    if (name === undefined) return [];
    const resource = { group: '', version: 'v1', plural };
    const isOptional = booleanAt(part, 'optional') === true;
    return [{ volume, source: `${plural}/${name}`, isOptional, call: { verb: 'get', resource, namespace, name } }];
  };
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) => {
    const name = stringAt(volume, 'name') ?? '';
    const parts = [volume, ...arrayAt(volume, 'projected', 'sources')];
    return parts.flatMap((part) => {
      const { configMap, secret, serviceAccountToken: token } = objectAt(part) ?? {};
      if (token !== undefined) return [tokenOf(name, token)];
      return [
        ...read(name, 'configmaps', nameAt(configMap, 'name'), configMap ?? null),
        ...read(name, 'secrets', nameAt(secret, 'secretName') ?? nameAt(secret, 'name'), secret ?? null),
      ];
    });
  });

  /** A token for the Pod's account, bound to the Pod. */
  function tokenOf(volume: string, token: JsonValue): Source {
    const account = nameAt(pod, 'spec', 'serviceAccountName') ?? 'default';
    const boundObjectRef = {
      apiVersion: 'v1',
      kind: 'Pod',
      name: nameOf(pod),
      uid: nameAt(pod, 'metadata', 'uid') ?? '',
    };
    const expirationSeconds = numberAt(token, 'expirationSeconds') ?? 3600;
    const call: ApiCall = {
      verb: 'create',
      resource: { group: '', version: 'v1', plural: 'serviceaccounts' },
      namespace,
      name: account,
      subresource: 'token',
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { audiences: [], expirationSeconds, boundObjectRef },
      },
    };
    return { volume, source: `token/${account}`, isOptional: false, call };
  }
}

/** Reads what is not there yet; true where nothing is missing. */
export function mountVolumes(state: KubeletState, record: PodRecord, context: Context): boolean {
  const missing = sourcesOf(record).filter(({ source }) => !record.volumes.has(source));
  record.mounting = missing.length;
  for (const { source, volume, call } of missing)
    ask(state, { type: 'volume', uid: record.uid, source, volume }, call, context);
  return missing.length === 0;
}

/** Takes in an answer; true where all volumes are mounted now. */
export function volumeRead(
  state: KubeletState,
  record: PodRecord,
  { source, volume }: { readonly source: string; readonly volume: string },
  { code, body }: ApiResponse,
  context: Context,
): boolean {
  const sources = sourcesOf(record);
  const own = sources.find((one) => one.source === source && one.volume === volume);
  record.mounting--;
  if ((code >= 200 && code < 300) || (code === 404 && own?.isOptional === true)) record.volumes.add(source);
  else {
    const why = stringAt(body, 'message') ?? 'failed to sync cache: timed out waiting for the condition';
    const words = why.replace(/^(configmap|secret)s /, '$1 ');
    const message = `MountVolume.SetUp failed for volume "${volume}" : ${words}`;
    tell(state, record, 'Warning', 'FailedMount', message, context);
  }
  if (record.mounting > 0) return false;
  if (sources.every((one) => record.volumes.has(one.source))) return true;
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** record.mountFailures++, LAST_RETRY_MS);
  context.timer(waitMs, MOUNT, record.uid, { periodic: waitMs === LAST_RETRY_MS });
  return false;
}
