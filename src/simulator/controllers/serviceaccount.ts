import { nameOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { Controller } from './controller.ts';
import { NAMESPACES, SERVICE_ACCOUNTS } from './resources.ts';

const DEFAULT = 'default';

/**
 * Every namespace has a ServiceAccount `default`.
 * Source: pkg/controller/serviceaccount/serviceaccounts_controller.go, 1.36.
 */
export const serviceAccount: Controller = {
  name: 'serviceaccount-controller',
  account: 'service-account-controller',
  workers: 1,
  watches: [
    { resource: NAMESPACES, keysOf: ({ object, type }) => (type === 'DELETED' ? [] : [nameOf(object)]) },
    {
      resource: SERVICE_ACCOUNTS,
      keysOf: ({ object, type }) =>
        type === 'DELETED' && nameOf(object) === DEFAULT ? [stringAt(object, 'metadata', 'namespace') ?? ''] : [],
    },
  ],
  reconcile(context, namespace) {
    const found = context.view(NAMESPACES).get(undefined, namespace);
    if (found === undefined || stringAt(found, 'status', 'phase') !== 'Active') return undefined;
    if (context.view(SERVICE_ACCOUNTS).get(namespace, DEFAULT) !== undefined) return undefined;
    const made = context.api.call({
      verb: 'create',
      resource: SERVICE_ACCOUNTS,
      namespace,
      body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: DEFAULT, namespace } },
    });
    // One that is there already, or a namespace that goes, is no failure.
    return made.ok || made.reason === 'AlreadyExists' || made.code === 403 ? undefined : { failed: made.message };
  },
};
