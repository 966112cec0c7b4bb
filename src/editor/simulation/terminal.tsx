import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { isComposing } from '../../kit/composition.ts';
import type { BranchState } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { keepLine, keptLines } from './terminal-history.ts';
import { TextEditor } from './text-editor.tsx';

/** kubectl against the simulated cluster, at the step that is shown: in the past it begins a branch of its own. */
export function Terminal({ branch }: { readonly branch: BranchState }) {
  const t = useText();
  const simulation = useSimulation();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [branch.terminal]);
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
      <Prompt
        hasOpenLines={branch.terminal.some(({ exitCode, editor }) => exitCode === undefined && editor === undefined)}
      />
    </div>
  );
}

/** The line that is typed: Tab completes it, arrows bring back the lines of before, also of other runs. */
function Prompt({ hasOpenLines }: { readonly hasOpenLines: boolean }) {
  const t = useText();
  const simulation = useSimulation();
  const isRunning = useSimulationState(({ status }) => status === 'running');
  const [line, setLine] = useState('');
  const [back, setBack] = useState(0);
  const [candidates, setCandidates] = useState<readonly string[]>([]);
  const list = useId();
  const typed = useRef(line);
  const put = (next: string): void => {
    typed.current = next;
    setLine(next);
  };
  const run = (): void => {
    const bare = line.trim().replace(/^kubectl\s+/, '');
    if (bare === '') return;
    keepLine(bare);
    simulation.kubectl(bare);
    put('');
    setBack(0);
    setCandidates([]);
  };
  const complete = async (): Promise<void> => {
    const asked = line;
    const bare = asked.replace(/^kubectl\s+/, '');
    const { from, candidates: found } = await simulation.look({ type: 'completion', line: bare });
    if (typed.current !== asked) return;
    const common = commonStart(found);
    const begin = bare.slice(0, from);
    if (common.length > bare.length - from) put(begin + common + (found.length === 1 ? afterWord(common) : ''));
    setCandidates(found.length > 1 ? found : []);
  };
  const recall = (by: number): void => {
    const lines = keptLines();
    const next = Math.max(0, Math.min(lines.length, back + by));
    setBack(next);
    put(next === 0 ? '' : (lines[lines.length - next] ?? ''));
    setCandidates([]);
  };
  return (
    <>
      {candidates.length > 0 && (
        <ul id={list} className="sim-candidates" aria-label={t('rehearsal:candidates')}>
          {candidates.map((candidate) => (
            <li key={candidate}>{candidate}</li>
          ))}
        </ul>
      )}
      <label className="sim-prompt">
        <span aria-hidden>$ kubectl</span>
        <input
          value={line}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-label={t('simulation:commandLine')}
          aria-describedby={candidates.length > 0 ? list : undefined}
          placeholder={isRunning ? t('simulation:running') : 'get pods -o wide'}
          onChange={(event) => {
            put(event.target.value);
            setCandidates([]);
          }}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return;
            const { selectionStart, selectionEnd } = event.currentTarget;
            if (event.key === 'c' && event.ctrlKey && selectionStart === selectionEnd) return simulation.interrupt();
            // An empty line has nothing to complete: Tab goes on to what comes next on the page.
            const isTab = event.key === 'Tab' && !event.shiftKey && line.trim() !== '';
            if (event.key === 'Enter') return run();
            if (!isTab && event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            if (isTab) void complete();
            else recall(event.key === 'ArrowUp' ? 1 : -1);
          }}
        />
        {hasOpenLines && (
          <Button small onPress={() => simulation.interrupt()}>
            {t('simulation:interrupt')}
          </Button>
        )}
        <small className="quiet">{t('rehearsal:completionHint')}</small>
      </label>
    </>
  );
}

/** After a whole word comes a space; after `deployment/` and `--output=` what they begin. */
function afterWord(word: string): string {
  return /[=/]$/.test(word) ? '' : ' ';
}

function commonStart(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  let length = first.length;
  for (const word of rest) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
