import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, labelsOf } from '../../apimachinery/object.ts';
import { computeQosClass } from '../../apimachinery/qos-class.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, asObject, numberAt, valueAt } from '../../base/json.ts';
import { fillIn, updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import { copyAppArmorAnnotations } from '../shared/pod-spec/defaults/app-armor.ts';
import { dropDisabledFields } from '../shared/pod-spec/defaults/disabled-fields.ts';
import { dropInitContainerAnnotations } from '../shared/pod-spec/defaults/init-container-annotations.ts';
import { mergeMatchLabelKeys } from '../shared/pod-spec/defaults/match-label-keys.ts';
import { defaultSpecOfPod } from '../shared/pod-spec/defaults/pod.ts';
import { podValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import { validatePodCreate, validatePodMetadataAndSpec } from '../shared/pod-spec/validation/pod.ts';
import { validatePodUpdate } from '../shared/pod-spec/validation/pod-update.ts';
import { podWarnings } from '../shared/pod-spec/warnings/pod.ts';
import { podStatusWarnings } from '../shared/status-address-warnings.ts';
import { statusOf } from '../shared/status.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';
import { validatePodStatus } from './pod.status.ts';

/** Source: pkg/registry/core/pod/strategy.go, 1.36. */
export const podStrategy: KindStrategy = {
  group: '',
  kind: 'Pod',
  hasStatus: true,
  validateStatus: validatePodStatus,
  statusWarnings: podStatusWarnings,
  hasGeneration: true,
  setDefaults: (pod) => updateField(dropInitContainerAnnotations(pod), 'spec', (spec) => defaultSpecOfPod(spec ?? {})),
  // ServiceAccount, plugin/pkg/admission/serviceaccount/admission.go: a Pod that names no account runs as the default one.
  asAdmitted: (pod) => updateStruct(pod, 'spec', (spec) => fillIn(spec, { serviceAccountName: 'default' })),
  validate: (pod, old) =>
    old ? validatePodMetadataAndSpec(pod, podValidationOptions(old)) : validatePodCreate(pod, podValidationOptions()),
  validateUpdate: (pod, old) => validatePodUpdate(pod, old, podValidationOptions(old)),
  prepareForCreate,
  prepareForUpdate,
  warnings: (pod, old) => (old ? [] : podWarnings(pod)),
};

function prepareForCreate(pod: KubernetesObject): KubernetesObject {
  const prepared = updateStruct(pod, 'spec', (spec) => {
    const enabled = asObject(dropDisabledFields(spec)) ?? {};
    return copyAppArmorAnnotations(mergeMatchLabelKeys(enabled, labelsOf(pod)), annotationsOf(pod));
  });
  const first = updateStruct(prepared, 'metadata', (metadata) => ({ ...metadata, generation: 1 }));
  return { ...first, status: newStatus(prepared) };
}

function newStatus(pod: KubernetesObject): JsonObject {
  const gated = arrayAt(pod, 'spec', 'schedulingGates').length > 0;
  return { phase: 'Pending', ...(gated ? { conditions: [SCHEDULING_GATED] } : {}), qosClass: computeQosClass(pod) };
}

/** The server adds the moment. */
const SCHEDULING_GATED: JsonObject = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'SchedulingGated',
  message: 'Scheduling is blocked due to non-empty scheduling gates',
};

function prepareForUpdate(pod: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const oldSpec = valueAt(old, 'spec');
  const kept = statusOf(
    updateField(pod, 'spec', (spec) => dropDisabledFields(spec, oldSpec)),
    old,
  );
  if (semanticEqual(valueAt(kept, 'spec'), oldSpec)) return kept;
  const generation = (numberAt(old, 'metadata', 'generation') ?? 0) + 1;
  return updateStruct(kept, 'metadata', (metadata) => ({ ...metadata, generation }));
}
