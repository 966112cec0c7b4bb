import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, objectAt } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import type { Connection, Summary } from '../../kind.ts';
import type { Reference } from '../../reference.ts';
import { removeListItem } from '../list-edit.ts';
import { ALREADY, refuseOtherNamespace } from '../same-namespace.ts';
import { listenerReferences } from './listener.references.ts';

/** Gateway → Secret: the certificate of the first listener that ends TLS and has none, or a new listener on 443. */
export const serveCertificate: Connection = {
  id: 'tls',
  to: { group: '', kind: 'Secret' },
  connect(source, target) {
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere) return elsewhere;
    const name = nameOf(target);
    const served = listenerReferences(source).some(
      ({ target: to }) => to.by === 'name' && to.kind === 'Secret' && to.name === name,
    );
    if (served) return ALREADY;
    const listeners = arrayAt(source, 'spec', 'listeners');
    const ending = listeners.flatMap((listener, index) => (endsTls(listener) ? [index] : []));
    const open = ending.find((index) => arrayAt(listeners[index], 'tls', 'certificateRefs').length === 0) ?? ending[0];
    if (open !== undefined) {
      return {
        source: [{ op: 'append', path: ['spec', 'listeners', open, 'tls', 'certificateRefs'], value: { name } }],
      };
    }
    const value = { name: freeName(source), port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name }] } };
    return { source: [{ op: 'append', path: ['spec', 'listeners'], value }] };
  },
};

function endsTls(listener: JsonValue): boolean {
  const protocol = nameAt(listener, 'protocol');
  return (protocol === 'HTTPS' || protocol === 'TLS') && nameAt(listener, 'tls', 'mode') !== 'Passthrough';
}

function freeName(object: KubernetesObject): string {
  const taken = new Set(arrayAt(object, 'spec', 'listeners').map((listener) => nameAt(listener, 'name')));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'https' : `https-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The last certificate stays, unless the listener says how else it ends TLS. */
export function disconnectListener(object: KubernetesObject, { field }: Reference): readonly FieldEdit[] | Refusal {
  const list = field.findLastIndex((step) => step === 'certificateRefs' || step === 'caCertificateRefs');
  if (list < 0)
    return [
      { op: 'delete', path: [...field.slice(0, -1), 'from'] },
      { op: 'delete', path: field },
    ];
  const item = field.slice(0, list + 2);
  if (arrayAt(object, ...field.slice(0, list + 1)).length > 1) return [removeListItem(object, item)];
  if (field[list] === 'caCertificateRefs') return [{ op: 'delete', path: field.slice(0, list) }];
  if (objectAt(object, ...field.slice(0, list), 'options')) return [removeListItem(object, item)];
  return { refused: 'disconnect.required' };
}

/** The listeners, `80/HTTP, 443/HTTPS`, behind the one fact. */
export function listenerSummary(object: KubernetesObject, fact: string | undefined): Summary {
  const listeners = arrayAt(object, 'spec', 'listeners').flatMap((listener) => {
    const port = numberAt(listener, 'port');
    const protocol = nameAt(listener, 'protocol');
    if (port === undefined) return [];
    return [protocol === undefined ? String(port) : `${port}/${protocol}`];
  });
  const detail = [...new Set(listeners)].join(', ');
  return { ...(fact !== undefined && { fact }), ...(detail !== '' && { detail }) };
}
