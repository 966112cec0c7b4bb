import { useEffect, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { nameOf } from '../../apimachinery/object.ts';
import type { ApplyFixArguments } from '../../design/commands/apply-fix.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import type { Fix } from '../../design/fixes/fix.ts';
import type { Problem } from '../../design/problem.ts';
import { Button } from '../../kit/button.tsx';
import { Toggle } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { ProblemWordsView, SeverityIcon } from '../problems/problem-line.tsx';
import { problemReason } from '../problems/problem-text.ts';
import { problemKey } from '../problems/problem-key.ts';
import { fixesOf } from '../problems/use-fixes.ts';
import { refusalText, runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { ChangedFiles } from './changed-files.tsx';
import { FixNotes, fixText } from './fix-words.tsx';

/** What can be done about a problem, with the exact lines it would write; done only when a person says so. */
export function FixDialog({ problem }: { readonly problem: Problem }) {
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const [fixes, setFixes] = useState<readonly Fix[] | undefined>(undefined);
  const [chosen, setChosen] = useState(0);
  const [all, setAll] = useState(false);
  useEffect(() => {
    let current = true;
    void fixesOf(workspace, problem).then((found) => current && setFixes(found));
    return () => {
      current = false;
    };
  }, [workspace, problem, design]);
  const fix = fixes?.[chosen] ?? fixes?.[0];
  const others = useFixesAlike(problem, all ? fix : undefined);
  const record = design.records.get(problem.record);
  const alike = useWorkspaceState(({ problems }) =>
    problems.reduce((sum, { id }) => sum + Number(id === problem.id), 0),
  );
  if (!record) return null;
  const args = fix && { fixes: all ? (others ?? []) : [{ record: problem.record, fix }] };
  const outcome = args && args.fixes.length > 0 ? workspace.preview(COMMANDS.applyFixes, args) : undefined;
  const reason = problemReason(t, problem);
  const ready = outcome !== undefined && !('refused' in outcome);
  const apply = () => {
    if (!args) return;
    closeDialog();
    const [only] = args.fixes;
    if (args.fixes.length === 1 && only) runCommand(workspace, COMMANDS.applyFix, only, t);
    else runCommand(workspace, COMMANDS.applyFixes, args, t);
  };
  return (
    <Dialog
      wide
      title={t('dialogs:fixTitle', { kind: record.object.kind, name: visibleText(nameOf(record.object)) })}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{t('shell:cancel')}</Button>
          {/* The dialog was opened to press this; it takes the focus once it can be pressed. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <Button key={String(ready)} look="primary" disabled={!ready} autoFocus={ready} onPress={apply}>
            {all ? t('dialogs:fixCount', { count: others?.length ?? 0 }) : t('dialogs:fix')}
          </Button>
        </>
      }
    >
      <p className="fix-problem">
        <SeverityIcon severity={problem.severity} />
        <ProblemWordsView problem={problem} />
      </p>
      {reason !== undefined && <p className="quiet">{reason}</p>}
      {fixes?.length === 0 && <p>{t('dialogs:fixNone')}</p>}
      {fixes && fixes.length > 1 && !all && (
        <RadioGroup className="meanings" value={String(chosen)} onChange={(value) => setChosen(Number(value))}>
          <Label className="field-label">{t('dialogs:fixWay')}</Label>
          {fixes.map((way, at) => (
            <Radio key={fixText(t, way)} value={String(at)} className="meaning">
              <span className="meaning-mark" />
              {fixText(t, way)}
            </Radio>
          ))}
        </RadioGroup>
      )}
      {fix && (fixes?.length === 1 || all) && <p className="fix-words">{fixText(t, fix)}</p>}
      {fix && alike > 1 && problem.id !== 'object.invalid' && (
        <Toggle label={t('dialogs:fixAll', { count: alike })} value={all} onChange={setAll} />
      )}
      {fix && <FixNotes fix={fix} />}
      {all && others === undefined && <p className="quiet">{t('dialogs:fixLooking')}</p>}
      {outcome && 'refused' in outcome && <p className="field-error">{refusalText(t, outcome)}</p>}
      {outcome && !('refused' in outcome) && <ChangedFiles before={design} after={outcome.design} />}
    </Dialog>
  );
}

/** Milliseconds of work between two pauses, so that the page stays quick while hundreds are looked at. */
const SLICE_MS = 12;

/** The same fix for every problem of the same kind; undefined while they are looked for, and where nobody asks. */
function useFixesAlike(problem: Problem, fix: Fix | undefined): readonly ApplyFixArguments[] | undefined {
  const workspace = useWorkspace();
  const [found, setFound] = useState<{ readonly of: Fix; readonly fixes: readonly ApplyFixArguments[] } | undefined>();
  useEffect(() => {
    if (!fix) return undefined;
    let current = true;
    const look = async () => {
      const fixes: ApplyFixArguments[] = [{ record: problem.record, fix }];
      const own = problemKey(problem);
      let pause = performance.now() + SLICE_MS;
      for (const other of workspace.store.getState().problems) {
        if (other.id !== problem.id || problemKey(other) === own) continue;
        const alike = (await fixesOf(workspace, other)).find(({ id }) => id === fix.id);
        if (alike) fixes.push({ record: other.record, fix: alike });
        if (performance.now() > pause) {
          await new Promise((resolve) => setTimeout(resolve, 0));
          pause = performance.now() + SLICE_MS;
        }
        if (!current) return;
      }
      setFound({ of: fix, fixes });
    };
    void look();
    return () => {
      current = false;
    };
  }, [workspace, problem, fix]);
  return found && found.of === fix ? found.fixes : undefined;
}
