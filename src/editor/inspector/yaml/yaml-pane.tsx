import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { CommandRefusal } from '../../../design/commands/command.ts';
import type { DesignRecord, RecordId } from '../../../design/design.ts';
import { documentOf } from '../../../design/records.ts';
import { Button } from '../../../kit/button.tsx';
import type { Workspace } from '../../../workspace/workspace.ts';
import type { TextMarkView } from '../../../kit/code-editor.tsx';
import { useText } from '../../i18n.ts';
import { usePage } from '../../page-state.ts';
import { showInPane } from '../../problems/go-to-problem.ts';
import { problemWords } from '../../problems/problem-text.ts';
import { refusalText } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { shownOffset, toFile, toShown } from './line-ends.ts';
import { useEditorAssist, usePhrases } from './use-editor-help.ts';
import { fieldOffset, textMarks } from './yaml-marks.ts';

const CodeEditor = lazy(() => import('../../../kit/code-editor.tsx'));

/** A pause this long while typing takes the text over, when it reads. */
const PAUSE_MS = 500;

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

  const marks = useMarks(record, draft === text && !refusal);
  const cursor = useCursor(record, draft === text);
  const assist = useEditorAssist(record);
  const phrases = usePhrases();

  const line = refusal?.params?.['line'];
  const message = refusal && refusalText(t, refusal);
  const problem = message === undefined ? undefined : { line: typeof line === 'number' ? line : 1, message };
  return (
    <div className="yaml-pane">
      {record.path.length > 0 && <p className="quiet yaml-note">{t('inspector:partOfList')}</p>}
      <Suspense fallback={<pre className="yaml-loading">{text}</pre>}>
        <CodeEditor
          label={t('inspector:yamlLabel')}
          value={toShown(draft)}
          problem={problem}
          marks={marks}
          cursor={cursor}
          assist={assist}
          phrases={phrases}
          onChange={(next) => change(toFile(next, text))}
          onCommit={(next) => commit(toFile(next, text))}
        />
      </Suspense>
      {/* Beneath the text: it comes and goes while somebody types, and must not move the line. */}
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
    </div>
  );
}

const SHOWN = { error: 'error', warning: 'warning', info: 'info' } as const;
const NO_MARKS: readonly TextMarkView[] = [];

/** The problems of the document at their places in the text, while the text is the design's own. */
function useMarks(record: DesignRecord, current: boolean): readonly TextMarkView[] {
  const t = useText();
  const design = useWorkspaceState((state) => state.design);
  const problems = useWorkspaceState((state) => state.problems);
  return useMemo(() => {
    if (!current) return NO_MARKS;
    const { text } = documentOf(design, record);
    return textMarks(design, record, problems).map(({ from, to, problem }) => {
      const { sentence, server } = problemWords(t, problem);
      return {
        from: shownOffset(text, from),
        to: shownOffset(text, to),
        severity: SHOWN[problem.severity],
        message: server === undefined ? sentence : `${sentence}\n${server}`,
        action: { name: t('problems:showInPane'), run: () => showInPane(problem) },
      };
    });
  }, [design, record, problems, current, t]);
}

/** Requests that a text answered. */
let answered = 0;

/** Where the cursor is asked to go; once for each request. */
function useCursor(
  record: DesignRecord,
  current: boolean,
): { readonly offset: number; readonly request: number } | undefined {
  const design = useWorkspaceState((state) => state.design);
  const wanted = usePage(({ field }) => (field?.record === record.id ? field : undefined));
  const cursor = useMemo(
    () =>
      wanted && current && wanted.request > answered
        ? {
            offset: shownOffset(documentOf(design, record).text, fieldOffset(design, record, wanted.path)),
            request: wanted.request,
          }
        : undefined,
    [design, record, wanted, current],
  );
  useEffect(() => {
    if (cursor) answered = cursor.request;
  }, [cursor]);
  return cursor;
}
