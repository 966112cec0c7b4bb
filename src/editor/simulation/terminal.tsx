import { useEffect, useRef, useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { isComposing } from '../../kit/composition.ts';
import type { BranchState } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { TextEditor } from './text-editor.tsx';

/** kubectl against the simulated cluster, at the step that is shown: in the past it begins a branch of its own. */
export function Terminal({ branch }: { readonly branch: BranchState }) {
  const t = useText();
  const simulation = useSimulation();
  const isRunning = useSimulationState(({ status }) => status === 'running');
  const [line, setLine] = useState('');
  const [back, setBack] = useState(0);
  const end = useRef<HTMLDivElement>(null);
  const given = branch.terminal.map((entry) => entry.line);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [branch.terminal]);
  const run = (): void => {
    const bare = line.trim().replace(/^kubectl\s+/, '');
    if (bare === '') return;
    simulation.kubectl(bare);
    setLine('');
    setBack(0);
  };
  return (
    <div className="sim-terminal">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <div className="sim-output" tabIndex={0} role="log" aria-label="kubectl">
        {branch.terminal.length === 0 && <p className="quiet">{t('simulation:terminalHint')}</p>}
        {branch.terminal.map((entry) => (
          <div key={entry.token}>
            <p>
              <b>$ kubectl {entry.line}</b>
            </p>
            {entry.stdout !== '' && <pre>{entry.stdout}</pre>}
            {entry.stderr !== '' && <pre className="tone-bad">{entry.stderr}</pre>}
            {entry.editor !== undefined && (
              <TextEditor text={entry.editor} save={(text) => simulation.saveText(entry.token, text)} />
            )}
          </div>
        ))}
        <div ref={end} />
      </div>
      <label className="sim-prompt">
        <span aria-hidden>$ kubectl</span>
        <input
          value={line}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-label={t('simulation:commandLine')}
          placeholder={isRunning ? t('simulation:running') : 'get pods -o wide'}
          onChange={(event) => setLine(event.target.value)}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return;
            const { selectionStart, selectionEnd } = event.currentTarget;
            if (event.key === 'Enter') run();
            else if (event.key === 'c' && event.ctrlKey && selectionStart === selectionEnd) simulation.interrupt();
            else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
              event.preventDefault();
              const next = Math.max(0, Math.min(given.length, back + (event.key === 'ArrowUp' ? 1 : -1)));
              setBack(next);
              setLine(next === 0 ? '' : (given[given.length - next] ?? ''));
            }
          }}
        />
        {branch.terminal.some(({ exitCode, editor }) => exitCode === undefined && editor === undefined) && (
          <Button small onPress={() => simulation.interrupt()}>
            {t('simulation:interrupt')}
          </Button>
        )}
      </label>
    </div>
  );
}
