import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { Annotation, EditorState } from '@codemirror/state';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { completionSource, explanationElement } from './editor-assist.ts';
import type { EditorAssist } from './editor-assist.ts';
import { HIGHLIGHT, THEME } from './editor-look.ts';
import { yamlEnter } from './yaml-enter.ts';

/** Something said of a stretch of the text; offsets from 0. */
export interface TextMarkView {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** A button beside the message. */
  readonly action?: { readonly name: string; readonly run: () => void };
}

interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  /** What is wrong with the text as it stands, at a line counted from 1. */
  readonly problem?: { readonly line: number; readonly message: string } | undefined;
  /** What is said of the text while it reads. */
  readonly marks?: readonly TextMarkView[];
  /** Puts the cursor somewhere and shows it; the number makes each request a new one. */
  readonly cursor?:
    | { readonly offset: number; readonly request: number; /** Without taking the focus. */ readonly quietly?: boolean }
    | undefined;
  readonly readOnly?: boolean;
  /** Offers and explanations while somebody writes. */
  readonly assist?: EditorAssist | undefined;
  /** Words of the editor itself in the language of the page, by the English ones. */
  readonly phrases?: Readonly<Record<string, string>>;
  /** Where the cursor of a person is, an offset from 0; not told when the text or `cursor` moves it. */
  readonly onCursor?: (offset: number) => void;
  readonly onChange: (text: string) => void;
  /** Leaving the editor, or Mod+S. */
  readonly onCommit: (text: string) => void;
}

/** A change that the page makes, not the person who types. */
const FROM_PAGE = Annotation.define<boolean>();

/** A YAML editor. It stands in a shadow root, so that its styles are adopted sheets and no style elements (CSP). */
export default function CodeEditor(props: CodeEditorProps) {
  const { label, value, problem, marks, cursor, readOnly, phrases, assist, onChange, onCommit, onCursor } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  /** Texts that the page was told of since it last gave one of its own, oldest first. */
  const told = useRef<string[]>([]);
  const handlers = useRef({ onChange, onCommit, onCursor, assist });
  handlers.current = { onChange, onCommit, onCursor, assist };

  useEffect(() => {
    const element = host.current!;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          codeFolding(),
          foldGutter(),
          search(),
          highlightSelectionMatches(),
          autocompletion({ override: [completionSource(() => handlers.current.assist)], icons: false }),
          hoverTooltip(async ({ state }, at) => {
            const found = await handlers.current.assist?.explain(state.doc.toString(), at);
            if (!found) return null;
            const dom = explanationElement(found);
            dom.classList.add('cm-explanation-tooltip');
            return { pos: found.from, end: found.to, above: true, create: () => ({ dom }) };
          }),
          EditorState.phrases.of(phrases ?? {}),
          highlightActiveLine(),
          indentUnit.of('  '),
          yaml(),
          syntaxHighlighting(HIGHLIGHT),
          THEME,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorState.readOnly.of(readOnly ?? false),
          keymap.of([
            {
              key: 'Mod-s',
              run: (at) => (handlers.current.onCommit(at.state.doc.toString()), true),
              preventDefault: true,
            },
            ...completionKeymap,
            { key: 'Enter', run: yamlEnter },
            ...searchKeymap,
            ...foldKeymap,
            indentWithTab,
            ...defaultKeymap,
            ...historyKeymap,
            ...lintKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            const isOwn = update.transactions.some((one) => one.annotation(FROM_PAGE));
            if (update.docChanged && !isOwn) {
              const text = update.state.doc.toString();
              told.current.push(text);
              handlers.current.onChange(text);
            }
            const isMoved = update.selectionSet || update.docChanged;
            if (isMoved && !isOwn) handlers.current.onCursor?.(update.state.selection.main.head);
          }),
          EditorView.domEventHandlers({
            blur: (_, at) => {
              // The search panel and lists of the editor are part of it.
              requestAnimationFrame(() => {
                if (!at.dom.contains(at.root.activeElement)) handlers.current.onCommit(at.state.doc.toString());
              });
            },
          }),
        ],
      }),
    });
    // A keyboard scrolls the text through it; axe does not see that the text inside takes the focus.
    editor.scrollDOM.tabIndex = 0;
    view.current = editor;
    return () => editor.destroy();
    // The editor is made once for its record; text and problems reach it through the effects below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [label, readOnly, phrases]);

  useEffect(() => {
    const editor = view.current;
    // What was typed comes back as a value, late when somebody types fast: it must not undo what was typed since.
    const at = told.current.lastIndexOf(value);
    if (at >= 0) {
      told.current = told.current.slice(at);
      return;
    }
    told.current = [];
    const changes = editor && smallestChange(editor.state.doc.toString(), value);
    // Only what differs is replaced, so that the cursor, the folds and the marks of everything else stay.
    if (editor && changes) editor.dispatch({ changes, annotations: FROM_PAGE.of(true) });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    const line = problem && doc.line(Math.min(Math.max(1, problem.line), doc.lines));
    const said: Diagnostic[] =
      line && problem
        ? [{ from: line.from, to: line.to, severity: 'error', message: problem.message }]
        : (marks ?? [])
            .filter(({ to }) => to <= doc.length)
            .map(({ action, ...mark }) => ({
              ...mark,
              ...(action && { actions: [{ name: action.name, apply: () => action.run() }] }),
            }));
    editor.dispatch(setDiagnostics(editor.state, said));
  }, [problem, marks]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !cursor) return;
    const at = Math.min(cursor.offset, editor.state.doc.length);
    editor.dispatch({
      annotations: FROM_PAGE.of(true),
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
    });
    if (!cursor.quietly) editor.focus();
  }, [cursor]);

  return <div ref={host} className="code-editor" />;
}

/** The stretch in which two texts differ; undefined where they are the same. */
function smallestChange(before: string, after: string): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let end = 0;
  while (end < most - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
