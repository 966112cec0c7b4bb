import type { JsonValue } from '../../../../base/json.ts';
import { isJsonObject } from '../../../../base/json.ts';
import { defaultPodSpec } from './pod-spec.ts';

/** A template of Pods with its spec defaulted; the same value where nothing was missing. */
export function defaultPodTemplate(template: JsonValue): JsonValue;
export function defaultPodTemplate(template: JsonValue | undefined): JsonValue | undefined;
export function defaultPodTemplate(template: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(template)) return template;
  const spec = defaultPodSpec(template['spec'] ?? {});
  return spec === template['spec'] ? template : { ...template, spec };
}
