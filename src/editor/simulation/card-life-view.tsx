import { Ban } from 'lucide-react';
import type { FrameEndpoint } from '../../workspace/simulation/frame.ts';
import { translatedServerWords, useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import type { CardLife } from './card-life.ts';
import { PodGroup } from './pod-cells.tsx';

/** What a card says of its object while a run is open, in the place of the fact that the design says. */
export function lifeLine(t: Text, { isThere, counts, endpoints, node, pods }: CardLife): string {
  if (!isThere) return t('rehearsal:notThere');
  if (counts)
    return `${t('rehearsal:readyOf', { ready: counts.ready, desired: counts.desired })} · ${t('rehearsal:current', { count: counts.current })}`;
  if (endpoints) return endpointLine(t, endpoints);
  if (node) return t('rehearsal:nodeReady', { status: node });
  const [only] = pods ?? [];
  return pods?.length === 1 && only ? (only.reason ?? t(`simulation:pod.${only.state}`)) : '';
}

/** The shortest form, for a picture seen from far away. */
export function lifeFigure({ isThere, counts, endpoints }: CardLife): string {
  if (!isThere) return '–';
  if (counts) return `${counts.ready}/${counts.desired}`;
  return endpoints ? `${endpoints.filter(({ state }) => state === 'ready').length}/${endpoints.length}` : '';
}

/** Classes of a card whose object is in a cluster that runs. */
export function lifeLook({ isThere, refusal }: CardLife): string {
  return ` card-live${isThere ? '' : ' card-not-there'}${refusal ? ' card-refused' : ''}`;
}

function endpointLine(t: Text, endpoints: readonly FrameEndpoint[]): string {
  const count = (state: FrameEndpoint['state']): number =>
    endpoints.reduce((sum, one) => sum + (one.state === state ? 1 : 0), 0);
  const [notReady, ending] = [count('notReady'), count('terminating')];
  if (endpoints.length === 0) return t('rehearsal:noEndpoints');
  return [
    t('rehearsal:endpointsReady', { count: count('ready') }),
    notReady > 0 ? t('rehearsal:endpointsNotReady', { count: notReady }) : '',
    ending > 0 ? t('rehearsal:endpointsEnding', { count: ending }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What hangs under a card while a run is open: its Pods, its endpoints, what the server refused. */
export function CardTray({
  life,
  hasRow,
}: {
  readonly life: CardLife;
  /** The card keeps a row free for Pods; else the tray hangs below it. */
  readonly hasRow: boolean;
}) {
  const t = useText();
  const { pods, endpoints, refusal } = life;
  const hasPods = pods !== undefined && pods.length > 0;
  return (
    <>
      {refusal && (
        <div className="card-refusal" title={refusal.message}>
          <Ban size={12} aria-hidden />
          {t('rehearsal:notApplied')}
          <span className="visually-hidden">{translatedServerWords(refusal.message) ?? refusal.message}</span>
        </div>
      )}
      {hasPods && (
        <div className={`card-tray${hasRow ? ' card-tray-inside' : ''}${pods.length > 18 ? ' card-tray-dense' : ''}`}>
          <PodGroup pods={pods} />
        </div>
      )}
      {endpoints !== undefined && endpoints.length > 0 && <Endpoints endpoints={endpoints} t={t} />}
    </>
  );
}

const MOST_ENDPOINTS = 18;

function Endpoints({ endpoints, t }: { readonly endpoints: readonly FrameEndpoint[]; readonly t: Text }) {
  const shown = endpoints.slice(0, MOST_ENDPOINTS);
  return (
    <div className="card-tray card-endpoints">
      {shown.map(({ address, pod, state }) => (
        <span
          key={`${address}/${pod}`}
          className={`endpoint endpoint-${state}`}
          title={`${address} · ${pod} · ${t(`rehearsal:endpoint.${state}`)}`}
        >
          <span className="visually-hidden">
            {address} {t(`rehearsal:endpoint.${state}`)}
          </span>
        </span>
      ))}
      {shown.length < endpoints.length && <span className="pod-more">+{endpoints.length - shown.length}</span>}
    </div>
  );
}
