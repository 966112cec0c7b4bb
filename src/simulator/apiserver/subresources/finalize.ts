import { isKubernetesObject } from '../../../apimachinery/object.ts';
import { objectAt, valueAt } from '../../../base/json.ts';
import { storageKeyOf } from '../served-resources.ts';
import { badRequest, notFound } from '../status.ts';
import type { Subresource } from '../subresources.ts';
import { isGone, staleVersion } from '../verbs/update.ts';

/** Takes finalizers off the spec of a Namespace. Source: pkg/registry/core/namespace/storage/storage.go, 1.36. */
export const finalize: Subresource = {
  subresource: 'finalize',
  resources: ['namespaces'],
  verbs: {
    update(write) {
      const { request, resource, current } = write;
      if (!isKubernetesObject(request.body)) return badRequest('no object in the body of the request');
      if (current === undefined) return notFound(resource, request.name ?? '');
      const stale = staleVersion(write, request.body, current);
      if (stale !== undefined) return stale;
      const finalizers = valueAt(request.body, 'spec', 'finalizers') ?? [];
      const object = { ...current.object, spec: { ...objectAt(current.object, 'spec'), finalizers } };
      const key = storageKeyOf(resource, object);
      const common = { key, expectedRevision: current.revision, code: 200, warnings: [] } as const;
      if (isGone(object)) return { ...common, value: undefined, answer: object };
      return { ...common, value: Object.freeze(object) };
    },
  },
};
