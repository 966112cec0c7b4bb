import { lazy, Suspense, useEffect, useMemo } from 'react';
import type { CommandRefusal } from '../../../design/commands/command.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { DesignRecord, RecordId } from '../../../design/design.ts';
import { documentOf } from '../../../design/records.ts';
import type { TextMarkView } from '../../../kit/code-editor.tsx';
import type { Workspace } from '../../../workspace/workspace.ts';
import { useText } from '../../i18n.ts';
import { usePage } from '../../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { DraftProblem, draftProblem } from './draft-problem.tsx';
import { shownOffset } from './line-ends.ts';
import { useDraft } from './use-draft.ts';
import { useEditorAssist, usePhrases } from './use-editor-help.ts';
import { fieldOffset, markView, textMarks } from './yaml-marks.ts';

const CodeEditor = lazy(() => import('../../../kit/code-editor.tsx'));

/** Why a text cannot be taken over; undefined when it can, or when it is what stands there. */
function refusalOf(workspace: Workspace, record: RecordId, text: string): CommandRefusal | undefined {
  const outcome = workspace.preview(COMMANDS.editText, { record, text });
  return 'refused' in outcome ? outcome : undefined;
}

/** The text of the document an object stands in. Broken text stays here, with its line, and the design stays whole. */
export function YamlPane({ record }: { readonly record: DesignRecord }) {
  const t = useText();
  const workspace = useWorkspace();
  const text = useWorkspaceState(({ design }) => documentOf(design, record).text);
  const { shown, refusal, isCurrent, change, commit, revert } = useDraft({
    name: record.id,
    text,
    check: (next) => refusalOf(workspace, record.id, next),
    take: (next) => workspace.run(COMMANDS.editText, { record: record.id, text: next }),
  });
  const marks = useMarks(record, isCurrent);
  const cursor = useCursor(record, isCurrent);
  const assist = useEditorAssist(record);
  const phrases = usePhrases();
  const problem = refusal && { line: 1, ...draftProblem(t, refusal) };
  return (
    <div className="yaml-pane">
      {record.path.length > 0 && <p className="quiet yaml-note">{t('inspector:partOfList')}</p>}
      <Suspense fallback={<pre className="yaml-loading">{text}</pre>}>
        <CodeEditor
          label={t('inspector:yamlLabel')}
          value={shown}
          problem={problem}
          marks={marks}
          cursor={cursor}
          assist={assist}
          phrases={phrases}
          onChange={change}
          onCommit={commit}
        />
      </Suspense>
      {refusal && <DraftProblem refusal={refusal} onRevert={revert} />}
    </div>
  );
}

const NO_MARKS: readonly TextMarkView[] = [];

/** The problems of the document at their places in the text, while the text is the design's own. */
function useMarks(record: DesignRecord, current: boolean): readonly TextMarkView[] {
  const t = useText();
  const design = useWorkspaceState((state) => state.design);
  const problems = useWorkspaceState((state) => state.problems);
  return useMemo(() => {
    if (!current) return NO_MARKS;
    const { text } = documentOf(design, record);
    return textMarks(design, record, problems).map((mark) => markView(t, text, mark));
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
