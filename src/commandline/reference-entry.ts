import { formatFieldPath } from '../apimachinery/field-path.ts';
import { formatLabelSelector } from '../apimachinery/label-selector.ts';
import type { Design } from '../design/design.ts';
import type { ResolvedReference } from '../design/graph.ts';
import type { ReferenceEntry } from './entries.ts';

export function referenceEntry(
  { from, to, toIdentity, declaration, resolved }: ResolvedReference,
  design: Design,
): ReferenceEntry {
  const { type, field, optional, key, port, target } = declaration;
  return {
    from: design.records.get(from)!.identity,
    to: to === null ? toIdentity : design.records.get(to)!.identity,
    type,
    field: formatFieldPath(field),
    resolved,
    optional: optional === true,
    ...(key === undefined ? {} : { key }),
    ...(port === undefined ? {} : { port }),
    ...(to === null && target.by === 'pods' ? { selector: formatLabelSelector(target.selector) } : {}),
    ...(to === null && target.by === 'objects'
      ? { selector: target.anyOf.map(({ labels }) => formatLabelSelector(labels)).join(' || ') }
      : {}),
    ...(to === null && target.by === 'taint' ? { selector: target.toleration.key ?? '' } : {}),
    ...(target.by === 'external' ? { external: { kind: target.what, value: target.value } } : {}),
  };
}
