import { arrayAt, nameAt, numberAt } from '../../../../../base/json.ts';
import type { JsonObject, JsonValue } from '../../../../../base/json.ts';
import type { Text } from '../../../../i18n.ts';

/** Where requests for a path of a host lead, as a sentence. */
export function pathWords(ingress: JsonObject, host: string | undefined, path: JsonValue | undefined, t: Text): string {
  const url = `${isEncrypted(ingress, host) ? 'https' : 'http'}://${host ?? '*'}${nameAt(path, 'path') ?? '/'}`;
  const port =
    nameAt(path, 'backend', 'service', 'port', 'name') ?? numberAt(path, 'backend', 'service', 'port', 'number');
  const service = nameAt(path, 'backend', 'service', 'name');
  const resource = `${nameAt(path, 'backend', 'resource', 'kind') ?? ''} ${nameAt(path, 'backend', 'resource', 'name') ?? ''}`;
  const to = service === undefined ? resource.trim() : t('fields:ingress.to', { service, port: port ?? '' });
  switch (nameAt(path, 'pathType')) {
    case 'Exact':
      return t('fields:ingress.exact', { url, to });
    case 'Prefix':
      return t('fields:ingress.prefix', { url, to });
    default:
      return t('fields:ingress.controllerDecides', { url, to });
  }
}

/** Whether a certificate is named for the host; `*.example.com` covers one label. */
function isEncrypted(ingress: JsonObject, host: string | undefined): boolean {
  const hosts = arrayAt(ingress, 'spec', 'tls').flatMap((tls) => arrayAt(tls, 'hosts'));
  return host !== undefined && (hosts.includes(host) || hosts.includes(host.replace(/^[^.]+/, '*')));
}
