import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, isJsonObject, objectAt, valueAt } from '../../base/json.ts';
import { claimSpecWarnings } from '../shared/claim-spec.warnings.ts';
import { fillIn, fillInText, updateField, updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { defaultResourceList } from '../shared/defaults/resource-list.ts';
import { defaultClaimTemplate } from '../shared/pod-spec/defaults/volume.ts';
import { defaultPodTemplate } from '../shared/pod-spec/defaults/pod-template.ts';
import { POD_TEMPLATE } from '../shared/pod-spec/pod-template.ts';
import { workloadRequests } from '../shared/pod-spec/workload-requests.ts';
import { templateWarnings } from '../shared/pod-spec/workload-warnings.ts';
import { integerAt, pointerAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateStatefulSet, validateStatefulSetUpdate } from './statefulset.validation.ts';
import { validateStatefulSetStatus } from './statefulset.status.ts';

const TEMPLATES = ValidationPath.of('spec', 'volumeClaimTemplates');
const requests = workloadRequests(POD_TEMPLATE);

/** Source: pkg/registry/apps/statefulset/strategy.go and pkg/apis/apps/v1/{defaults,conversion}.go, 1.36. */
export const statefulSetStrategy: KindStrategy = {
  group: 'apps',
  kind: 'StatefulSet',
  hasStatus: true,
  validateStatus: validateStatefulSetStatus,
  hasGeneration: true,
  setDefaults: (object) => updateStruct(object, 'spec', defaultSpec),
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  prepareForCreate: (object) => withoutMaxUnavailable(requests.prepareForCreate(object), undefined),
  prepareForUpdate: (object, old) => withoutMaxUnavailable(requests.prepareForUpdate(object, old), old),
  warnings: (object, old) => [
    ...templateWarnings(object, old),
    ...arrayAt(object, 'spec', 'volumeClaimTemplates').flatMap((template, index) => {
      const path = TEMPLATES.index(index);
      // On an update the server adds the Go name of the field to the path.
      return claimSpecWarnings(valueAt(template, 'spec'), old === undefined ? path : path.child('Spec'));
    }),
    ...(integerAt(object, 'spec', 'revisionHistoryLimit') < 0
      ? ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended']
      : []),
  ],
};

function defaultSpec(spec: JsonObject): JsonObject {
  const filled = fillIn(fillInText(spec, { podManagementPolicy: 'OrderedReady' }), {
    replicas: 1,
    revisionHistoryLimit: 10,
  });
  const withOrdinals = updateField(filled, 'ordinals', (ordinals) =>
    isJsonObject(ordinals) ? fillIn(ordinals, { start: 0 }) : undefined,
  );
  const withStrategy = updateStruct(withOrdinals, 'updateStrategy', defaultUpdateStrategy);
  const withRetention = updateStruct(withStrategy, 'persistentVolumeClaimRetentionPolicy', (policy) =>
    fillInText(policy, { whenDeleted: 'Retain', whenScaled: 'Retain' }),
  );
  const withClaims = updateItems(withRetention, 'volumeClaimTemplates', defaultVolumeClaimTemplate);
  return updateField(withClaims, 'template', (template) => defaultPodTemplate(template ?? {}));
}

function defaultUpdateStrategy(strategy: JsonObject): JsonObject {
  const isMissing = (strategy['type'] ?? '') === '';
  const typed = isMissing ? fillIn({ ...strategy, type: 'RollingUpdate' }, { rollingUpdate: {} }) : strategy;
  const rollingUpdate = objectAt(typed, 'rollingUpdate');
  if (typed['type'] !== 'RollingUpdate' || rollingUpdate === undefined) return typed;
  return updateField(typed, 'rollingUpdate', () => fillIn(rollingUpdate, { partition: 0 }));
}

/** The server says of each template what it is, and gives it the phase of a new claim. */
function defaultVolumeClaimTemplate(template: JsonObject): JsonObject {
  const named =
    template['apiVersion'] === 'v1' && template['kind'] === 'PersistentVolumeClaim'
      ? template
      : { ...template, apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
  return updateStruct(defaultClaimTemplate(named), 'status', (status) =>
    ['capacity', 'allocatedResources'].reduce(
      (rounded, field) => updateField(rounded, field, defaultResourceList),
      fillInText(status, { phase: 'Pending' }),
    ),
  );
}

/** `maxUnavailable` is behind a gate that is off in 1.36: dropped unless the old object has it. */
function withoutMaxUnavailable(object: KubernetesObject, old: KubernetesObject | undefined): KubernetesObject {
  const path = ['spec', 'updateStrategy', 'rollingUpdate'];
  const inUse = pointerAt(old, ...path, 'maxUnavailable') !== undefined;
  if (inUse || valueAt(object, ...path, 'maxUnavailable') === undefined) return object;
  const { maxUnavailable: _, ...rollingUpdate } = objectAt(object, ...path) ?? {};
  return updateStruct(object, 'spec', (spec) =>
    updateStruct(spec, 'updateStrategy', (strategy) => ({ ...strategy, rollingUpdate })),
  );
}
