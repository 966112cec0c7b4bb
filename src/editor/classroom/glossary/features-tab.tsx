import { Search } from 'lucide-react';
import { useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { Choice } from '../../../kit/choice.tsx';
import { GATES } from '../../../workspace/simulation/release-gates.ts';
import type { FeatureGate } from '../../../workspace/simulation/release-gates.ts';
import { useText } from '../../i18n.ts';

const SHOWN = ['all', 'on', 'off', 'asked', 'Alpha', 'Beta', 'GA', 'Deprecated'] as const;
type Shown = (typeof SHOWN)[number];

function isShown(gate: FeatureGate, shown: Shown): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'on':
      return gate.isOn;
    case 'off':
      return !gate.isOn;
    case 'asked':
      return gate.isModelled;
    default:
      return gate.stage === shown;
  }
}

/** The feature gates of the release that runs are simulated in: stage, default, and which of them runs go by. */
export function FeaturesTab() {
  const t = useText();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const found = GATES.filter(
    (gate) => isShown(gate, shown) && gate.name.toLowerCase().includes(text.trim().toLowerCase()),
  );
  return (
    <div className="checklist">
      <div className="checklist-head">
        <SearchField
          className="search-field gates-search"
          aria-label={t('glossary:searchGates')}
          value={text}
          onChange={setText}
        >
          <Search size={14} aria-hidden />
          <Input className="input" placeholder={t('glossary:searchGates')} />
        </SearchField>
        <Choice
          label={t('glossary:only')}
          labelHidden
          value={shown}
          onChange={(id) => setShown(SHOWN.find((one) => one === id) ?? 'all')}
          options={SHOWN.map((id) => ({ id, label: t(`glossary:gates.${id}`) }))}
        />
        <output className="quiet">{t('glossary:gatesFound', { count: found.length })}</output>
      </div>
      <p className="quiet">{t('glossary:gatesNote')}</p>
      {/* What scrolls takes the focus, so that a keyboard can scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="checklist-rows" tabIndex={0} aria-label={t('glossary:gates')}>
        {found.length === 0 ? <p>{t('glossary:noGate')}</p> : <Gates gates={found} />}
      </section>
    </div>
  );
}

function Gates({ gates }: { readonly gates: readonly FeatureGate[] }) {
  const t = useText();
  return (
    <table className="checklist-table gates-table">
      <colgroup>
        <col />
        <col className="gates-stage" />
        <col className="gates-default" />
        <col className="gates-since" />
        <col className="gates-runs" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('glossary:gate')}</th>
          <th scope="col">{t('glossary:stage')}</th>
          <th scope="col">{t('glossary:default')}</th>
          <th scope="col">{t('glossary:sinceRelease')}</th>
          <th scope="col">{t('glossary:inRuns')}</th>
        </tr>
      </thead>
      <tbody>
        {gates.map(({ name, stage, isOn, isLocked, since, isModelled }) => (
          <tr key={name}>
            <th scope="row" translate="no">
              {name}
            </th>
            <td>{t(`glossary:gates.${stage}`)}</td>
            <td className={isOn ? 'gate-on' : 'gate-off'}>
              <span aria-hidden>{isOn ? '●' : '○'}</span> {t(isOn ? 'glossary:gates.on' : 'glossary:gates.off')}
              {isLocked && <span className="quiet"> · {t('glossary:locked')}</span>}
            </td>
            <td>{since}</td>
            <td className="checklist-places">{isModelled ? t('glossary:asDefault') : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
