import { formatLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { ReferenceTarget } from '../../../kinds/reference.ts';

/** A target that is no named object, as kubectl would write it. */
export function selectorText(target: ReferenceTarget): string {
  switch (target.by) {
    case 'external':
      return target.value;
    case 'name':
      return `${kindOf(target)} ${target.name}`;
    case 'taint':
      return [target.toleration.key ?? '*', target.toleration.effect].filter(Boolean).join(':');
    case 'pods':
      return `Pod ${formatLabelSelector(target.selector)}`;
    case 'objects':
      return `${kindOf(target)} ${target.anyOf.map(({ labels }) => formatLabelSelector(labels)).join(' | ')}`;
  }
}

/** Of parameters whose kind a policy says, as expressions call them. */
function kindOf({ kind }: { readonly kind: string }): string {
  return kind === '' ? 'params' : kind;
}
