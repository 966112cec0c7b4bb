import { formatApiVersion, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { couldBeServed, PINNED_RELEASE, resourceVersionOf } from '../../openapi/resource.ts';
import { accessReviews } from './access-review.ts';
import { certificateSigningRequest } from './certificate-signing-request.ts';
import type { Conversion, Converted } from './conversion.ts';
import { customResourceDefinition } from './custom-resource-definition.ts';
import { endpoints } from './endpoints.ts';
import { endpointSlice } from './endpoint-slice.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { ingress } from './ingress.ts';
import { podDisruptionBudget } from './pod-disruption-budget.ts';
import { priorityLevelConfiguration } from './priority-level-configuration.ts';
import { replicationController } from './replication-controller.ts';
import { resourceClaims } from './resource-claim.ts';
import { roleBindings } from './role-binding.ts';
import { runtimeClass } from './runtime-class.ts';
import { sameShape } from './same-shape.ts';
import { webhookConfigurations } from './webhook-configuration.ts';
import { workloads } from './workloads.ts';

/** Every conversion; no two begin at the same version of a kind. */
export const CONVERSIONS: readonly Conversion[] = [
  ...workloads,
  replicationController,
  ingress,
  horizontalPodAutoscaler,
  podDisruptionBudget,
  endpoints,
  endpointSlice,
  customResourceDefinition,
  ...webhookConfigurations,
  certificateSigningRequest,
  priorityLevelConfiguration,
  ...roleBindings,
  runtimeClass,
  ...accessReviews,
  ...resourceClaims,
  ...sameShape,
];

const keyOf = ({ group, version, kind }: GroupVersionKind): string => `${formatApiVersion(group, version)} ${kind}`;

const BY_VERSION: ReadonlyMap<string, Conversion> = new Map(
  CONVERSIONS.flatMap((conversion) => conversion.from.map((from) => [keyOf(from), conversion] as const)),
);

/** A conversion that leads somewhere an API server of the release serves, and what the object becomes. */
export interface FoundConversion {
  readonly to: GroupVersionKind;
  readonly converted: Converted;
}

export function conversionOf(object: KubernetesObject, release: number = PINNED_RELEASE): FoundConversion | undefined {
  const conversion = BY_VERSION.get(keyOf(groupVersionKindOf(object)));
  if (conversion === undefined) return undefined;
  const { to } = conversion;
  const version = resourceVersionOf(to);
  if (version === undefined || !couldBeServed(version, release)) return undefined;
  const converted = conversion.convert(object);
  if (converted === undefined) return undefined;
  const apiVersion = formatApiVersion(to.group, to.version);
  return { to, converted: { ...converted, object: { ...converted.object, apiVersion, kind: to.kind } } };
}
