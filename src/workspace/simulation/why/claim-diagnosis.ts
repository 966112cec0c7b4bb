import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import type { Finding } from './diagnosis.ts';
import type { Moment } from './moment.ts';
import { eventAbout, newestEvent } from './moment.ts';
import { diagnoseRestore } from './snapshot-diagnosis.ts';

const EVENTS = ['ProvisioningFailed', 'FailedBinding', 'WaitForFirstConsumer', 'ExternalProvisioning'] as const;

/** Why a claim has no volume. */
export function diagnoseClaim(claim: KubernetesObject, moment: Moment): Finding | undefined {
  if (stringAt(claim, 'status', 'phase') === 'Bound') return undefined;
  const name = nameOf(claim);
  const className = stringAt(claim, 'spec', 'storageClassName') ?? '';
  const event = newestEvent(moment, claim, ...EVENTS);
  const proof = eventAbout(claim, ...EVENTS);
  const storage = moment.objects.find(({ kind, metadata }) => {
    return kind === 'StorageClass' && stringAt(metadata, 'name') === className;
  });
  if (className !== '' && storage === undefined && !hasVolume(className, moment))
    return { id: 'claimClass', params: { name, class: className }, proof };
  const waits = stringAt(storage, 'volumeBindingMode') === 'WaitForFirstConsumer';
  if (waits && !isUsed(claim, moment)) return { id: 'claimWaits', params: { name, class: className }, proof };
  const restore = diagnoseRestore(claim, moment);
  if (restore !== undefined) return restore;
  const message = stringAt(event, 'message') ?? '';
  return { id: 'claimPending', params: { name, message }, proof };
}

function hasVolume(className: string, { objects }: Moment): boolean {
  return objects.some(
    (object) => object.kind === 'PersistentVolume' && stringAt(object, 'spec', 'storageClassName') === className,
  );
}

/** Some Pod has the claim in a volume. */
function isUsed(claim: KubernetesObject, { objects }: Moment): boolean {
  return objects.some(
    (object) =>
      object.kind === 'Pod' &&
      namespaceOf(object) === namespaceOf(claim) &&
      arrayAt(object, 'spec', 'volumes').some(
        (volume) => stringAt(volume, 'persistentVolumeClaim', 'claimName') === nameOf(claim),
      ),
  );
}
