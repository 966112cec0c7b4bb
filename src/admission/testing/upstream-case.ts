import type { KubernetesObject } from '../../apimachinery/object.ts';
import { parseGroupKind } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { AdmissionRequest, GroupResource, Operation } from '../admission-request.ts';
import { isRefusal } from '../answer.ts';
import type { ClusterTolerations } from '../pod-toleration-restriction.ts';
import type { ClusterView } from '../cluster-view.ts';
import { clusterOf } from './cluster-of.ts';
import { essence, inAnyOrder } from './essence.ts';

/** A case of an upstream table: a request, what else is there, and what upstream's own plugin answers. */
export interface UpstreamCase {
  readonly name: string;
  /** `Admit`, `Validate`, or the name of a function that is a part of one of them. */
  readonly phase: string;
  readonly operation?: Operation;
  readonly kind?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly requestName?: string;
  readonly object?: KubernetesObject;
  readonly oldObject?: KubernetesObject;
  readonly user?: { readonly name?: string; readonly groups?: readonly string[] };
  readonly dryRun?: boolean;
  /** Positions in the table's `objects`. */
  readonly cluster?: readonly number[];
  readonly result?: KubernetesObject;
  readonly error?: string;
  readonly writes?: readonly KubernetesObject[];
  /** Configuration of the plugin: as Go prints it. */
  readonly limited?: readonly JsonObject[];
  /** Configuration of PodTolerationRestriction. */
  readonly config?: ClusterTolerations;
}

export interface UpstreamTable {
  readonly source: string;
  readonly objects: readonly KubernetesObject[];
  readonly cases: readonly UpstreamCase[];
}

/** What came of a case: the object, or the words of a refusal. */
export interface Outcome {
  readonly object?: unknown;
  readonly error?: string;
  readonly writes?: unknown;
}

export function expectedOf({ error, object, result, writes }: UpstreamCase): Outcome {
  if (error !== undefined) return { error: inAnyOrder(error) };
  return { object: essence(result ?? object), ...(writes === undefined ? {} : { writes: essence(writes) }) };
}

export function outcomeOf(
  plugin: AdmissionPlugin,
  given: UpstreamCase,
  table: UpstreamTable,
  view: Partial<ClusterView> = {},
): Outcome {
  const request = requestOfCase(given);
  const objects = (given.cluster ?? []).map((index) => table.objects[index]!);
  const isWhole = given.phase === 'Admit' || given.phase === 'Validate';
  // A part of a plugin is given what it looks at, wherever that is.
  const cluster = clusterOf(objects, isWhole ? view : { ...view, list: () => objects });
  const isMutating = given.phase === 'Admit' || given.phase === 'PodMutateLimitFunc';
  const answer = plugin[isMutating ? 'admit' : 'validate']?.(request, cluster);
  if (isRefusal(answer)) {
    return { error: inAnyOrder(isWhole ? answer.message : answer.message.replace(/^.*? is forbidden: /, '')) };
  }
  const object = essence(answer?.object ?? request.object);
  return answer?.writes === undefined || answer.writes.length === 0
    ? { object }
    : { object, writes: essence(answer.writes) };
}

function requestOfCase(given: UpstreamCase): AdmissionRequest {
  const { object, oldObject, resource = `${(object?.kind ?? 'Pod').toLowerCase()}s` } = given;
  const groupKind = parseGroupKind(given.kind ?? object?.kind ?? '');
  return {
    operation: given.operation ?? 'CREATE',
    kind: { ...groupKind, version: 'v1' },
    resource: parseResource(resource),
    subresource: given.subresource ?? '',
    namespace: given.namespace ?? '',
    name: given.requestName ?? '',
    ...(object === undefined ? {} : { object }),
    ...(oldObject === undefined ? {} : { oldObject }),
    user: { name: given.user?.name ?? '', groups: given.user?.groups ?? [] },
    dryRun: given.dryRun ?? false,
    generateName: (prefix) => `${prefix}xyz`,
  };
}

function parseResource(text: string): GroupResource {
  const dot = text.indexOf('.');
  return dot < 0 ? { group: '', resource: text } : { group: text.slice(dot + 1), resource: text.slice(0, dot) };
}
