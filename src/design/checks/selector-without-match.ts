import { formatLabelSelector } from '../../apimachinery/label-selector.ts';
import { REFERENCE_TYPES } from '../../kinds/reference.ts';
import type { Check } from './check.ts';

/** A Service, policy or budget that selects no Pod: nothing is refused, and nothing happens. */
export const selectorWithoutMatch: Check = {
  name: 'selector-without-match',
  find: ({ graph }) =>
    graph.references.flatMap(({ from, to, resolved, declaration }) => {
      const { target, type, field } = declaration;
      if (resolved || to !== null || target.by !== 'pods' || REFERENCE_TYPES[type].dangling === 'none') return [];
      return [
        {
          id: 'selector.matchesNothing' as const,
          severity: 'warning' as const,
          record: from,
          field,
          params: { selector: formatLabelSelector(target.selector) },
        },
      ];
    }),
};
