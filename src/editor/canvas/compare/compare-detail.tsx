import { useMemo } from 'react';
import type { JsonValue } from '../../../base/json.ts';
import { DifferenceLines } from '../../../kit/difference-view.tsx';
import { lineDifference } from '../../../kit/line-difference.ts';
import type { DifferenceLine } from '../../../kit/line-difference.ts';
import { ListRow } from '../../../kit/list-row.tsx';
import { visibleText } from '../../../kit/visible-text.ts';
import type { ShownDifference } from '../../../workspace/compare/designs.ts';
import { useOutsideText } from '../../outside/outside-text.ts';
import { useCompareWords } from './compare-words.ts';

const MOST_LINES = 400;
/** A longer value is cut; the text beside has it whole. */
const MOST_SIGNS = 60;

interface CompareDetailProps {
  readonly differences: readonly ShownDifference[];
  readonly same: number;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** Everything that differs as a list, and one of it as text. */
export function CompareDetail({ differences, same, chosen, onChoose }: CompareDetailProps) {
  const t = useOutsideText();
  const words = useCompareWords();
  const shown = differences.find(({ id }) => id === chosen);
  const lines = useMemo(() => (shown ? linesOf(shown) : []), [shown]);
  if (differences.length === 0)
    return (
      <div className="compare-nothing quiet">
        <p>{t('compareNothing')}</p>
        <p>{t('compareSame', { count: same })}</p>
      </div>
    );
  return (
    <div className="compare-detail">
      <div className="compare-list">
        <ul aria-label={t('compareList')}>
          {differences.map((difference) => {
            const { letter } = words.mark(difference);
            return (
              <li key={difference.id}>
                <ListRow
                  className="compare-row"
                  isCurrent={difference.id === chosen}
                  onPress={() => onChoose(difference.id)}
                >
                  <span className={`compare-badge compare-badge-${difference.change}`} aria-hidden>
                    <span>{letter}</span>
                  </span>
                  <span className="visually-hidden">{t(`change.${difference.change}`)}</span>
                  <span className="compare-name">
                    {visibleText(difference.id)}
                    {difference.from !== undefined && (
                      <span className="quiet">{t('compareWas', { name: visibleText(difference.from) })}</span>
                    )}
                    {difference.fields.length > 0 && (
                      <span className="quiet">{t('compareFields', { count: difference.fields.length })}</span>
                    )}
                  </span>
                </ListRow>
              </li>
            );
          })}
        </ul>
        <p className="quiet">{t('compareSame', { count: same })}</p>
      </div>
      <div className="compare-text">
        {shown ? (
          <>
            {shown.fields.length > 0 && (
              <ul className="compare-fields">
                {shown.fields.map(({ field, before, after }) => (
                  <li key={field}>
                    <code>{visibleText(field)}</code> <del>{brief(before)}</del> <ins>{brief(after)}</ins>
                  </li>
                ))}
              </ul>
            )}
            <DifferenceLines
              lines={lines}
              label={t('compareYaml')}
              most={MOST_LINES}
              moreWords={(count) => t('moreNotes', { count })}
            />
          </>
        ) : (
          <p className="quiet">{t('compareChoose')}</p>
        )}
      </div>
    </div>
  );
}

function linesOf({ was, is }: ShownDifference): readonly DifferenceLine[] {
  if (was !== undefined && is !== undefined) return lineDifference(was, is);
  const sign = is === undefined ? '-' : '+';
  return (is ?? was ?? '')
    .trimEnd()
    .split('\n')
    .map((text) => ({ sign, text }));
}

function brief(value: JsonValue | undefined): string {
  if (value === undefined) return '—';
  const whole = JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? String(entry) : entry)) ?? '';
  return visibleText(whole.length > MOST_SIGNS ? `${whole.slice(0, MOST_SIGNS)}…` : whole);
}
