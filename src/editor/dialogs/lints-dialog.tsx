import { useState } from 'react';
import { useStore } from 'zustand';
import { LINTS } from '../../design/lints/index.ts';
import { LINT_GROUPS } from '../../design/lints/lint.ts';
import type { LintGroup } from '../../design/lints/lint.ts';
import { isSwitchedOn, NO_SWITCHES } from '../../design/lints/switches.ts';
import type { LintSwitches } from '../../design/lints/switches.ts';
import { Button } from '../../kit/button.tsx';
import { Choice, Toggle } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { SeverityIcon } from '../problems/problem-line.tsx';
import { changeSettings, settings } from '../settings.ts';
import { LintConfiguration } from './lint-configuration.tsx';
import { LintsOfDesign } from './lints-of-design.tsx';
import { chooseGroup, chooseLint, groupChoice } from './lint-switching.ts';
import type { GroupChoice } from './lint-switching.ts';

const CHOICES = ['default', 'all', 'none'] as const satisfies readonly GroupChoice[];

/** Which questions of good practice are asked, one by one and by group, each with its reason. */
export default function LintsDialog() {
  const t = useText();
  const switches = useStore(settings, ({ lints }) => lints);
  const [text, setText] = useState('');
  // Checks of a person's own stay as they are: they are switched by their configuration.
  const change = ({ on: chosen, off }: LintSwitches) => changeSettings({ lints: { ...switches, on: chosen, off } });
  const on = LINTS.filter((lint) => isSwitchedOn(lint, switches)).length;
  return (
    <Dialog
      wide
      title={t('dialogs:lintsTitle')}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <output className="quiet lints-count">{t('dialogs:lintsOn', { on, count: LINTS.length })}</output>
          <Button onPress={() => change(NO_SWITCHES)}>{t('dialogs:lintsReset')}</Button>
          <Button look="primary" onPress={closeDialog}>
            {t('shell:close')}
          </Button>
        </>
      }
    >
      <p>{t('dialogs:lintsNote')}</p>
      <LintsOfDesign />
      <input
        className="input"
        type="search"
        aria-label={t('dialogs:lintsSearch')}
        placeholder={t('dialogs:lintsSearch')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {LINT_GROUPS.map((group) => (
        <LintSection key={group} group={group} text={text} switches={switches} onChange={change} />
      ))}
      <LintConfiguration />
    </Dialog>
  );
}

interface LintSectionProps {
  readonly group: LintGroup;
  readonly text: string;
  readonly switches: LintSwitches;
  readonly onChange: (switches: LintSwitches) => void;
}

function LintSection({ group, text, switches, onChange }: LintSectionProps) {
  const t = useText();
  const lints = LINTS.filter((lint) => lint.group === group && isFound(t, lint.id, text));
  if (lints.length === 0) return null;
  return (
    <section className="lint-group" aria-label={t(`dialogs:lintGroup.${group}`)}>
      <div className="lint-group-head">
        <h3>{t(`dialogs:lintGroup.${group}`)}</h3>
        <Choice
          label={t('dialogs:lintGroupChoice', { group: t(`dialogs:lintGroup.${group}`) })}
          labelHidden
          value={groupChoice(group, switches)}
          options={CHOICES.map((id) => ({ id, label: t(`dialogs:lintChoice.${id}`) }))}
          onChange={(choice) => onChange(chooseGroup(group, choice as GroupChoice, LINTS, switches))}
        />
      </div>
      <ul>
        {lints.map((lint) => (
          <li key={lint.id} className="lint">
            <div className="lint-head">
              <Toggle
                label={lint.id}
                value={isSwitchedOn(lint, switches)}
                onChange={(wanted) => onChange(chooseLint(lint, wanted, switches))}
              />
              <SeverityIcon severity={lint.severity} />
            </div>
            <p className="quiet">{t(`problems:lint.${lint.id}.why`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function isFound(t: Text, id: (typeof LINTS)[number]['id'], text: string): boolean {
  const words = `${id} ${t(`problems:lint.${id}.why`)}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.includes(part));
}
