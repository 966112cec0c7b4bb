import { useState } from 'react';
import { useStore } from 'zustand';
import { readLintConfiguration } from '../../design/lints/lint-configuration.ts';
import type { ConfigurationProblem } from '../../design/lints/lint-configuration.ts';
import { Button } from '../../kit/button.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { sentence, useText } from '../i18n.ts';
import { changeSettings, settings } from '../settings.ts';

const NONE: readonly ConfigurationProblem[] = [];

/** A person's own checks, with parameters: kube-linter's configuration, written or pasted here. */
export function LintConfiguration() {
  const t = useText();
  const used = useStore(settings, ({ lintConfiguration }) => lintConfiguration);
  const checks = useStore(settings, ({ lints }) => lints.checks?.length ?? 0);
  const [text, setText] = useState(used);
  const [problems, setProblems] = useState(NONE);
  const use = () => {
    const read = text.trim() === '' ? { switches: { on: [], off: [] }, problems: NONE } : readLintConfiguration(text);
    setProblems(read.problems);
    if (read.problems.length === 0) changeSettings({ lints: read.switches, lintConfiguration: text });
  };
  return (
    <details className="lint-configuration" open={used !== ''}>
      <summary>{t('dialogs:lintConfiguration')}</summary>
      <p className="quiet">{t('dialogs:lintConfigurationNote')}</p>
      <textarea
        className="input"
        rows={8}
        spellCheck={false}
        aria-label={t('dialogs:lintConfiguration')}
        placeholder={EXAMPLE}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button onPress={use}>{t('dialogs:lintConfigurationUse')}</Button>
      <output className="quiet">{t('dialogs:lintConfigurationChecks', { count: checks })}</output>
      {problems.length > 0 && (
        <ul role="alert">
          {problems.map(({ id, field, params }) => (
            <li key={`${id} ${field}`}>
              {field !== '' && <code>{visibleText(field)}</code>} {sentence(t, 'problems', id, params)}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

/** YAML is not translated. */
const EXAMPLE = `customChecks:
- name: team
  template: required-label
  params: {key: ^team$}
  scope: {objectKinds: [DeploymentLike]}
`;
