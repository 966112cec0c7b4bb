import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { parseInt64 } from '../../apimachinery/int64.ts';
import { valueAt } from '../../base/json.ts';
import { fillIn, fillInText, updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import { defaultPodTemplate } from '../shared/pod-spec/defaults/pod-template.ts';
import { POD_TEMPLATE } from '../shared/pod-spec/pod-template.ts';
import { workloadRequests } from '../shared/pod-spec/workload-requests.ts';
import { templateWarnings } from '../shared/pod-spec/workload-warnings.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';
import { TEMPLATE_GENERATION, storedTemplateGenerationOf, validateDaemonSet } from './daemonset.validation.ts';
import { validateDaemonSetStatus } from './daemonset.status.ts';

const requests = workloadRequests(POD_TEMPLATE);

/** Source: pkg/registry/apps/daemonset/strategy.go and pkg/apis/apps/v1/defaults.go, 1.36. */
export const daemonSetStrategy: KindStrategy = {
  group: 'apps',
  kind: 'DaemonSet',
  hasStatus: true,
  validateStatus: validateDaemonSetStatus,
  hasGeneration: true,
  setDefaults,
  validate: validateDaemonSet,
  prepareForCreate: (object) =>
    withTemplateGeneration(requests.prepareForCreate(object), atLeastOne(storedTemplateGenerationOf(object))),
  prepareForUpdate: (object, old) => {
    const before = storedTemplateGenerationOf(old);
    const prepared = requests.prepareForUpdate(object, old);
    return withTemplateGeneration(prepared, isSameTemplate(prepared, old) ? before : before + 1n);
  },
  warnings: (object, old) => (old !== undefined && isSameTemplate(object, old) ? [] : templateWarnings(object)),
};

function atLeastOne(count: bigint): bigint {
  return count < 1n ? 1n : count;
}

function isSameTemplate(object: KubernetesObject, old: KubernetesObject): boolean {
  return semanticEqual(valueAt(object, 'spec', 'template'), valueAt(old, 'spec', 'template'));
}

function setDefaults(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) => {
    const withStrategy = updateStruct(fillIn(spec, { revisionHistoryLimit: 10 }), 'updateStrategy', (strategy) => {
      const typed = fillInText(strategy, { type: 'RollingUpdate' });
      if (typed['type'] !== 'RollingUpdate') return typed;
      return updateStruct(typed, 'rollingUpdate', (rollingUpdate) =>
        fillIn(rollingUpdate, { maxUnavailable: 1, maxSurge: 0 }),
      );
    });
    return updateField(withStrategy, 'template', (template) => defaultPodTemplate(template ?? {}));
  });
}

/** The server keeps the count of template changes in an annotation. */
function withTemplateGeneration(object: KubernetesObject, generation: bigint): KubernetesObject {
  if (parseInt64(annotationsOf(object).get(TEMPLATE_GENERATION) ?? '') === generation) return object;
  return updateStruct(object, 'metadata', (metadata) =>
    updateStruct(metadata, 'annotations', (annotations) => ({
      ...annotations,
      [TEMPLATE_GENERATION]: String(generation),
    })),
  );
}
