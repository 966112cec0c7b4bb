import type { Controller } from '../../controllers/controller.ts';
import { timeOf } from '../../kernel/clock.ts';
import { DEFINITIONS, isTrueOf, withConditions } from './definition.ts';

/**
 * Says that a definition whose names are accepted is served.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/controller/establish/establishing_controller.go, 1.36.
 */
export const establishing: Controller = {
  name: 'crd-establishing-controller',
  process: 'kube-apiserver',
  workers: 1,
  watches: [
    {
      resource: DEFINITIONS,
      keysOf: ({ type, key, object }) => (type !== 'DELETED' && isTrueOf(object, 'NamesAccepted') ? [key] : []),
    },
  ],
  reconcile(context, key) {
    const definition = context.view(DEFINITIONS).getKey(key);
    if (definition === undefined) return undefined;
    if (!isTrueOf(definition, 'NamesAccepted') || isTrueOf(definition, 'Established')) return undefined;
    const established = {
      type: 'Established',
      status: 'True',
      reason: 'InitialNamesAccepted',
      message: 'the initial names have been accepted',
    } as const;
    const body = withConditions(definition, [established], timeOf(context.nowMs));
    const written = context.api.call({ verb: 'update', resource: DEFINITIONS, name: key, subresource: 'status', body });
    return written.ok || written.code === 404 || written.code === 409 ? undefined : { failed: written.message };
  },
};
