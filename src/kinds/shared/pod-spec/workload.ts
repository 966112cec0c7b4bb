import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { numberAt } from '../../../base/json.ts';
import type { KindDefinition, Summary } from '../../kind.ts';
import type { Reference } from '../../reference.ts';
import { podTemplateConnections } from './pod-template.connections.ts';
import { podTemplateDisconnect } from './pod-template.disconnect.ts';
import { podTemplateAt, podTemplateFact } from './pod-template.ts';

/** What every kind with a template of Pods has in common. */
export function podTemplateGestures(
  templatePath: Path,
): Required<Pick<KindDefinition, 'podTemplate' | 'connections' | 'disconnect'>> {
  const podTemplate = (object: KubernetesObject) => podTemplateAt(object, templatePath);
  return {
    podTemplate,
    connections: podTemplateConnections(podTemplate),
    disconnect: (object, reference) =>
      podTemplateDisconnect(object, templatePath, reference) ?? disconnectOther(reference),
  };
}

/** The selector of a workload is required; nothing else outside the template is common to workloads. */
function disconnectOther(reference: Reference) {
  return reference.type === 'workloadSelector'
    ? ({ refused: 'disconnect.required' } as const)
    : ([{ op: 'delete', path: reference.field }] as const);
}

/** What the card of a workload says: its image, and how many Pods it asks for where that is known. */
export function workloadSummary(object: JsonObject, templatePath: Path, more: Omit<Summary, 'fact'> = {}): Summary {
  const fact = podTemplateFact(object, templatePath);
  return { ...(fact === undefined ? {} : { fact }), ...more };
}

/** `spec.replicas`, which is 1 where it is not written. Source: pkg/apis/apps/v1/defaults.go, 1.36. */
export function replicasOf(object: JsonObject): number {
  return Math.max(0, numberAt(object, 'spec', 'replicas') ?? 1);
}
