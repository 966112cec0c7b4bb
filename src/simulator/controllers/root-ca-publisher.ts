import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { jsonEqual, stringAt, valueAt } from '../../base/json.ts';
import type { Controller } from './controller.ts';
import { CONFIG_MAPS, NAMESPACES } from './resources.ts';

const NAME = 'kube-root-ca.crt';
const DESCRIPTION = {
  'kubernetes.io/description':
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
};
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\n(the simulated cluster signs nothing)\n-----END CERTIFICATE-----\n';

/**
 * Every namespace has the certificate of the API server.
 * Source: pkg/controller/certificates/rootcacertpublisher/publisher.go, 1.36.
 */
export const rootCaPublisher: Controller = {
  name: 'root-ca-certificate-publisher-controller',
  account: 'root-ca-cert-publisher',
  workers: 5,
  watches: [
    { resource: NAMESPACES, keysOf: ({ object, type }) => (type === 'DELETED' ? [] : [nameOf(object)]) },
    { resource: CONFIG_MAPS, keysOf: ({ object }) => (nameOf(object) === NAME ? [namespaceOf(object) ?? ''] : []) },
  ],
  reconcile(context, namespace) {
    const found = context.view(NAMESPACES).get(undefined, namespace);
    if (stringAt(found, 'status', 'phase') !== 'Active') return undefined;
    const existing = context.view(CONFIG_MAPS).get(namespace, NAME);
    const data = { 'ca.crt': CERTIFICATE };
    const body = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace, annotations: DESCRIPTION },
      data,
    };
    if (existing !== undefined && jsonEqual(valueAt(existing, 'data'), data)) return undefined;
    const common = { resource: CONFIG_MAPS, namespace, body } as const;
    const written =
      existing === undefined
        ? context.api.call({ ...common, verb: 'create' })
        : context.api.call({ ...common, verb: 'update', name: NAME });
    const isFine = written.ok || written.reason === 'AlreadyExists' || written.code === 403 || written.code === 404;
    return isFine ? undefined : { failed: written.message };
  },
};
