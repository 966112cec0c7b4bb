import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import type { CommandRefusal } from '../../../design/commands/command.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { Design, DesignFile, RecordId } from '../../../design/design.ts';
import { fileText } from '../../../design/records.ts';
import { visibleText } from '../../../kit/visible-text.ts';
import { useText } from '../../i18n.ts';
import { DraftProblem, draftProblem } from '../../inspector/yaml/draft-problem.tsx';
import { useDraft } from '../../inspector/yaml/use-draft.ts';
import { useEditorAssist, usePhrases } from '../../inspector/yaml/use-editor-help.ts';
import { page, reveal } from '../../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { recordAt, recordPlaces } from './file-places.ts';
import { useFileMarks } from './use-file-marks.ts';

const CodeEditor = lazy(() => import('../../../kit/code-editor.tsx'));

/** One file, whole. The card of the object around the cursor is selected, and the cursor goes to what is selected. */
export function FileText({ file }: { readonly file: DesignFile }) {
  const t = useText();
  const workspace = useWorkspace();
  const { path } = file;
  const design = useWorkspaceState((state) => state.design);
  const text = useMemo(() => fileText(design, file), [design, file]);
  const { shown, refusal, isCurrent, change, commit, revert } = useDraft({
    name: `file ${path}`,
    text,
    check: (next): CommandRefusal | undefined => {
      const outcome = workspace.preview(COMMANDS.editFile, { path, text: next });
      return 'refused' in outcome ? outcome : undefined;
    },
    take: (next) => workspace.run(COMMANDS.editFile, { path, text: next }),
  });
  const marks = useFileMarks(file, { isCurrent, isRefused: refusal !== undefined });
  const places = usePlaces(design, file);
  const { cursor, follow } = useFollow(places, isCurrent);
  const assist = useEditorAssist();
  const phrases = usePhrases();
  return (
    <div className="yaml-pane">
      <Suspense fallback={<pre className="yaml-loading">{text.slice(0, 10_000)}</pre>}>
        <CodeEditor
          label={t('yaml:fileLabel', { file: visibleText(path) })}
          value={shown}
          problem={refusal && { line: 1, ...draftProblem(t, refusal) }}
          marks={marks}
          cursor={cursor}
          assist={assist}
          phrases={phrases}
          onCursor={follow}
          onChange={change}
          onCommit={commit}
        />
      </Suspense>
      {refusal && <DraftProblem refusal={refusal} onRevert={revert} />}
    </div>
  );
}

interface Places {
  readonly places: ReturnType<typeof recordPlaces>;
  /** They are those of the text that is shown. */
  readonly areNew: boolean;
}

/** Where the objects stand, a moment after the text. */
function usePlaces(design: Design, { path }: DesignFile): Places {
  const soon = useDeferredValue(design);
  const places = useMemo(() => {
    const file = soon.files.get(path);
    return file ? recordPlaces(soon, file) : [];
  }, [soon, path]);
  return { places, areNew: soon === design };
}

interface Cursor {
  readonly offset: number;
  readonly request: number;
  readonly quietly: true;
}

/** Joins cursor and selection: each follows the other, and neither answers itself. */
function useFollow({ places, areNew }: Places, isCurrent: boolean) {
  const workspace = useWorkspace();
  const only = useWorkspaceState(({ selection }) => (selection.size === 1 ? [...selection][0] : undefined));
  /** What the cursor itself selected last. */
  const [own, setOwn] = useState<RecordId | undefined>(undefined);
  const [cursor, setCursor] = useState<Cursor | undefined>(undefined);
  const [seen, setSeen] = useState<RecordId | undefined>(undefined);
  if (only !== seen && areNew) {
    setSeen(only);
    if (only !== own) setOwn(undefined);
    const place = only === own ? undefined : places.find(({ record }) => record === only);
    if (place) setCursor({ offset: place.from, request: (cursor?.request ?? 0) + 1, quietly: true });
  }
  const follow = (offset: number): void => {
    const record = isCurrent ? recordAt(places, offset) : undefined;
    if (record === undefined || record === only) return;
    setOwn(record);
    page.setState({ edge: undefined });
    workspace.select([record]);
    reveal(record);
  };
  return { cursor, follow };
}
