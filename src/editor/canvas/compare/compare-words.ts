import { useMemo } from 'react';
import { visibleText } from '../../../kit/visible-text.ts';
import type { ShownDifference } from '../../../workspace/compare/designs.ts';
import { useText } from '../../i18n.ts';
import { useOutsideText } from '../../outside/outside-text.ts';
import type { CompareSource } from './compare-sources.ts';

/** Names of what is compared, and of what differs. */
export function useCompareWords() {
  const t = useOutsideText();
  const text = useText();
  const language = t('compareTitle');
  return useMemo(
    () => ({
      source: ({ type, name }: CompareSource): string => {
        if (type === 'exported') return t('compareExported');
        if (type === 'opened') return t('compareOpened');
        return visibleText(name) || text('files:untitled');
      },
      mark: ({ id, from, change }: ShownDifference) => ({
        letter: t(`letter.${change}`),
        name: `${t(`change.${change}`)}: ${visibleText(from === undefined ? id : `${from} → ${id}`)}`,
      }),
    }),
    // The sentences are others when the language is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [language],
  );
}
