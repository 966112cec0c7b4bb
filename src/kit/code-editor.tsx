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
import type { Text } from '@codemirror/state';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { documentAround } from './document-around.ts';
import { completionSource, explanationElement } from './editor-assist.ts';
import type { EditorAssist } from './editor-assist.ts';
import { HIGHLIGHT, THEME } from './editor-look.ts';
import { smallestChange } from './smallest-change.ts';
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

/** A text that the page gives; each is a new value, even where its letters are those of one before. */
export interface GivenText {
  readonly text: string;
}

/** Reads what stands in the editor at some moment; put together only for who asks, for a text may be of megabytes. */
export type ReadText = () => string;

interface CodeEditorProps {
  readonly label: string;
  /** What the page last gave. What is typed stands in the editor alone. */
  readonly value: GivenText;
  /** What is wrong with the text as it stands, at a line counted from 1. */
  readonly problem?: { readonly line: number; readonly message: string } | undefined;
  /** What is said of the text while it reads. */
  readonly marks?: readonly TextMarkView[];
  /** Puts the cursor somewhere and shows it; the number makes each request a new one. */
  readonly cursor?:
    | { readonly offset: number; readonly request: number; /** Without taking the focus. */ readonly quietly?: boolean }
    | undefined;
  /** Offers and explanations while somebody writes. */
  readonly assist?: EditorAssist | undefined;
  /** Words of the editor itself in the language of the page, by the English ones. */
  readonly phrases?: Readonly<Record<string, string>>;
  /** Where the cursor of a person is, an offset from 0; not told when the text or `cursor` moves it. */
  readonly onCursor?: (offset: number) => void;
  readonly onChange: (read: ReadText) => void;
  /** Leaving the editor, or Mod+S. */
  readonly onCommit: (read: ReadText) => void;
}

/** A change that the page makes, not the person who types. */
const FROM_PAGE = Annotation.define<boolean>();

/** A YAML editor. It stands in a shadow root, so that its styles are adopted sheets and no style elements (CSP). */
export default function CodeEditor(props: CodeEditorProps) {
  const { label, value, problem, marks, cursor, phrases, assist, onChange, onCommit, onCursor } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  /** The text of the page that stands in the editor, or stood there before somebody typed. */
  const given = useRef(value);
  const handlers = useRef({ onChange, onCommit, onCursor, assist });
  handlers.current = { onChange, onCommit, onCursor, assist };

  useEffect(() => {
    const element = host.current!;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        // Made anew, in another language, it goes on with what stands in it.
        doc: view.current?.state.doc ?? value.text,
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
            const { text, start } = documentAround(state.doc, at);
            const found = await handlers.current.assist?.explain(text, at - start);
            if (!found) return null;
            const dom = explanationElement(found);
            dom.classList.add('cm-explanation-tooltip');
            return { pos: start + found.from, end: start + found.to, above: true, create: () => ({ dom }) };
          }),
          EditorState.phrases.of(phrases ?? {}),
          highlightActiveLine(),
          indentUnit.of('  '),
          yaml(),
          syntaxHighlighting(HIGHLIGHT),
          THEME,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          keymap.of([
            {
              key: 'Mod-s',
              run: (at) => (handlers.current.onCommit(readerOf(at.state.doc)), true),
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
            if (update.docChanged && !isOwn) handlers.current.onChange(readerOf(update.state.doc));
            const isMoved = update.selectionSet || update.docChanged;
            if (isMoved && !isOwn) handlers.current.onCursor?.(update.state.selection.main.head);
          }),
          EditorView.domEventHandlers({
            blur: (_, at) => {
              // The search panel and lists of the editor are part of it.
              requestAnimationFrame(() => {
                if (!at.dom.contains(at.root.activeElement)) handlers.current.onCommit(readerOf(at.state.doc));
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
  }, [label, phrases]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || given.current === value) return;
    given.current = value;
    const changes = smallestChange(editor.state.doc.toString(), value.text);
    // Only what differs is replaced, so that the cursor, the folds and the marks of everything else stay.
    if (changes) editor.dispatch({ changes, annotations: FROM_PAGE.of(true) });
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

/** The text is put together once, however many ask. */
function readerOf(doc: Text): ReadText {
  let text: string | undefined;
  return () => (text ??= doc.toString());
}
