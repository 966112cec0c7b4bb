import { Send } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import './traffic.css';
import { Button } from '../../../kit/button.tsx';
import { Segmented } from '../../../kit/segmented.tsx';
import type { BranchState } from '../../../workspace/simulation/simulation.ts';
import type { TrafficAt, TrafficOrder, TrafficRow } from '../../../workspace/simulation/traffic/traffic-rows.ts';
import { useText } from '../../i18n.ts';
import { useSimulation } from '../simulation-context.ts';
import { useAnswer } from '../use-answer.ts';
import { useSendRequest } from '../why/use-send-request.ts';
import { SendForm } from './send-form.tsx';
import { openSendForm, sendForm } from './send-form-state.ts';
import { latencyLines, requestLines } from './traffic-lines.ts';
import { TrafficList } from './traffic-list.tsx';
import { TrafficPlot } from './traffic-plot.tsx';
import { TrafficSeconds } from './traffic-seconds.tsx';
import { seqAt, stretchesOf } from './traffic-series.ts';
import { summaryText } from './traffic-words.ts';
import { useWholeTraffic } from './use-whole-series.ts';

/** Who sends requests, how they fare, and when they fail: at the moment that is shown. */
export function TrafficLedger({ branch }: { readonly branch: BranchState }) {
  const t = useText();
  const simulation = useSimulation();
  const isSending = useStore(sendForm, ({ open }) => open !== undefined);
  const [wanted, setWanted] = useState<string | undefined>();
  const [view, setView] = useState<View>('plot');
  // Not in the form, which is gone before the run has come to where they are sent.
  const send = useSendRequest();
  const sendNow = (order: TrafficOrder): void => {
    setWanted(undefined);
    send(order);
  };
  const all = useAnswer('traffic', {});
  const rows = all?.rows ?? [];
  const row = rows.find(({ token }) => token === wanted) ?? rows.at(-1);
  return (
    <div className="traffic">
      <div className="traffic-side">
        <div className="sim-ledger-tools">
          <Button small onPress={() => openSendForm()}>
            <Send size={14} aria-hidden /> {t('traffic:send')}
          </Button>
          {row !== undefined && (
            <Segmented
              label={t('traffic:view')}
              options={VIEWS.map((id) => ({ id, label: t(`traffic:view.${id}`) }))}
              value={view}
              onChange={setView}
            />
          )}
        </div>
        {row === undefined ? (
          <p className="dock-empty">{t('traffic:none')}</p>
        ) : (
          <TrafficList
            rows={rows}
            chosen={row.token}
            nowMs={all?.timeMs ?? 0}
            onChoose={setWanted}
            onStop={(name) => simulation.endRequests(name)}
          />
        )}
      </div>
      {row !== undefined && <Fate key={row.token} row={row} branch={branch} view={view} />}
      {isSending && <SendForm rows={rows} onSend={sendNow} />}
    </div>
  );
}

const VIEWS = ['plot', 'seconds'] as const;
type View = (typeof VIEWS)[number];

interface FateProps {
  readonly row: TrafficRow;
  readonly branch: BranchState;
  readonly view: View;
}

/** How the requests of one row fared, second by second. */
function Fate({ row, branch, view }: FateProps) {
  const t = useText();
  const simulation = useSimulation();
  const at = useAnswer('traffic', { token: row.token });
  const whole = useWholeTraffic(branch, row.token);
  if (at === undefined) return <div className="traffic-fate" />;
  const nowMs = at.timeMs;
  const shown = { series: at.series, spanMs: spanOf(at, row.token) };
  const later = whole && { series: whole.series, spanMs: spanOf(whole, row.token) };
  const stretches = stretchesOf(shown, later, nowMs);
  const known = stretchesOf(shown, undefined, nowMs);
  const words = summaryText(t, at.rows.find(({ token }) => token === row.token) ?? row, known, nowMs);
  const go = (timeMs: number): void => simulation.goTo(seqAt(branch.entries.slice(0, branch.length), timeMs));
  const plot = {
    words,
    timesMs: stretches.map(({ fromMs, toMs }) => (fromMs + toMs) / 2),
    fromMs: Math.min(row.beganMs, stretches[0]?.fromMs ?? row.beganMs),
    toMs: Math.max(row.beganMs + 5000, stretches.at(-1)?.toMs ?? 0),
    nowMs,
    onGo: go,
  };
  return (
    <>
      <p className="traffic-summary">{words}</p>
      <section className="traffic-fate" aria-label={t('traffic:view')}>
        {view === 'seconds' ? (
          <TrafficSeconds stretches={stretches} onGo={go} />
        ) : (
          <div className="traffic-plots" title={t('traffic:later')}>
            <TrafficPlot title={t('traffic:plot.requests')} lines={requestLines(t, stretches)} {...plot} />
            <TrafficPlot title={t('traffic:plot.latency')} lines={latencyLines(t, stretches)} {...plot} />
          </div>
        )}
      </section>
    </>
  );
}

function spanOf({ rows }: TrafficAt, token: string): number {
  return rows.find((row) => row.token === token)?.count.spanMs ?? 1000;
}
