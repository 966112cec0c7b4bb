import type { JsonObject } from '../../../base/json.ts';
import { asObject } from '../../../base/json.ts';
import { fillInText, updateField, updateItems } from '../defaults/fill-in.ts';
import { defaultPodTemplate } from '../pod-spec/defaults/pod-template.ts';

/**
 * What is filled in both in a Job and in the template of a CronJob, whose other fields are filled in only when the Job
 * is made. Source: pkg/apis/batch/v1/zz_generated.defaults.go, 1.36.
 */
export function defaultJobTemplateSpec(spec: JsonObject): JsonObject {
  const withTemplate = updateField(spec, 'template', (template) => defaultPodTemplate(template ?? {}));
  return updateField(withTemplate, 'podFailurePolicy', (policy) => {
    const rules = asObject(policy);
    return rules && updateItems(rules, 'rules', defaultFailureRule);
  });
}

function defaultFailureRule(rule: JsonObject): JsonObject {
  return updateItems(rule, 'onPodConditions', (pattern) => fillInText(pattern, { status: 'True' }));
}
