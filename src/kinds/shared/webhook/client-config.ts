import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { DEFAULT_NAMESPACE } from '../../../apimachinery/object-identity.ts';
import { nameAt, numberAt } from '../../../base/json.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import type { Refusal } from '../../field-edit.ts';
import type { Reference, ReferenceType } from '../../reference.ts';
import { namespaceOrDefault, namespacedReference } from '../name-reference.ts';
import { servicePortsOf } from '../service-ports.ts';

export const SERVICE = { group: '', kind: 'Service' };
/** Source: admissionregistration/v1, apiextensions/v1 and apiregistration/v1 defaults.go, 1.36. */
const DEFAULT_PORT = 443;

/** The Service at `{namespace, name, port}` that the API server calls; the port is 443 where none is written. */
export function calledService(object: KubernetesObject, type: ReferenceType, path: Path): readonly Reference[] {
  const port = numberAt(object, ...path, 'port') ?? DEFAULT_PORT;
  return namespacedReference(object, type, path, { ...SERVICE, defaultNamespace: DEFAULT_NAMESPACE }, { port });
}

/** Where a webhook is: a Service of the cluster, or a URL. */
export function clientConfigReferences(object: KubernetesObject, clientConfig: Path): readonly Reference[] {
  const url = nameAt(object, ...clientConfig, 'url');
  const field = [...clientConfig, 'url'];
  return [
    ...calledService(object, 'webhook', [...clientConfig, 'service']),
    ...(url === undefined
      ? []
      : [{ type: 'webhook', field, target: { by: 'external', what: 'url', value: url } } as const]),
  ];
}

/** A Service as the API server is told to call it; the API server speaks TLS, so port 443 goes without saying. */
export function serviceToCall(service: KubernetesObject): JsonObject | Refusal {
  const ports = servicePortsOf(service).filter(({ protocol }) => protocol === 'TCP');
  const [first] = ports;
  if (!first) return { refused: 'connect.noPort' };
  const usual = ports.some(({ port }) => port === DEFAULT_PORT);
  return { namespace: namespaceOrDefault(service), name: nameOf(service), ...(!usual && { port: first.port }) };
}
