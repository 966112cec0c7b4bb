import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject } from '../../../apimachinery/object.ts';
import { numberAt, objectAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { storageKeyOf } from '../served-resources.ts';
import { badRequest, notFound } from '../status.ts';
import type { Subresource } from '../subresources.ts';

/** Source: pkg/registry/core/serviceaccount/storage/token.go and pkg/apis/authentication/v1/defaults.go, 1.36. */
const DEFAULT_SECONDS = 3600;

/** A token bound to a Pod: what the kubelet mounts. Nothing is stored. */
export const token: Subresource = {
  subresource: 'token',
  resources: ['serviceaccounts'],
  readsFirst: true,
  verbs: {
    create({ server, request, resource, current }) {
      const { body } = request;
      if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
      if (current === undefined) return notFound(resource, request.name ?? '');
      const { context } = server;
      const seconds = numberAt(body, 'spec', 'expirationSeconds') ?? DEFAULT_SECONDS;
      const letters = context.random.letters(`token/${context.next('token')}`, '0123456789abcdef', 32);
      const answer: KubernetesObject = {
        ...body,
        metadata: { ...objectAt(body, 'metadata'), creationTimestamp: timeOf(context.nowMs) },
        spec: { ...objectAt(body, 'spec'), expirationSeconds: seconds },
        status: { token: letters, expirationTimestamp: timeOf(context.nowMs + seconds * 1000) },
      };
      return {
        key: storageKeyOf(resource, current.object),
        value: current.object,
        expectedRevision: current.revision,
        code: 201,
        warnings: [],
        isUnchanged: true,
        answer: Object.freeze(answer),
      };
    },
  },
};
