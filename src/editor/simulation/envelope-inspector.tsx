import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { isJsonObject, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { Tabs } from '../../kit/tabs.tsx';
import { answerStatus } from '../../workspace/simulation/answer-status.ts';
import type { AnswerStatus } from '../../workspace/simulation/answer-status.ts';
import { componentName } from '../../workspace/simulation/caption.ts';
import type { BranchState, EntryAccount, TraceEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { ChangePart } from './change-part.tsx';
import { captionText } from './caption-text.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { ScoreTable } from './score-table.tsx';
import { clock, withoutDetails } from './steps.ts';
import { IN_HEADERS, headersOf } from './headers.ts';
import { useAnswer } from './use-answer.ts';
import { HopList } from './why/hop-list.tsx';
import { yamlOf } from './yaml-of.ts';

/** What a message carries, the gates it passed, what led to it and what it led to. */
export function EnvelopeInspector({ branch }: { readonly branch: BranchState }) {
  const t = useText();
  const account = useSimulationState((state) => state.moment?.account);
  const [tab, setTab] = useState('message');
  const isPacket = account?.entry.class === 'packet';
  const hops = useAnswer('wire', isPacket ? {} : undefined);
  const isThere = (id: string): boolean => (id === 'hops' ? (hops?.length ?? 0) > 0 : true);
  if (account === undefined) return <p className="dock-empty">{t('simulation:nothingChosen')}</p>;
  const { entry, answer } = account;
  const path = stringAt(entry.detail, 'path') ?? stringAt(entry.detail, 'key') ?? entry.object ?? '';
  const isSchedule = entry.verb === 'SCHEDULE';
  return (
    <div className="sim-inspector">
      <header className="sim-envelope-head">
        <div>
          <code>
            {entry.verb} {path}
          </code>
          <small>
            {componentName(entry.from)}
            {entry.from !== entry.to && ` → ${componentName(entry.to)}`} · t = {clock(entry.timeMs)} · #{entry.seq}
          </small>
        </div>
        {answer && <Status {...answerStatus(entry, answer)} />}
      </header>
      <Tabs
        label={t('simulation:envelope')}
        selected={(tab === 'scores' && !isSchedule) || !isThere(tab) ? 'message' : tab}
        onSelect={setTab}
        tabs={[
          { id: 'message', title: t('simulation:message'), content: <MessagePart account={account} branch={branch} /> },
          ...(isSchedule
            ? [{ id: 'scores', title: t('simulation:scores'), content: <ScoreTable detail={entry.detail ?? {}} /> }]
            : []),
          ...(hops === undefined || hops.length === 0
            ? []
            : [{ id: 'hops', title: t('rehearsal:hops.title'), content: <HopList steps={hops} /> }]),
          { id: 'change', title: t('rehearsal:change'), content: <ChangePart /> },
          { id: 'body', title: t('simulation:body'), content: <Body entry={entry} answer={answer} /> },
        ]}
      />
    </div>
  );
}

function Status({ text, isGood }: AnswerStatus) {
  return (
    <span className={`sim-status ${isGood ? 'sim-status-good' : 'sim-status-bad'}`}>
      {isGood ? <Check size={12} aria-hidden /> : <X size={12} aria-hidden />}
      {text}
    </span>
  );
}

function MessagePart({ account, branch }: { readonly account: EntryAccount; readonly branch: BranchState }) {
  const t = useText();
  const { entry, gates, because, leadsTo, answer } = account;
  const user = stringAt(entry.detail, 'user');
  const refused = answer !== undefined && !answerStatus(entry, answer).isGood;
  const message = isJsonObject(answer?.body) ? stringAt(answer.body, 'message') : undefined;
  const facts = factsOf(entry);
  const headers = headersOf(entry, answer);
  return (
    <div className="sim-account">
      {gates.length > 0 && (
        <section>
          <h2>{t('simulation:gatesPassed')}</h2>
          <ul>
            {gates.map((gate) => (
              <li key={gate.seq}>
                <Check size={13} className="tone-good" aria-hidden />
                {t(`simulation:gate.${gateId(gate.verb)}`, { gate: gate.verb, user: user ?? '' })}
              </li>
            ))}
            {refused && (
              <li>
                <X size={13} className="tone-bad" aria-hidden />
                {message ?? answer.verb}
              </li>
            )}
          </ul>
        </section>
      )}
      {headers.length > 0 && (
        <section>
          <h2>{t('rehearsal:headers')}</h2>
          <dl className="sim-facts">
            {headers.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {facts.length > 0 && (
        <section>
          <h2>{t('simulation:details')}</h2>
          <dl className="sim-facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Chain title={t('simulation:because')} arrow="←" seqs={because} branch={branch} hotkey="[" />
      <Chain title={t('simulation:leadsTo')} arrow="→" seqs={leadsTo} branch={branch} hotkey="]" />
    </div>
  );
}

const GATES = [
  'authenticate',
  'flowControl',
  'authorize',
  'mutatingAdmission',
  'allocate',
  'validatingAdmission',
] as const;

function gateId(verb: string): (typeof GATES)[number] | 'other' {
  return GATES.find((gate) => gate === verb) ?? 'other';
}

/** What is plain in the detail of a step. */
function factsOf({
  class: kind,
  detail,
  resourceVersion,
  lostBecause,
}: TraceEntry): readonly (readonly [string, string])[] {
  const plain = Object.entries(detail ?? {}).flatMap(([name, value]): [string, string][] =>
    isPlain(value) && !(kind === 'request' && IN_HEADERS.has(name)) ? [[name, String(value)]] : [],
  );
  return [
    ...plain,
    ...(resourceVersion === undefined ? [] : ([['resourceVersion', resourceVersion]] as const)),
    ...(lostBecause === undefined ? [] : ([['lost', lostBecause]] as const)),
  ];
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

const MOST_LINKS = 8;

function Chain({
  title,
  arrow,
  seqs,
  branch,
  hotkey,
}: {
  readonly title: string;
  readonly arrow: string;
  readonly seqs: readonly number[];
  readonly branch: BranchState;
  readonly hotkey: string;
}) {
  const t = useText();
  const simulation = useSimulation();
  const entries = withoutDetails(branch, seqs);
  if (entries.length === 0) return null;
  return (
    <section>
      <h2>
        {title} <kbd>{hotkey}</kbd>
      </h2>
      <ul>
        {entries.slice(0, MOST_LINKS).map((entry) => {
          return (
            <li key={entry.seq}>
              <button type="button" className="sim-link" onClick={() => simulation.goTo(entry.seq)}>
                <span className="mono sim-seq">
                  {arrow} {entry.seq}
                </span>
                {captionText(t, entry)}
              </button>
            </li>
          );
        })}
        {entries.length > MOST_LINKS && <li className="quiet">+{entries.length - MOST_LINKS}</li>}
      </ul>
    </section>
  );
}

function Body({ entry, answer }: { readonly entry: TraceEntry; readonly answer: TraceEntry | undefined }) {
  const t = useText();
  const parts = [
    [t('simulation:sent'), entry.body],
    [t('simulation:answered'), answer?.body],
    [t('simulation:details'), entry.detail && objectAt(entry.detail, 'scores')],
  ] as const;
  const shown = parts.filter(([, body]) => isJsonObject(body) || Array.isArray(body));
  if (shown.length === 0) return <p className="dock-empty">{t('simulation:noBody')}</p>;
  return (
    <div className="sim-bodies">
      {shown.map(([title, body]) => (
        <section key={title}>
          <h2>{title}</h2>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
          <pre className="sim-body" tabIndex={0}>
            {yamlOf(body)}
          </pre>
        </section>
      ))}
      {numberAt(entry.detail, 'exitCode') !== undefined && <p>{numberAt(entry.detail, 'exitCode')}</p>}
    </div>
  );
}
