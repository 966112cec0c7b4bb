/** The `yaml` library's parser, stopped at its first error. */
import { Composer, Parser } from 'yaml';
import type { Document, Node } from 'yaml';
import { ReadError } from './reading.ts';
import { parseableText } from './tree-text.ts';

const OPTIONS = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

/** Characters beyond which a text is parsed piece by piece, so that one full of errors is not parsed to its end. */
const FIRST_PIECE = 1 << 18;
/** An error this close to the end of a piece may come from its being cut. */
const NEAR_CUT = 1 << 16;

/**
 * The root of a document, null for an empty one. Scalars keep their source, nothing is resolved; offsets are those of
 * `text`. Throws a ReadError for the first error: the library itself collects all of them, and a file of ten megabytes that
 * is no YAML would fill the memory with them. `soundUntil` is an offset before which no error is expected.
 */
export function parseTree(text: string, keepSourceTokens = false, soundUntil = 0): Node | null {
  const source = parseableText(text);
  for (let cut = soundUntil + FIRST_PIECE; cut < source.length; cut *= 2) {
    const error = firstError(source.slice(0, cut));
    if (error && error.offset < cut - NEAR_CUT && !error.message.startsWith('Missing closing')) throw error;
  }
  return compose(source, keepSourceTokens);
}

function firstError(piece: string): ReadError | undefined {
  try {
    compose(piece, false);
    return undefined;
  } catch (error) {
    if (error instanceof ReadError) return error;
    throw error;
  }
}

function compose(source: string, keepSourceTokens: boolean): Node | null {
  const composer = new Composer({ ...OPTIONS, keepSourceTokens });
  const documents: Document[] = [];
  let first: ReadError | undefined;
  // The handler is private to the library's types; there is no other way to stop it. The library catches what is thrown and
  // reports it again for every parent, so the first one is kept.
  composer['onError'] = (at: ErrorPlace, _code: string, message: string, warning?: boolean): void => {
    if (warning === true) return;
    first ??= new ReadError(offsetIn(at), message);
    throw first;
  };
  for (const token of new Parser().parse(source)) {
    if (token.type === 'error') throw new ReadError(token.offset, token.message);
    documents.push(...composer.next(token));
  }
  documents.push(...composer.end(true, source.length));
  const [document, second] = documents;
  const error = document?.errors[0];
  if (error) throw new ReadError(error.pos[0], error.message);
  if (second) throw new ReadError(second.range?.[0] ?? 0, 'text after the end of the document');
  return (document?.contents as Node | null | undefined) ?? null;
}

/** How the library says where an error is: an offset, a range, or a token. */
type ErrorPlace = number | readonly number[] | { readonly offset: number };

function offsetIn(place: ErrorPlace): number {
  if (typeof place === 'number') return place;
  return 'offset' in place ? place.offset : (place[0] ?? 0);
}
