import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { removeClaimField } from '../shared/claim-spec.disconnect.ts';
import { POD_TEMPLATE } from '../shared/pod-spec/pod-template.ts';
import { isWithin } from '../shared/pod-spec/removal.ts';
import { podTemplateGestures } from '../shared/pod-spec/workload.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';

const gestures = podTemplateGestures(POD_TEMPLATE);

export const statefulSetConnections: readonly Connection[] = [
  {
    id: 'governingService',
    to: { group: '', kind: 'Service' },
    connect(source, target) {
      const refusal = refuseOtherNamespace(source, target) ?? refuseService(target);
      if (refusal) return refusal;
      const name = nameOf(target);
      if (stringAt(source, 'spec', 'serviceName') === name) return ALREADY;
      return { source: [{ op: 'set', path: ['spec', 'serviceName'], value: name }] };
    },
  },
  ...gestures.connections,
];

/** The names of the Pods are records of a headless Service; any other gives them none. */
function refuseService(service: KubernetesObject): Refusal | undefined {
  if (nameOf(service) === '') return { refused: 'connect.noMeaning' };
  if (stringAt(service, 'spec', 'type') === 'ExternalName') return { refused: 'connect.externalName' };
  return stringAt(service, 'spec', 'clusterIP') === 'None' ? undefined : { refused: 'connect.headless' };
}

export function statefulSetDisconnect(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal {
  const { type, field } = reference;
  // The claims of the Pods follow from the template and the name; there is no field for one of them.
  if (type === 'claimTemplate') return { refused: 'disconnect.implied' };
  if (isWithin(field, ['spec', 'volumeClaimTemplates'])) return removeClaimField(field.slice(0, 3), field);
  return gestures.disconnect(object, reference);
}
