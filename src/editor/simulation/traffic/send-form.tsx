import { Send } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import '../../inspector/form/form.css';
import { Button } from '../../../kit/button.tsx';
import { Choice } from '../../../kit/choice.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { Segmented } from '../../../kit/segmented.tsx';
import { SuggestInput } from '../../../kit/suggest-input.tsx';
import type { TrafficOrder, TrafficRow } from '../../../workspace/simulation/traffic/traffic-rows.ts';
import type { TrafficSender } from '../../../workspace/simulation/traffic/traffic-ends.ts';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { useAnswer } from '../use-answer.ts';
import { FIRST_CHOICES, MOST_RATE, filledIn, freeName, orderOf } from './send-order.ts';
import { closeSendForm, sendForm } from './send-form-state.ts';
import { senderText } from './traffic-words.ts';

const MOST_PORT = 65_535;
/** An hour. */
const MOST_SECONDS = 3600;
const SECONDS = 60;

interface SendFormProps {
  readonly rows: readonly TrafficRow[];
  readonly onSend: (order: TrafficOrder) => void;
}

/** From whom to what requests go, how many a second, and for how long: they begin at the step that is shown. */
export function SendForm({ rows, onSend }: SendFormProps) {
  const t = useText();
  const asked = useStore(sendForm, ({ open }) => open?.target);
  const [choices, setChoices] = useState({ ...FIRST_CHOICES, target: asked });
  const ends = useAnswer('trafficEnds', {});
  if (ends === undefined) return null;
  const change = (next: Partial<typeof choices>): void => setChoices((before) => ({ ...before, ...next }));
  const form = filledIn(choices, ends);
  const number = (text: string, most: number, take: (value: number) => void): string | undefined => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > most) return t('traffic:form.number', { least: 1, most });
    take(value);
    return undefined;
  };
  const { forSeconds } = choices;
  return (
    <Dialog
      title={t('traffic:form.title')}
      closeLabel={t('traffic:form.close')}
      onClose={closeSendForm}
      footer={
        <>
          <Button onPress={closeSendForm}>{t('traffic:form.cancel')}</Button>
          <Button
            look="primary"
            disabled={form?.isReached !== true}
            onPress={() => {
              if (form === undefined) return;
              onSend(orderOf(choices, form, freeName(rows)));
              closeSendForm();
            }}
          >
            <Send size={14} aria-hidden /> {t('traffic:form.send')}
          </Button>
        </>
      }
    >
      {form === undefined ? (
        <p>{t('traffic:form.nothing')}</p>
      ) : (
        <div className="traffic-form">
          <Choice
            label={t('traffic:form.to')}
            options={ends.targets.map(({ id }) => ({ id, label: id }))}
            value={form.target.id}
            onChange={(target) => change({ target, from: undefined, port: undefined, host: undefined, path: '/' })}
          />
          <Choice
            label={t('traffic:form.from')}
            options={ends.senders.map((sender) => ({ id: sender.id, label: senderLabel(t, sender) }))}
            value={form.from}
            onChange={(from) => change({ from })}
          />
          {!form.isReached && (
            <p className="field-error" role="alert">
              {t('traffic:form.notReached', { target: form.target.id })}
            </p>
          )}
          <div className="traffic-form-row">
            <SuggestInput
              label={t('traffic:form.port')}
              openLabel={t('traffic:form.suggest')}
              value={String(form.port)}
              options={() =>
                form.target.ports.map(({ port, protocol }) => ({ id: String(port), hint: protocol.toUpperCase() }))
              }
              onCommit={(text) => number(text, MOST_PORT, (port) => change({ port }))}
            />
            <SuggestInput
              label={t('traffic:form.path')}
              openLabel={t('traffic:form.suggest')}
              value={choices.path}
              options={() => form.target.paths.map((id) => ({ id }))}
              onCommit={(path) => {
                if (!path.startsWith('/')) return t('traffic:form.pathBegins');
                change({ path });
                return undefined;
              }}
            />
          </div>
          {form.target.hosts.length > 0 && (
            <SuggestInput
              label={t('traffic:form.host')}
              openLabel={t('traffic:form.suggest')}
              value={form.host ?? ''}
              options={() => form.target.hosts.map((id) => ({ id }))}
              onCommit={(host) => {
                change({ host });
                return undefined;
              }}
            />
          )}
          <div className="traffic-form-row">
            <CommitInput
              label={t('traffic:form.rate')}
              inputMode="numeric"
              value={String(choices.rate)}
              onCommit={(text) => number(text, MOST_RATE, (rate) => change({ rate }))}
            />
            <div className="field">
              <span className="field-label">{t('traffic:form.length')}</span>
              <div className="traffic-form-length">
                <Segmented
                  label={t('traffic:form.length')}
                  options={[
                    { id: 'until', label: t('traffic:form.untilStopped') },
                    { id: 'for', label: t('traffic:form.forSeconds') },
                  ]}
                  value={forSeconds === undefined ? 'until' : 'for'}
                  onChange={(id) => change({ forSeconds: id === 'for' ? SECONDS : undefined })}
                />
              </div>
            </div>
          </div>
          {forSeconds !== undefined && (
            <div className="traffic-form-row">
              <CommitInput
                label={t('traffic:form.seconds')}
                inputMode="numeric"
                value={String(forSeconds)}
                onCommit={(text) => number(text, MOST_SECONDS, (seconds) => change({ forSeconds: seconds }))}
              />
            </div>
          )}
          <p className="quiet">
            {form.from.startsWith('Node/') ? `${t('traffic:form.noNames')} ` : ''}
            {t('traffic:form.inPast')}
          </p>
        </div>
      )}
    </Dialog>
  );
}

function senderLabel(t: Text, { id, workload }: TrafficSender): string {
  return workload === undefined ? senderText(t, id) : t('traffic:ofWorkload', { workload });
}
