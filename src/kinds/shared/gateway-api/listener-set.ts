import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import type { Connection, KindDefinition } from '../../kind.ts';
import { namespaceOrDefault } from '../name-reference.ts';
import { newMetadata } from '../new-metadata.ts';
import { ALREADY, refuseOtherNamespace } from '../same-namespace.ts';
import { disconnectListener, listenerSummary, serveCertificate } from './listener.editing.ts';
import { listenerNames, listenerReferences } from './listener.references.ts';
import { GATEWAY, objectReference } from './object-reference.ts';

const PARENT = ['spec', 'parentRef'];

/** ListenerSet → Gateway: the one parent. The Gateway decides by `allowedListeners` whom it takes. */
const joinGateway: Connection = {
  id: 'attach',
  to: GATEWAY,
  connect(source, target) {
    const [parent] = parentOf(source);
    const namespace = namespaceOrDefault(target);
    if (
      parent?.target.by === 'name' &&
      parent.target.name === nameOf(target) &&
      parent.target.namespace === namespace
    ) {
      return ALREADY;
    }
    const value = { name: nameOf(target), ...(refuseOtherNamespace(source, target) && { namespace }) };
    return { source: [{ op: 'set', path: PARENT, value }] };
  },
};

function parentOf(object: KubernetesObject) {
  return objectReference(object, 'parent', PARENT, GATEWAY);
}

/** ListenerSet, and XListenerSet as it was called while experimental. */
export function listenerSetDefinition(
  names: Pick<KindDefinition, 'group' | 'version' | 'kind' | 'resource' | 'shortNames'>,
): KindDefinition {
  return {
    ...names,
    scope: 'Namespaced',
    category: 'network',
    newObject: (name, namespace) => ({
      apiVersion: `${names.group}/${names.version}`,
      kind: names.kind,
      metadata: newMetadata(name, namespace),
      spec: { parentRef: { name: 'gateway' }, listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
    }),
    references: (object) => [...parentOf(object), ...listenerReferences(object)],
    keys: listenerNames,
    connections: [joinGateway, serveCertificate],
    disconnect: (object, reference) =>
      reference.type === 'parent' ? { refused: 'disconnect.required' } : disconnectListener(object, reference),
    summary: (object) => listenerSummary(object, nameAt(object, ...PARENT, 'name')),
    fields: [
      'spec.parentRef.name',
      'spec.parentRef.namespace',
      'spec.listeners[*].name',
      'spec.listeners[*].port',
      'spec.listeners[*].protocol',
      'spec.listeners[*].hostname',
      'spec.listeners[*].tls.certificateRefs',
    ],
  };
}
