import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Toggle } from '../../kit/choice.tsx';
import { translatedServerWords, useText } from '../i18n.ts';
import { clock } from './steps.ts';
import { useLook } from './use-look.ts';

/** Most Events in sight; what is typed narrows all of them. */
const MOST_ROWS = 300;

/** What `kubectl get events -A` says at the moment that is shown, the newest first. */
export function EventsLedger() {
  const t = useText();
  const events = useLook({ type: 'events' });
  const [words, setWords] = useState('');
  const [onlyWarnings, setOnlyWarnings] = useState(false);
  if (events === undefined) return null;
  const wanted = words.trim().toLowerCase();
  const shown = events
    .filter(
      ({ type, reason, object, message, namespace }) =>
        (!onlyWarnings || type === 'Warning') &&
        (wanted === '' || `${namespace} ${type} ${reason} ${object} ${message}`.toLowerCase().includes(wanted)),
    )
    .toReversed();
  return (
    <div className="sim-ledger">
      <div className="sim-ledger-tools">
        <input
          className="input sim-search"
          type="search"
          placeholder={t('rehearsal:findEvents')}
          aria-label={t('rehearsal:findEvents')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Toggle label={t('rehearsal:onlyWarnings')} value={onlyWarnings} onChange={setOnlyWarnings} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className="sim-ledger-table" tabIndex={0} aria-label={t('rehearsal:events')}>
        <table>
          <thead>
            <tr>
              {(['last', 'first', 'count', 'type', 'reason', 'object', 'message'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`rehearsal:event.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, MOST_ROWS).map((event) => (
              <tr key={event.uid} className={event.type === 'Warning' ? 'sim-warning' : ''}>
                <td>{clock(event.lastMs)}</td>
                <td>{clock(event.firstMs)}</td>
                <td>{event.count}</td>
                <td>
                  {event.type === 'Warning' && <TriangleAlert size={12} aria-hidden />} {event.type}
                </td>
                <td>{event.reason}</td>
                <td>
                  <span className="quiet">{event.namespace}</span> {event.object}
                </td>
                <td title={translatedServerWords(event.message) ?? event.source}>{event.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="dock-empty">{t('rehearsal:noEvents')}</p>}
      </section>
    </div>
  );
}
