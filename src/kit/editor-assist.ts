import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { startCompletion } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { documentAround } from './document-around.ts';

/** What could be written at a place of a text. Offsets from 0. */
export interface Offers {
  readonly from: number;
  readonly to: number;
  readonly offers: readonly Offer[];
}

export interface Offer {
  readonly label: string;
  /** Beside it, in small: a type, what it points at. */
  readonly detail?: string;
  /** Opens beside the list. */
  readonly info?: Explanation;
  /** What is written; the label where left out. */
  readonly insert?: string;
  /** Something comes after it that can be offered at once. */
  readonly goesOn?: boolean;
  readonly type: 'field' | 'value' | 'object';
  /** From 1, first; those without come after, in the order of the alphabet. */
  readonly rank?: number;
}

/** What a word of the text means. */
export interface Explanation {
  readonly title: string;
  readonly detail?: string;
  /** Lines; the language they are written in, where it is not the page's. */
  readonly text: readonly { readonly words: string; readonly lang?: string }[];
}

export interface Explained extends Explanation {
  readonly from: number;
  readonly to: number;
}

/** What helps while a text is written; asked for when it is needed, with the document around the cursor. */
export interface EditorAssist {
  /** `explicit`: a person asked for it, rather than typed. */
  offers(text: string, offset: number, explicit: boolean): Promise<Offers | undefined>;
  explain(text: string, offset: number): Promise<Explained | undefined>;
}

/** Letters that go on with a word: the offers stay, and are only sifted. */
const WORD = /^[\w./-]*$/;

export function completionSource(assist: () => EditorAssist | undefined) {
  return async ({ state, pos, explicit }: CompletionContext): Promise<CompletionResult | null> => {
    const { text, start } = documentAround(state.doc, pos);
    const found = await assist()?.offers(text, pos - start, explicit);
    if (!found || found.offers.length === 0) return null;
    return {
      from: start + found.from,
      to: Math.max(start + found.to, pos),
      validFor: WORD,
      options: found.offers.map(({ label, detail, info, insert = label, goesOn, type, rank }) => ({
        label,
        type,
        ...(detail !== undefined && { detail }),
        ...(info && { info: () => explanationElement(info) }),
        ...(rank !== undefined && { boost: 99 - rank }),
        apply: (view: EditorView, _: unknown, from: number, to: number) => {
          view.dispatch({
            changes: { from, to, insert },
            selection: { anchor: from + insert.length },
            userEvent: 'input.complete',
            scrollIntoView: true,
          });
          if (goesOn) startCompletion(view);
        },
      })),
    };
  };
}

export function explanationElement({ title, detail, text }: Explanation): HTMLElement {
  const element = document.createElement('div');
  element.className = 'cm-explanation';
  const head = element.appendChild(document.createElement('p'));
  head.appendChild(document.createElement('b')).textContent = title;
  if (detail !== undefined) head.appendChild(document.createElement('span')).textContent = ` ${detail}`;
  for (const { words, lang } of text) {
    const line = element.appendChild(document.createElement('p'));
    line.textContent = words;
    if (lang !== undefined) line.lang = lang;
  }
  return element;
}
