import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';

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
  readonly cursor?: { readonly offset: number; readonly request: number } | undefined;
  readonly readOnly?: boolean;
  readonly onChange: (text: string) => void;
  /** Leaving the editor, or Mod+S. */
  readonly onCommit: (text: string) => void;
}

/** A YAML editor. It stands in a shadow root, so that its styles are adopted sheets and no style elements (CSP). */
export default function CodeEditor(props: CodeEditorProps) {
  const { label, value, problem, marks, cursor, readOnly, onChange, onCommit } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const handlers = useRef({ onChange, onCommit });
  handlers.current = { onChange, onCommit };

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
            indentWithTab,
            ...defaultKeymap,
            ...historyKeymap,
            ...lintKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) handlers.current.onChange(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({
            blur: (_, at) => handlers.current.onCommit(at.state.doc.toString()),
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
  }, [label, readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
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
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    editor.focus();
  }, [cursor]);

  return <div ref={host} className="code-editor" />;
}

const THEME = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', backgroundColor: 'transparent', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-3)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 26%, transparent) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    color: 'var(--ink)',
  },
  '.cm-diagnostic': { padding: '4px 8px', whiteSpace: 'pre-wrap', maxWidth: '420px', fontFamily: 'var(--sans)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--warn)' },
  '.cm-diagnostic-info': { borderLeft: '3px solid var(--accent)' },
  '.cm-diagnosticAction': {
    display: 'block',
    margin: '4px 0 0',
    padding: '0',
    backgroundColor: 'transparent',
    color: 'var(--accent)',
    textDecoration: 'underline',
    cursor: 'pointer',
  },
});

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--workload)' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--network)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: 'var(--ink-3)' },
]);
