import { readFast } from './fast-reader.ts';
import type { Reading, ReadingFailure } from './reading.ts';
import { readTree } from './tree-reader.ts';

/** A reading with the offset that its own offsets are counted from. */
export type YamlReading = (Reading | ReadingFailure) & { readonly base: number };

/**
 * What the fast reader must not see: characters go-yaml refuses or takes for line breaks, a byte order mark inside, a CR
 * alone, halves of surrogate pairs.
 */
const UNUSUAL =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a text holds characters that the fast reader must not see. */
export function isUnusual(text: string): boolean {
  return UNUSUAL.test(text);
}

/** Reads the YAML documents of one text. */
export class YamlReader {
  private readonly text: string;
  private readonly unusual: boolean;

  constructor(text: string) {
    this.text = text;
    this.unusual = UNUSUAL.test(text);
  }

  /** Reads the document from `start` to `end`, which holds no separator line. */
  read(start: number, end: number): YamlReading {
    const fastAllowed = !this.unusual || !UNUSUAL.test(this.text.slice(start, end));
    const gaveUp = { offset: start };
    const fast = fastAllowed ? readFast(this.text, start, end, false, gaveUp) : undefined;
    if (fast) return { ...fast, base: 0 };
    // kubectl's line reader ends the last line where the file does not.
    const body = this.text.slice(start, end);
    const tree = readTree(body.endsWith('\n') ? body : `${body}\n`, gaveUp.offset - start);
    if (!tree.ok && fastAllowed) {
      const lenient = readFast(this.text, start, end, true);
      if (lenient) return { ...lenient, base: 0 };
    }
    return { ...tree, base: start };
  }
}
