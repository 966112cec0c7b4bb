import { Ban } from 'lucide-react';
import type { FrameEndpoint } from '../../workspace/simulation/frame.ts';
import { translatedServerWords, useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import type { CardLife } from './card-life.ts';
import { PodGroup } from './pod-cells.tsx';

/** What hangs under a card while a run is open: its Pods, its endpoints, what the server refused. */
export default function CardTray({
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
