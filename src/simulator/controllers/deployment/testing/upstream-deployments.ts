import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, valueAt } from '../../../../base/json.ts';
import type { UpstreamCase } from '../../testing/upstream-tests.ts';
import { runTimeOf } from '../../workload/pod-state.ts';

/** For tests: what upstream's tests of Deployments make of a row, and what a row says. */
export function asKind(kind: string, value: JsonValue | undefined): KubernetesObject {
  const given = isJsonObject(value) ? value : {};
  const metadata = objectAt(given, 'metadata') ?? {};
  return { ...given, apiVersion: 'apps/v1', kind, metadata: { uid: `${kind}-${nameOf(given)}`, ...metadata } };
}

export const asDeployment = (value: JsonValue | undefined): KubernetesObject => asKind('Deployment', value);
export const asSet = (value: JsonValue | undefined): KubernetesObject => asKind('ReplicaSet', value);
export const setsOf = (one: JsonValue, key: string): readonly KubernetesObject[] => arrayAt(one, key).map(asSet);

/** A Deployment that rolls out. Source: `newDeployment` of pkg/controller/deployment/deployment_controller_test.go. */
export function rolling(
  replicas: number,
  maxSurge: JsonValue,
  unavailable: JsonValue,
  spec: JsonObject = {},
): KubernetesObject {
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable: unavailable } };
  return asDeployment({ metadata: { name: 'foo', namespace: 'default' }, spec: { replicas, strategy, ...spec } });
}

export function sized(name: string, replicas: number, availableReplicas = 0): KubernetesObject {
  return asSet({ metadata: { name, namespace: 'default' }, spec: { replicas }, status: { availableReplicas } });
}

export const count = (one: UpstreamCase, key: string): number => numberAt(one, key) ?? 0;
export const intOrString = (one: UpstreamCase, key: string): JsonValue => valueAt(one, key) ?? 0;
export const isSaid = (one: UpstreamCase, key: string): boolean => booleanAt(one, key) === true;

export const msOf = (value: JsonValue | undefined): number =>
  runTimeOf(typeof value === 'string' ? value : undefined) ?? 0;
