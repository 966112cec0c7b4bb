import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { objectIdentity } from '../../../apimachinery/object-identity.ts';
import { formatLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { NamespaceChoice, Reference, ReferenceTarget } from '../../reference.ts';

/**
 * For tests: references, a line each: `backend spec.rules[0].http.paths[0].backend.service.name -> Service/shop/web :80`.
 */
export function referenceLines(references: readonly Reference[]): readonly string[] {
  return references.map((reference) => {
    const { type, field, target, port, key, optional, namespaceField, nameFormat, inKey } = reference;
    const details = [
      ...(port === undefined ? [] : [`:${port}`]),
      ...(key === undefined ? [] : [`key=${key}`]),
      ...(optional ? ['optional'] : []),
      ...(namespaceField === undefined ? [] : [`namespace at ${formatFieldPath(namespaceField)}`]),
      ...(nameFormat === undefined ? [] : [`as ${nameFormat}`]),
      ...(inKey ? ['in key'] : []),
    ];
    return [`${type} ${formatFieldPath(field)} -> ${targetText(target)}`, ...details].join(' ');
  });
}

function targetText(target: ReferenceTarget): string {
  switch (target.by) {
    case 'name':
      return objectIdentity(target, target.namespace, target.name);
    case 'pods':
      return `pods ${formatLabelSelector(target.selector)} in ${namespacesText(target.namespaces)}`;
    case 'objects': {
      const terms = target.anyOf.map(({ labels, fields }) =>
        [labels, ...(fields ? [fields] : [])].map(formatLabelSelector).join(' fields '),
      );
      return `${objectIdentity(target, '', '').slice(0, -2)} ${terms.join(' or ')} in ${namespacesText(target.namespaces)}`;
    }
    case 'taint':
      return `taint ${JSON.stringify(target.toleration)}`;
    case 'external':
      return `${target.what} ${target.value}`;
  }
}

function namespacesText(choice: NamespaceChoice): string {
  if (choice === 'all') return 'all';
  if (!('selector' in choice)) return choice.names.join(',');
  return `{${formatLabelSelector(choice.selector)}}${choice.names ? ` of ${choice.names.join(',')}` : ''}`;
}
