import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { storageKeyOf } from '../served-resources.ts';
import { SUCCESS, badRequest, conflict, notFound } from '../status.ts';
import type { Subresource } from '../subresources.ts';

/** The scheduler's decision. Source: pkg/registry/core/pod/storage/storage.go `BindingREST`, 1.36. */
export const binding: Subresource = {
  subresource: 'binding',
  resources: ['pods'],
  verbs: {
    create({ server, request, resource, current }) {
      const { body } = request;
      if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
      if (current === undefined) return notFound(resource, request.name ?? '');
      const { object, revision } = current;
      const name = nameOf(object);
      if (isBeingDeleted(object))
        return conflict(resource, name, `pod ${name} is being deleted, cannot be assigned to a host`);
      const bound = nameAt(object, 'spec', 'nodeName');
      if (bound !== undefined) return conflict(resource, name, `pod ${name} is already assigned to node "${bound}"`);
      const node = stringAt(body, 'target', 'name') ?? '';
      return {
        key: storageKeyOf(resource, object),
        value: Object.freeze(boundTo(object, node, timeOf(server.context.nowMs))),
        expectedRevision: revision,
        code: 201,
        warnings: [],
        answer: SUCCESS,
      };
    },
  },
};

function boundTo(pod: KubernetesObject, node: string, now: string): KubernetesObject {
  const conditions = arrayAt(pod, 'status', 'conditions').filter((entry) => stringAt(entry, 'type') !== 'PodScheduled');
  return {
    ...pod,
    spec: { ...objectAt(pod, 'spec'), nodeName: node },
    status: {
      // The nomination has served its end: gate ClearingNominatedNodeNameAfterBinding.
      ...withoutField(objectAt(pod, 'status'), 'nominatedNodeName'),
      conditions: [
        ...conditions,
        { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: now },
      ],
    },
  };
}

function withoutField(object: JsonObject | undefined, field: string): JsonObject {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([name]) => name !== field));
}
