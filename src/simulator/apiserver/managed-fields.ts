import { formatApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isKubernetesObject } from '../../apimachinery/object.ts';
import { fieldSetOf } from '../../apimachinery/patch/server-side-apply/field-set.ts';
import type { Endpoint } from '../../apimachinery/patch/server-side-apply/endpoint.ts';
import { fieldElement } from '../../apimachinery/patch/server-side-apply/path-element.ts';
import { trackUpdate } from '../../apimachinery/patch/server-side-apply/track-update.ts';
import type { ServedKind } from '../../kinds/served-kind.ts';
import { patchSchemaOf } from '../../openapi/patch-schema.ts';
import { timeOf } from '../kernel/clock.ts';
import type { ApiRequest } from '../messages.ts';
import type { Server } from './state.ts';

/** `status` is not the main resource's to own. Source: `GetResetFields` of the strategies, 1.36. */
const STATUS = fieldSetOf([fieldElement('status')]);
/** Nor is anything else the status's, of the metadata at least the labels. Source: the same of the status strategies. */
const ALL_BUT_STATUS = fieldSetOf([fieldElement('spec')], [fieldElement('metadata'), fieldElement('labels')]);

/** The endpoint through which a request writes, as field ownership sees it. */
export function endpointOf({ resource, subresource }: ApiRequest, served: ServedKind): Endpoint {
  const hasStatus = served.strategy?.hasStatus ?? served.schema.ignoresStatus;
  return {
    schema: patchSchemaOf(served.schema),
    apiVersion: formatApiVersion(resource.group, resource.version),
    kind: served.kind.kind,
    subresource: subresource ?? '',
    ...(hasStatus && subresource === undefined ? { resetFields: STATUS } : {}),
    ...(subresource === 'status' ? { resetFields: ALL_BUT_STATUS } : {}),
  };
}

/** Who writes: what the client says, else the first word of its user agent. */
export function writerOf(
  { options, agent }: ApiRequest,
  nowMs: number,
): { readonly manager: string; readonly time: string } {
  return { manager: managerOf(options?.fieldManager ?? '', agent ?? 'unknown'), time: timeOf(nowMs) };
}

/** Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go `FieldManagerMaxLength`, 1.36; bytes. */
const LONGEST_MANAGER = 128;

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go `managerOrUserAgent`, 1.36. */
export function managerOf(manager: string, agent: string): string {
  if (manager !== '') return manager;
  const [first = ''] = agent.split('/');
  let kept = '';
  let bytes = 0;
  for (const sign of first) {
    if (/\p{C}/u.test(sign)) continue;
    const code = sign.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > LONGEST_MANAGER) break;
    kept += sign;
  }
  return kept;
}

/**
 * The object with what its writer owns of it. Computed before admission, as the API server does.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/{create,update}.go, 1.36.
 */
export function withOwnership(
  { state, context }: Server,
  request: ApiRequest,
  served: ServedKind,
  live: KubernetesObject | undefined,
  next: KubernetesObject,
): KubernetesObject {
  if (!state.settings.managedFields) return next;
  const tracked = trackUpdate(live, next, writerOf(request, context.nowMs), endpointOf(request, served));
  return isKubernetesObject(tracked) ? tracked : next;
}
