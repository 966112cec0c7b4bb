import { formatLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { ReferenceTarget } from '../../../kinds/reference.ts';

/** A target that is no named object, as kubectl would write it. */
export function selectorText(target: ReferenceTarget): string {
  switch (target.by) {
    case 'external':
      return target.value;
    case 'name':
      return `${target.kind} ${target.name}`;
    case 'taint':
      return [target.toleration.key ?? '*', target.toleration.effect].filter(Boolean).join(':');
    case 'pods':
      return `Pod ${formatLabelSelector(target.selector)}`;
    case 'objects':
      return `${target.kind} ${target.anyOf.map(({ labels }) => formatLabelSelector(labels)).join(' | ')}`;
  }
}
