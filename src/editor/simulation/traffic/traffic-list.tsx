import { Square } from 'lucide-react';
import { IconButton } from '../../../kit/button.tsx';
import type { TrafficRow } from '../../../workspace/simulation/traffic/traffic-rows.ts';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { clockOfMs } from './traffic-series.ts';
import { reasonsText, senderText, targetText, wayText } from './traffic-words.ts';

interface TrafficListProps {
  readonly rows: readonly TrafficRow[];
  readonly chosen: string | undefined;
  readonly nowMs: number;
  readonly onChoose: (token: string) => void;
  readonly onStop: (name: string) => void;
}

/** Everybody who sends requests, and how they fare at the moment that is shown. */
export function TrafficList({ rows, chosen, nowMs, onChoose, onStop }: TrafficListProps) {
  const t = useText();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
    <section className="sim-ledger-table traffic-list" tabIndex={0} aria-label={t('traffic:list')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('traffic:way')}</th>
            {(['sent', 'answered', 'failed', 'slow', 'latency'] as const).map((column) => (
              <th key={column} scope="col" className="traffic-number">
                {t(`traffic:${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('traffic:stop')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.token} row={row} isChosen={row.token === chosen} t={t} {...{ nowMs, onChoose, onStop }} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps extends Pick<TrafficListProps, 'nowMs' | 'onChoose' | 'onStop'> {
  readonly row: TrafficRow;
  readonly isChosen: boolean;
  readonly t: Text;
}

function Row({ row, isChosen, nowMs, onChoose, onStop, t }: RowProps) {
  const { token, order, count, endsMs } = row;
  const { sent, ok, slow, waiting, latency, results } = count;
  const failed = sent - ok - waiting;
  const way = wayText(t, order);
  const { name } = order;
  const goesOn = endsMs === undefined || endsMs > nowMs;
  return (
    <tr className={isChosen ? 'sim-row-now' : ''}>
      <th scope="row">
        <button
          type="button"
          className="sim-link traffic-way"
          aria-pressed={isChosen}
          aria-label={t('traffic:choose', { name: way })}
          title={way}
          onClick={() => onChoose(token)}
        >
          <span>
            {senderText(t, order.from)} → <b>{targetText(order)}</b>
          </span>
          <span className="quiet">{spanText(t, row)}</span>
        </button>
      </th>
      <td className="traffic-number">{sent}</td>
      <td className="traffic-number">{ok}</td>
      <td className={`traffic-number${failed > 0 ? ' tone-bad' : ''}`} title={reasonsText(t, results)}>
        {failed > 0 && <span aria-hidden>✕ </span>}
        {failed}
      </td>
      <td className={`traffic-number${slow > 0 ? ' tone-warn' : ''}`}>{slow}</td>
      <td className="traffic-number">{latency === undefined ? '–' : `${latency.p50} / ${latency.p95} ms`}</td>
      <td>
        {goesOn && name !== undefined && order.rate !== undefined && (
          <IconButton
            small
            label={t('traffic:stopNamed', { name: way })}
            icon={<Square size={12} />}
            onPress={() => onStop(name)}
          />
        )}
      </td>
    </tr>
  );
}

/** `/cart · 20 a second · from 0:12 until stopped`. */
function spanText(t: Text, { order, beganMs, endsMs }: TrafficRow): string {
  const { rate, path, host = '' } = order;
  const since = t('traffic:since', { from: clockOfMs(beganMs) });
  if (rate === undefined) return [`${host}${path}`, t('traffic:single'), since].join(' · ');
  const until = endsMs === undefined ? t('traffic:untilStopped') : t('traffic:until', { to: clockOfMs(endsMs) });
  return [`${host}${path}`, t('traffic:rate', { count: rate }), `${since} ${until}`].join(' · ');
}
