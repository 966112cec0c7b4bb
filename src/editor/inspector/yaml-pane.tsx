import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { COMMANDS } from '../../design/commands/index.ts';
import type { CommandRefusal } from '../../design/commands/command.ts';
import type { DesignRecord, RecordId } from '../../design/design.ts';
import { documentOf } from '../../design/records.ts';
import { Button } from '../../kit/button.tsx';
import type { Workspace } from '../../workspace/workspace.ts';
import { useText } from '../i18n.ts';
import { refusalText } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

const CodeEditor = lazy(() => import('../../kit/code-editor.tsx'));

/** A pause this long while typing takes the text over, when it reads. */
const PAUSE_MS = 1200;

/** Text that did not read yet, by record: it outlives the pane, so that looking elsewhere loses nothing. */
const drafts = new Map<RecordId, string>();

/** Why a draft cannot be taken over; undefined when it can, or when it is what stands there. */
function refusalOf(workspace: Workspace, record: RecordId, text: string): CommandRefusal | undefined {
  const outcome = workspace.preview(COMMANDS.editText, { record, text });
  return 'refused' in outcome && outcome.refused !== 'command.noChange' ? outcome : undefined;
}

/** The text of the document an object stands in. Broken text stays here, with its line, and the design stays whole. */
export function YamlPane({ record }: { readonly record: DesignRecord }) {
  const t = useText();
  const workspace = useWorkspace();
  const text = useWorkspaceState(({ design }) => documentOf(design, record).text);
  const [draft, setDraft] = useState(() => drafts.get(record.id) ?? text);
  const [refusal, setRefusal] = useState(() => refusalOf(workspace, record.id, draft));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const taken = useRef(text);

  const commit = (next: string) => {
    clearTimeout(timer.current);
    if (next === taken.current) {
      drafts.delete(record.id);
      setRefusal(undefined);
      return;
    }
    const refused = workspace.run(COMMANDS.editText, { record: record.id, text: next });
    const broken = refused?.refused === 'command.noChange' ? undefined : refused;
    setRefusal(broken);
    if (broken) drafts.set(record.id, next);
    else {
      drafts.delete(record.id);
      taken.current = next;
    }
  };
  const change = (next: string) => {
    setDraft(next);
    drafts.set(record.id, next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(next), PAUSE_MS);
  };
  // The text changed under the pane (a form, undo): show it, unless a draft of its own is still broken.
  useEffect(() => {
    if (text === taken.current) return;
    taken.current = text;
    clearTimeout(timer.current);
    drafts.delete(record.id);
    setDraft(text);
    setRefusal(undefined);
  }, [text, record.id]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const line = refusal?.params?.['line'];
  const message = refusal && refusalText(t, refusal);
  const problem = message === undefined ? undefined : { line: typeof line === 'number' ? line : 1, message };
  return (
    <div className="yaml-pane">
      {problem && (
        <div className="yaml-problem" role="alert">
          <p>
            {typeof line === 'number' && <b>{t('inspector:line', { line })} </b>}
            {problem.message}
          </p>
          <p className="quiet">{t('inspector:draftKept')}</p>
          <Button
            small
            onPress={() => {
              drafts.delete(record.id);
              setDraft(text);
              setRefusal(undefined);
            }}
          >
            {t('inspector:revert')}
          </Button>
        </div>
      )}
      {record.path.length > 0 && <p className="quiet yaml-note">{t('inspector:partOfList')}</p>}
      <Suspense fallback={<pre className="yaml-loading">{text}</pre>}>
        <CodeEditor
          label={t('inspector:yamlLabel')}
          value={draft}
          problem={problem}
          onChange={change}
          onCommit={commit}
        />
      </Suspense>
    </div>
  );
}
