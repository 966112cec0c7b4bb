import type { KubernetesObject } from '../apimachinery/object.ts';
import { objectAt } from '../base/json.ts';
import { podSpecReferences } from '../kinds/shared/pod-spec/pod-spec.references.ts';

/** Whether a Pod names a Secret. Source: pkg/api/pod/util.go `VisitPodSecretNames`, 1.36. */
export function referencesSecret(pod: KubernetesObject): boolean {
  return references(pod, 'Secret');
}

function references(pod: KubernetesObject, kind: string): boolean {
  const spec = objectAt(pod, 'spec') ?? {};
  return podSpecReferences(spec, ['spec'], '').some(({ target }) => target.by === 'name' && target.kind === kind);
}
