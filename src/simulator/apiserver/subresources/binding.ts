import { aggregateMessage } from '../../../admission/answer.ts';
import { conditionsOf, setCondition } from '../../../apimachinery/conditions.ts';
import type { FieldError } from '../../../apimachinery/field-error.ts';
import { formatFieldError, notSupported, required } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { admit } from '../admission.ts';
import { storageKeyOf } from '../served-resources.ts';
import type { ServedResource } from '../served-resources.ts';
import { SUCCESS, badRequest, conflict, isRefusal, notFound, preconditionFailed } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { Subresource } from '../subresources.ts';
import type { Found } from '../write-verbs.ts';

/** The scheduler's decision. Source: pkg/registry/core/pod/storage/storage.go `BindingREST`, 1.36. */
export const binding: Subresource = {
  subresource: 'binding',
  resources: ['pods'],
  verbs: {
    create({ server, request, resource, current }) {
      const { body, name = '' } = request;
      if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
      const admitted = admit(server, request, 'CREATE', body, undefined);
      if (isRefusal(admitted)) return admitted;
      const asked = admitted.object;
      if (name !== nameOf(asked)) return badRequest('name in URL does not match name in Binding object');
      const errors = validateBinding(asked);
      if (errors.length > 0) return { code: 500, reason: '', message: aggregateMessage(errors.map(formatFieldError)) };
      const validated = admitted.validate(asked);
      if (isRefusal(validated)) return validated;
      if (current === undefined) return notFound(resource, name);
      const refused = refusedBinding(asked, current, resource);
      if (refused !== undefined) return refused;
      const { object, revision } = current;
      return {
        key: storageKeyOf(resource, object),
        value: Object.freeze(boundTo(object, asked, timeOf(server.context.nowMs))),
        expectedRevision: revision,
        code: 201,
        warnings: [],
        answer: SUCCESS,
      };
    },
  },
};

/** Source: pkg/apis/core/validation/validation.go `ValidatePodBinding`, 1.36. */
function validateBinding(body: KubernetesObject): readonly FieldError[] {
  const target = ValidationPath.of('target');
  const [kind, name] = [stringAt(body, 'target', 'kind') ?? '', stringAt(body, 'target', 'name') ?? ''];
  return [
    ...(kind === '' || kind === 'Node' ? [] : [notSupported(target.child('kind'), kind, ['Node', '<empty>'])]),
    ...(name === '' ? [required(target.child('name'), '')] : []),
  ];
}

/** Source: `setPodNodeAndMetadata`, and storage/interfaces.go `Preconditions.Check`, 1.36. */
function refusedBinding(
  asked: KubernetesObject,
  { object, revision }: Found,
  resource: ServedResource,
): Refusal | undefined {
  const name = nameOf(object);
  const [uid, version] = [nameAt(asked, 'metadata', 'uid'), nameAt(asked, 'metadata', 'resourceVersion')];
  const own = nameAt(object, 'metadata', 'uid') ?? '';
  const failed =
    uid !== undefined && uid !== own
      ? `UID in precondition: ${uid}, UID in object meta: ${own}`
      : version !== undefined && version !== String(revision)
        ? `ResourceVersion in precondition: ${version}, ResourceVersion in object meta: ${revision}`
        : undefined;
  if (failed !== undefined) return preconditionFailed(resource, storageKeyOf(resource, object), name, failed);
  const bindings = { ...resource, plural: 'pods/binding', qualified: 'pods/binding' };
  if (isBeingDeleted(object))
    return conflict(bindings, name, `pod ${name} is being deleted, cannot be assigned to a host`);
  const bound = nameAt(object, 'spec', 'nodeName');
  if (bound !== undefined) return conflict(bindings, name, `pod ${name} is already assigned to node "${bound}"`);
  if (arrayAt(object, 'spec', 'schedulingGates').length === 0) return undefined;
  return conflict(bindings, name, `pod ${name} has non-empty .spec.schedulingGates`);
}

function boundTo(pod: KubernetesObject, asked: KubernetesObject, now: string): KubernetesObject {
  const scheduled = { type: 'PodScheduled', status: 'True', lastProbeTime: null } as const;
  return {
    ...pod,
    metadata: { ...objectAt(pod, 'metadata'), ...merged(pod, asked, 'labels'), ...merged(pod, asked, 'annotations') },
    spec: { ...objectAt(pod, 'spec'), nodeName: stringAt(asked, 'target', 'name') ?? '' },
    status: {
      // The nomination has served its end: gate ClearingNominatedNodeNameAfterBinding.
      ...withoutField(objectAt(pod, 'status'), 'nominatedNodeName'),
      conditions: setCondition(conditionsOf(pod), scheduled, now),
    },
  };
}

/** What the Binding says of labels and annotations is the Pod's from here on. */
function merged(pod: KubernetesObject, asked: KubernetesObject, field: 'labels' | 'annotations'): JsonObject {
  const added = objectAt(asked, 'metadata', field) ?? {};
  if (Object.keys(added).length === 0) return {};
  return { [field]: { ...objectAt(pod, 'metadata', field), ...added } };
}

function withoutField(object: JsonObject | undefined, field: string): JsonObject {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([name]) => name !== field));
}
