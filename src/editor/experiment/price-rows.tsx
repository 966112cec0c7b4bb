import { Plus, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { DraftSize } from '../../experiment/draft.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import { CommitInput } from '../../kit/commit-input.tsx';
import { useText } from '../i18n.ts';
import { changeDraft, draft } from './draft-state.ts';

const COLUMNS = ['name', 'cpu', 'memory', 'perHour'] as const satisfies readonly (keyof DraftSize)[];

/** Machines that can be had, and what they cost. */
export function PriceRows() {
  const t = useText();
  const { sizes, currency } = useStore(draft);
  const title = (column: (typeof COLUMNS)[number]) => t(column === 'name' ? 'experiment:size' : `experiment:${column}`);
  return (
    <section aria-labelledby="experiment-prices">
      <h3 id="experiment-prices">{t('experiment:prices')}</h3>
      <p className="quiet">{t('experiment:priceNote')}</p>
      <div className="experiment-sizes">
        {COLUMNS.map((column) => (
          <span key={column} className="field-label" aria-hidden>
            {title(column)}
          </span>
        ))}
        <span />
        {sizes.map((size, index) => [
          ...COLUMNS.map((column) => (
            <CommitInput
              // Rows have no name of their own, and are only added at the end.
              // oxlint-disable-next-line react/no-array-index-key
              key={`${index} ${column}`}
              label={`${title(column)} ${size.name}`}
              labelHidden
              mono
              value={size[column]}
              onCommit={(next): undefined =>
                void changeDraft({
                  sizes: sizes.map((one, at) => (at === index ? { ...one, [column]: next.trim() } : one)),
                })
              }
            />
          )),
          <IconButton
            // oxlint-disable-next-line react/no-array-index-key
            key={`${index} remove`}
            small
            label={t('experiment:removeSize', { name: size.name })}
            icon={<Trash2 size={14} />}
            onPress={() => changeDraft({ sizes: sizes.filter((_, at) => at !== index) })}
          />,
        ])}
      </div>
      <div className="experiment-row">
        <Button
          small
          onPress={() =>
            changeDraft({
              sizes: [...sizes, { name: `size-${sizes.length + 1}`, cpu: '4', memory: '16Gi', perHour: '0' }],
            })
          }
        >
          <Plus size={14} aria-hidden />
          {t('experiment:addSize')}
        </Button>
        <div className="experiment-currency">
          <CommitInput
            label={t('experiment:currency')}
            value={currency}
            onCommit={(next): undefined => void changeDraft({ currency: next.trim() || 'USD' })}
          />
        </div>
      </div>
    </section>
  );
}
