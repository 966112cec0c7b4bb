import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { nameAt, valueAt } from '../../base/json.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { pointerAt } from '../shared/validation/fields.ts';

export const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid';
export const JOB_NAME = 'batch.kubernetes.io/job-name';
export const LEGACY_CONTROLLER_UID = 'controller-uid';
export const LEGACY_JOB_NAME = 'job-name';

/** Stands for the uid that the server gives to a Job, which its labels and selector repeat. */
export const UNKNOWN_UID = '00000000-0000-0000-0000-000000000000';

export function uidOf(job: KubernetesObject): string {
  return nameAt(job, 'metadata', 'uid') ?? UNKNOWN_UID;
}

/** The uid of a stored Job, which its selector repeats: a dump may have lost the field itself. */
export function storedUidOf(job: KubernetesObject): string {
  return (
    nameAt(job, 'metadata', 'uid') ??
    nameAt(job, 'spec', 'selector', 'matchLabels', CONTROLLER_UID) ??
    nameAt(job, 'spec', 'selector', 'matchLabels', LEGACY_CONTROLLER_UID) ??
    UNKNOWN_UID
  );
}

export function isManuallySelected(job: KubernetesObject): boolean {
  return valueAt(job, 'spec', 'manualSelector') === true;
}

/**
 * The Job with the labels and the selector that a create makes up unless `manualSelector` is set. What is written
 * already stays, and is refused later where it does not fit. Source: pkg/registry/batch/job/strategy.go, 1.36.
 */
export function withGeneratedSelector(job: KubernetesObject): KubernetesObject {
  if (isManuallySelected(job)) return job;
  const uid = uidOf(job);
  const name = nameOf(job);
  const labels = { [LEGACY_JOB_NAME]: name, [JOB_NAME]: name, [LEGACY_CONTROLLER_UID]: uid, [CONTROLLER_UID]: uid };
  return updateStruct(job, 'spec', (spec) =>
    updateStruct(
      updateStruct(spec, 'selector', (selector) => addLabels(selector, 'matchLabels', { [CONTROLLER_UID]: uid })),
      'template',
      (template) => updateStruct(template, 'metadata', (metadata) => addLabels(metadata, 'labels', labels)),
    ),
  );
}

function addLabels(owner: JsonObject, field: string, labels: JsonObject): JsonObject {
  return updateStruct(owner, field, (written) => ({ ...labels, ...written }));
}

/**
 * The old Job of an update as the server has stored it. One that comes from a manifest has no selector yet, and is
 * completed as a create completes it.
 */
export function asStored(job: KubernetesObject): KubernetesObject {
  return pointerAt(job, 'spec', 'selector') === undefined ? withGeneratedSelector(job) : job;
}
