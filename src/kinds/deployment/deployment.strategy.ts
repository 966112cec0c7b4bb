import { parseInt64 } from '../../apimachinery/int64.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { fillIn, fillInText, updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import { POD_TEMPLATE } from '../shared/pod-spec/pod-template.ts';
import { defaultPodTemplate } from '../shared/pod-spec/defaults/pod-template.ts';
import { workloadRequests } from '../shared/pod-spec/workload-requests.ts';
import { workloadWarnings } from '../shared/pod-spec/workload-warnings.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { shownLabelSelector } from '../shared/validation/shown-values.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateDeploymentSpec } from './deployment.validation.ts';
import { validateDeploymentStatus } from './deployment.status.ts';

/** Where a field of old versions lives on. */
const ROLLBACK_TO = 'deprecated.deployment.rollback.to';
const SPEC = ValidationPath.of('spec');

/** Source: pkg/registry/apps/deployment/strategy.go and pkg/apis/apps/v1/defaults.go, 1.36. */
export const deploymentStrategy: KindStrategy = {
  group: 'apps',
  kind: 'Deployment',
  hasStatus: true,
  validateStatus: validateDeploymentStatus,
  hasGeneration: true,
  setDefaults,
  validate: (object, old) => {
    const rollbackTo = parseInt64(annotationsOf(object).get(ROLLBACK_TO) ?? '');
    return validateDeploymentSpec(valueAt(object, 'spec'), SPEC, {
      oldTemplate: valueAt(old, 'spec', 'template'),
      ...(rollbackTo === undefined ? {} : { rollbackTo }),
    });
  },
  validateUpdate: (object, old) => {
    const selector = valueAt(object, 'spec', 'selector');
    const path = SPEC.child('selector');
    return validateImmutableField(selector, valueAt(old, 'spec', 'selector'), path, shownLabelSelector(selector));
  },
  ...workloadRequests(POD_TEMPLATE),
  warnings: workloadWarnings,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) => {
    const filled = fillIn(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
    const withStrategy = updateStruct(filled, 'strategy', (strategy) => {
      const typed = fillInText(strategy, { type: 'RollingUpdate' });
      if (typed['type'] !== 'RollingUpdate') return typed;
      return updateStruct(typed, 'rollingUpdate', (rollingUpdate) =>
        fillIn(rollingUpdate, { maxUnavailable: '25%', maxSurge: '25%' }),
      );
    });
    return updateField(withStrategy, 'template', (template) => defaultPodTemplate(template ?? {}));
  });
}
