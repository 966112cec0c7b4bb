import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { controllerOf, controllerReferenceTo, isControlledBy } from '../../apimachinery/owner-reference.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, isJsonObject, jsonEqual, objectAt, stringAt } from '../../base/json.ts';
import { keyOf } from '../client/view.ts';
import type { Controller, Outcome, ReconcileContext } from '../controllers/controller.ts';
import { resourceName } from '../controllers/shared-informers.ts';
import { fail, must, mustUnlessGone, orFailed } from '../controllers/workload/sync-failure.ts';
import type { Variables } from './expressions.ts';
import { NoValue, filled, filledWhereKnown, valueOf } from './expressions.ts';
import type { Operator, OperatorChild } from './operator.ts';

/**
 * The control loop of an operator: level-triggered, by the key of its object, whatever has changed; a sync that fails is tried
 * again after a back-off.
 * Source: sigs.k8s.io/controller-runtime pkg/internal/controller/controller.go; client-go util/workqueue, 1.36.
 */
export function operatorController(operator: Operator): Controller {
  const { name, of, children, resyncMs } = operator;
  const watched = new Map(children.map(({ resource }) => [resourceName(resource), resource]));
  watched.delete(resourceName(of));
  return {
    name,
    workers: 1,
    watches: [
      { resource: of, keysOf: ({ key }) => [key] },
      ...[...watched.values()].map((resource) => ({
        resource,
        keysOf({ object }: { readonly object: KubernetesObject }) {
          const owner = controllerOf(object);
          if (owner === undefined || !owner.apiVersion.startsWith(`${of.group}/`)) return [];
          return [keyOf(namespaceOf(object), owner.name)];
        },
      })),
    ],
    ...(resyncMs === undefined
      ? {}
      : {
          resync: {
            everyMs: resyncMs,
            keysOf: (caches) =>
              caches
                .view(of)
                .list()
                .map((object) => keyOf(namespaceOf(object), nameOf(object))),
          },
        }),
    reconcile: (context, key) => orFailed(() => sync(context, operator, key)),
  };
}

function sync(context: ReconcileContext, operator: Operator, key: string): Outcome | void {
  const object = context.view(operator.of).getKey(key);
  if (object === undefined) return;
  if (isBeingDeleted(object)) return finalize(context, operator, object);
  const { finalizer } = operator;
  const finalizers = arrayAt(object, 'metadata', 'finalizers');
  if (finalizer !== undefined && !finalizers.includes(finalizer))
    writeFinalizers(context, operator, object, [...finalizers, finalizer]);
  for (const child of operator.children) syncChild(context, operator, object, child);
  if (operator.status !== undefined) writeStatus(context, operator, object, operator.status);
}

/** The children of an object that are there, by id: as the caches have them. */
function childrenOf(
  context: ReconcileContext,
  { children }: Operator,
  object: KubernetesObject,
): ReadonlyMap<string, KubernetesObject> {
  const found = new Map<string, KubernetesObject>();
  for (const { id, resource, template } of children) {
    const variables: Variables = { object, children: Object.fromEntries(found) };
    const name = filledWhereKnown(stringAt(template, 'metadata', 'name') ?? '', variables);
    const place = filledWhereKnown(stringAt(template, 'metadata', 'namespace') ?? '', variables);
    const namespace = typeof place === 'string' && place !== '' ? place : namespaceOf(object);
    const child = typeof name === 'string' ? context.view(resource).get(namespace, name) : undefined;
    if (child !== undefined && isControlledBy(child, object)) found.set(id, child);
  }
  return found;
}

function syncChild(
  context: ReconcileContext,
  operator: Operator,
  object: KubernetesObject,
  child: OperatorChild,
): void {
  const known = childrenOf(context, operator, object);
  const variables: Variables = { object, children: Object.fromEntries(known) };
  const present = known.get(child.id);
  const { resource } = child;
  try {
    if (child.when !== undefined && valueOf(child.when, variables) !== true) {
      if (present === undefined || isBeingDeleted(present)) return;
      const place = { resource, ...placeOf(present) };
      return mustUnlessGone(context.api.call({ verb: 'delete', ...place }));
    }
    const wanted = withOwner(asObject(filled(child.template, variables)) ?? {}, object);
    if (present !== undefined && isWithin(wanted, present)) return;
    apply(context, operator, object, child, wanted, present);
  } catch (thrown) {
    if (thrown instanceof NoValue) fail(`${child.id}: ${thrown.message}`);
    throw thrown;
  }
}

function placeOf(object: KubernetesObject): { readonly namespace?: string; readonly name: string } {
  const namespace = namespaceOf(object);
  return { ...(namespace === undefined ? {} : { namespace }), name: nameOf(object) };
}

function withOwner(made: JsonObject, owner: KubernetesObject): KubernetesObject {
  const metadata = objectAt(made, 'metadata') ?? {};
  const namespace = stringAt(metadata, 'namespace') ?? namespaceOf(owner);
  return {
    ...made,
    apiVersion: stringAt(made, 'apiVersion') ?? '',
    kind: stringAt(made, 'kind') ?? '',
    metadata: {
      ...metadata,
      ...(namespace === undefined ? {} : { namespace }),
      ownerReferences: [{ ...controllerReferenceTo(owner) }],
    },
  };
}

/** Server-side apply, as operators of today write. */
function apply(
  context: ReconcileContext,
  { name: fieldManager }: Operator,
  owner: KubernetesObject,
  { resource }: OperatorChild,
  wanted: KubernetesObject,
  present: KubernetesObject | undefined,
): void {
  const place = { resource, ...placeOf(wanted) };
  if (present === undefined) {
    const found = context.api.call({ verb: 'get', ...place });
    if (found.ok && !isControlledBy(found.object, owner)) {
      const words = `${wanted.kind} ${nameOf(wanted)} already exists and is not controlled by ${nameOf(owner)}`;
      context.event(owner, 'Warning', 'ChildNotOwned', words);
      fail(words);
    }
  }
  const options = { patchType: 'apply', fieldManager, force: true } as const;
  must(context.api.call({ verb: 'patch', ...place, options, body: wanted }));
  if (present === undefined) context.event(owner, 'Normal', 'Created', `Created ${wanted.kind} ${nameOf(wanted)}`);
}

/** Whether one value says nothing that another does not say: what else is there was defaulted, or is somebody else's. */
function isWithin(wanted: JsonValue | undefined, present: JsonValue | undefined): boolean {
  if (isJsonObject(wanted))
    return isJsonObject(present) && Object.keys(wanted).every((key) => isWithin(wanted[key], present[key]));
  if (Array.isArray(wanted) && Array.isArray(present))
    return wanted.length === present.length && wanted.every((one: JsonValue, index) => isWithin(one, present[index]));
  return jsonEqual(wanted, present);
}

function writeFinalizers(
  context: ReconcileContext,
  { of }: Operator,
  object: KubernetesObject,
  finalizers: readonly JsonValue[],
): void {
  const { apiVersion, kind } = object;
  // With its version, so that nobody else's finalizer is lost.
  const resourceVersion = stringAt(object, 'metadata', 'resourceVersion') ?? '';
  const body: KubernetesObject = { apiVersion, kind, metadata: { resourceVersion, finalizers } };
  const place = { resource: of, ...placeOf(object) };
  mustUnlessGone(context.api.call({ verb: 'patch', ...place, options: { patchType: 'merge' }, body }));
}

/** The object is to go: its children first, then what else takes its time, then the finalizer. */
function finalize(context: ReconcileContext, operator: Operator, object: KubernetesObject): Outcome | void {
  const { finalizer, cleanupMs = 0 } = operator;
  const finalizers = arrayAt(object, 'metadata', 'finalizers');
  if (finalizer === undefined || !finalizers.includes(finalizer)) return;
  const present = childrenOf(context, operator, object);
  for (const { id, resource } of operator.children) {
    const child = present.get(id);
    if (child === undefined || isBeingDeleted(child)) continue;
    mustUnlessGone(context.api.call({ verb: 'delete', resource, ...placeOf(child) }));
  }
  // The change of the last one brings it here again.
  if (present.size > 0) return;
  if (cleanupMs > 0) context.api.sleep(cleanupMs);
  const rest = finalizers.filter((one) => one !== finalizer);
  writeFinalizers(context, operator, object, rest);
}

function writeStatus(
  context: ReconcileContext,
  operator: Operator,
  object: KubernetesObject,
  template: JsonObject,
): void {
  const children = Object.fromEntries(childrenOf(context, operator, object));
  const status = asObject(filledWhereKnown(template, { object, children })) ?? {};
  if (isWithin(status, objectAt(object, 'status') ?? {})) return;
  const { apiVersion, kind } = object;
  const place = { resource: operator.of, ...placeOf(object), subresource: 'status' };
  const body: KubernetesObject = { apiVersion, kind, status };
  mustUnlessGone(context.api.call({ verb: 'patch', ...place, options: { patchType: 'merge' }, body }));
}
