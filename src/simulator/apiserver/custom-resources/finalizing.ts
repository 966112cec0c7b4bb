import type { Condition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt } from '../../../base/json.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import type { Controller, ReconcileContext } from '../../controllers/controller.ts';
import { timeOf } from '../../kernel/clock.ts';
import { CLEANUP, DEFINITIONS, isTrueOf, resourceOfDefinition, withConditions } from './definition.ts';

/**
 * Deletes the objects of a definition that is being deleted, and lets it go.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/controller/finalizer/crd_finalizer.go, 1.36.
 */
export const finalizing: Controller = {
  name: 'crd-finalizer',
  process: 'kube-apiserver',
  workers: 5,
  watches: [
    {
      resource: DEFINITIONS,
      keysOf: ({ type, key, object }) => (type !== 'DELETED' && isBeingDeleted(object) ? [key] : []),
    },
  ],
  reconcile(context, key) {
    const definition = context.view(DEFINITIONS).getKey(key);
    if (definition === undefined || !isBeingDeleted(definition) || !finalizersOf(definition).includes(CLEANUP))
      return undefined;
    const begun = writeStatus(context, withConditions(definition, [IN_PROGRESS], timeOf(context.nowMs)), key);
    if (!begun.ok) return settled(begun);
    const condition = isTrueOf(definition, 'Established') ? deleteObjects(context, definition) : NEVER_ESTABLISHED;
    const told = withConditions(begun.object, [condition], timeOf(context.nowMs));
    if (condition.status === 'True') {
      writeStatus(context, told, key);
      return { failed: condition.message ?? '' };
    }
    const left = finalizersOf(told).filter((finalizer) => finalizer !== CLEANUP);
    const body = { ...told, metadata: { ...objectAt(told, 'metadata'), finalizers: left } };
    return settled(writeStatus(context, body, key));
  },
};

/** A definition that has changed or gone meanwhile comes again by itself. */
function settled(result: ApiResult): { readonly failed: string } | undefined {
  return result.ok || result.code === 404 || result.code === 409 ? undefined : { failed: result.message };
}

function finalizersOf(object: KubernetesObject): readonly JsonValue[] {
  return arrayAt(object, 'metadata', 'finalizers');
}

function writeStatus({ api }: ReconcileContext, body: KubernetesObject, name: string): ApiResult {
  return api.call({ verb: 'update', resource: DEFINITIONS, name, subresource: 'status', body });
}

const POLL_MS = 5000;
const MOST_POLLS = 12;

function deleteObjects({ api }: ReconcileContext, definition: KubernetesObject): Condition {
  const resource = resourceOfDefinition(definition);
  if (resource === undefined) return COMPLETED;
  const { group, plural, versions } = resource;
  const all: Pick<ApiCall, 'resource'> = { resource: { group, version: versions[0]!, plural } };
  const deleted = api.call({ ...all, verb: 'deletecollection' });
  if (!deleted.ok) return failed('InstanceDeletionFailed', `could not issue all deletes: ${deleted.message}`);
  for (let polls = 0; polls < MOST_POLLS; polls++) {
    const listed = api.call({ ...all, verb: 'list' });
    if (!listed.ok) return failed('InstanceDeletionCheck', couldNotConfirm(listed.message));
    if (arrayAt(listed.object, 'items').length === 0) return COMPLETED;
    api.sleep(POLL_MS);
  }
  return failed('InstanceDeletionCheck', couldNotConfirm('context deadline exceeded'));
}

function couldNotConfirm(why: string): string {
  return `could not confirm zero CustomResources remaining: ${why}`;
}

function failed(reason: string, message: string): Condition {
  return { type: 'Terminating', status: 'True', reason, message };
}

const IN_PROGRESS: Condition = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionInProgress',
  message: 'CustomResource deletion is in progress',
};
const COMPLETED: Condition = {
  type: 'Terminating',
  status: 'False',
  reason: 'InstanceDeletionCompleted',
  message: 'removed all instances',
};
const NEVER_ESTABLISHED: Condition = {
  type: 'Terminating',
  status: 'False',
  reason: 'NeverEstablished',
  message: 'resource was never established',
};
