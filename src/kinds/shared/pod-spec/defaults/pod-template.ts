import type { JsonValue } from '../../../../base/json.ts';
import { isJsonObject } from '../../../../base/json.ts';
import { dropInitContainerAnnotations } from './init-container-annotations.ts';
import { defaultPodSpec } from './pod-spec.ts';

/** A template of Pods with its spec defaulted; the same value where nothing was missing. */
export function defaultPodTemplate(template: JsonValue): JsonValue;
export function defaultPodTemplate(template: JsonValue | undefined): JsonValue | undefined;
export function defaultPodTemplate(template: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(template)) return template;
  const kept = dropInitContainerAnnotations(template);
  const spec = defaultPodSpec(kept['spec'] ?? {});
  return spec === kept['spec'] ? kept : { ...kept, spec };
}
