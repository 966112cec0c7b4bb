import { useState } from 'react';
import { Toggle } from '../../../kit/choice.tsx';
import { useText } from '../../i18n.ts';
import { clockOfMs } from './traffic-series.ts';
import type { Stretch } from './traffic-series.ts';
import { reasonsText } from './traffic-words.ts';

/** Most rows in sight. */
const MOST_ROWS = 600;
const NUMBERS = ['sent', 'answered', 'failed', 'slow'] as const;

interface TrafficSecondsProps {
  readonly stretches: readonly Stretch[];
  readonly onGo: (timeMs: number) => void;
}

/** The plot as a table, for who reads or uses keys: each second leads to its moment of the run. */
export function TrafficSeconds({ stretches, onGo }: TrafficSecondsProps) {
  const t = useText();
  const [onlyTroubled, setOnlyTroubled] = useState(false);
  const wanted = onlyTroubled ? stretches.filter(({ failed }) => failed > 0) : stretches;
  const shown = wanted.slice(0, MOST_ROWS);
  return (
    <div className="traffic-seconds">
      <Toggle label={t('traffic:onlyTroubled')} value={onlyTroubled} onChange={setOnlyTroubled} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className="sim-ledger-table" tabIndex={0} aria-label={t('traffic:seconds')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('traffic:column.second')}</th>
              {NUMBERS.map((column) => (
                <th key={column} scope="col" className="traffic-number">
                  {t(`traffic:${column}`)}
                </th>
              ))}
              <th scope="col" className="traffic-number">
                {t('traffic:latency')}
              </th>
              <th scope="col">{t('traffic:column.reasons')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ fromMs, toMs, isPast, sent, ok, failed, slow, p50, p95, results }) => (
              <tr key={fromMs} className={isPast ? '' : 'traffic-later'}>
                <th scope="row">
                  <button
                    type="button"
                    className="sim-link"
                    aria-label={t('traffic:goTo', { at: clockOfMs(fromMs) })}
                    onClick={() => onGo(toMs - 1)}
                  >
                    {clockOfMs(fromMs)}
                  </button>
                  {!isPast && <span className="quiet"> {t('traffic:laterRow')}</span>}
                </th>
                <td className="traffic-number">{sent}</td>
                <td className="traffic-number">{ok}</td>
                <td className={`traffic-number${failed > 0 ? ' tone-bad' : ''}`}>
                  {failed > 0 && <span aria-hidden>✕ </span>}
                  {failed}
                </td>
                <td className="traffic-number">{slow}</td>
                <td className="traffic-number">{p50 === undefined ? '–' : `${p50} / ${p95 ?? p50} ms`}</td>
                <td>{reasonsText(t, results)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="dock-empty">{t('traffic:noTroubled')}</p>}
        {wanted.length > shown.length && (
          <p className="quiet">{t('traffic:moreRows', { count: wanted.length - shown.length })}</p>
        )}
      </section>
    </div>
  );
}
