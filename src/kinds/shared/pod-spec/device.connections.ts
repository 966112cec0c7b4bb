import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import type { ConnectionEdits, PodTemplateView } from '../../kind.ts';
import { dnsLabel } from './pod-template.ts';
import { freeName } from './volume-mounts.ts';

/** Claims a device for the Pods and gives it to the first container. Source: resource.k8s.io/v1 and core/v1, 1.36. */
export function claimDevice(field: 'resourceClaimName' | 'resourceClaimTemplateName') {
  return ({ spec, specPath }: PodTemplateView, target: KubernetesObject): ConnectionEdits | Refusal => {
    const name = nameOf(target);
    if (!objectAt(spec, 'containers', 0)) return { refused: 'connect.noContainer' };
    const claims = arrayAt(spec, 'resourceClaims');
    if (claims.some((claim) => stringAt(claim, field) === name)) return { refused: 'connect.already' };
    const taken = new Set(claims.map((claim) => stringAt(claim, 'name') ?? ''));
    const claim = freeName(dnsLabel(name), taken, '-');
    const edits: readonly FieldEdit[] = [
      { op: 'append', path: [...specPath, 'resourceClaims'], value: { name: claim, [field]: name } },
      { op: 'append', path: [...specPath, 'containers', 0, 'resources', 'claims'], value: { name: claim } },
    ];
    return { source: edits };
  };
}
