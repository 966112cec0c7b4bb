import type { EditorView } from '@codemirror/view';

/** Enter in YAML: a line below a key that has no value yet begins deeper, one below an item begins at the item's own keys. */
export function yamlEnter(view: EditorView): boolean {
  const { state } = view;
  const { main } = state.selection;
  if (state.readOnly || state.selection.ranges.length > 1) return false;
  const line = state.doc.lineAt(main.from);
  const indent = ' '.repeat(indentBelow(line.text.slice(0, main.from - line.from)));
  const spaces = /^ */.exec(line.text.slice(main.to - line.from))![0].length;
  const to = main.to > line.to ? main.to : main.to + spaces;
  view.dispatch({
    changes: { from: main.from, to, insert: state.lineBreak + indent },
    selection: { anchor: main.from + state.lineBreak.length + indent.length },
    userEvent: 'input',
    scrollIntoView: true,
  });
  return true;
}

/** Columns before the next line, by what stands before the cursor. */
export function indentBelow(before: string): number {
  const [, spaces = '', dashes = ''] = /^( *)((?:- +)*)/.exec(before) ?? [];
  const rest = before.slice(spaces.length + dashes.length);
  const opens = /(?:^|\s)?:\s*(?:[|>][-+0-9]*)?\s*(?:#.*)?$/.test(rest) && rest !== '';
  return spaces.length + dashes.length + (opens ? 2 : 0);
}
