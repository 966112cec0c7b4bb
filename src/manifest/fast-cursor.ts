/** The place of the fast reader in its text, and its steps over blanks, comments and line breaks. */

/** Thrown where the fast reader meets what it leaves to the `yaml` library. */
export class Unusual extends Error {}
const UNUSUAL = new Unusual('left to the library');

/** Leaves the document to the `yaml` library. */
export function giveUp(): never {
  throw UNUSUAL;
}

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const TAB = 0x09;
export const HASH = 0x23;
export const COLON = 0x3a;
export const DASH = 0x2d;
export const DOUBLE_QUOTE = 0x22;
export const SINGLE_QUOTE = 0x27;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

export class Cursor {
  readonly text: string;
  readonly stop: number;
  /**
   * Whether lines inside quotes and flow collections may stand left of their parent, as go-yaml lets them. The `yaml`
   * library does not, so the first attempt is strict and only its failure is tried again leniently.
   */
  readonly lenient: boolean;
  at: number;
  lineStart: number;
  /** Column of the content at `at` when it begins its line; -1 at the end of the document. */
  column = 0;
  /** Blank lines passed over by the last `nextContent`, and whether it met a comment. */
  blankLines = 0;
  comment = false;
  /**
   * Set where go-yaml and the `yaml` library give different values and this reader follows go-yaml: a block scalar that
   * begins or ends with lines of blanks only, which the library drops.
   */
  disputed = false;

  constructor(text: string, start: number, stop: number, lenient: boolean) {
    this.text = text;
    this.at = start;
    this.lineStart = start;
    this.stop = stop;
    this.lenient = lenient;
  }

  /** Character code at an offset; a line break at and beyond the end of the document. */
  code(offset: number): number {
    return offset < this.stop ? this.text.charCodeAt(offset) : NEWLINE;
  }

  isBlankOrBreak(offset: number): boolean {
    const code = this.code(offset);
    return code === SPACE || code === NEWLINE || code === TAB || code === RETURN;
  }

  skipSpaces(): void {
    while (this.at < this.stop && this.text.charCodeAt(this.at) === SPACE) this.at++;
  }

  /** From after a token over an optional comment to the next content. Anything else on the line is left to the library. */
  finishLine(): void {
    const from = this.at;
    let code = this.code(this.at);
    while (code === SPACE || code === TAB) code = this.code(++this.at);
    const comment = code === HASH;
    if (comment) {
      if (this.at === from) giveUp();
      const newline = this.text.indexOf('\n', this.at);
      this.at = newline === -1 || newline > this.stop ? this.stop : newline;
    } else if (code === RETURN) this.at++;
    else if (code !== NEWLINE) giveUp();
    this.at = Math.min(this.at + 1, this.stop);
    this.nextContent();
    if (comment) this.comment = true;
  }

  /** From the start of a line to the first character that is neither blank nor comment. */
  nextContent(): void {
    const { text, stop } = this;
    this.blankLines = 0;
    this.comment = false;
    let at = this.at;
    for (;;) {
      const lineStart = at;
      while (at < stop && text.charCodeAt(at) === SPACE) at++;
      if (at >= stop) {
        this.at = stop;
        this.column = -1;
        return;
      }
      const code = text.charCodeAt(at);
      if (code === NEWLINE) {
        this.blankLines++;
        at++;
      } else if (code === RETURN) {
        this.blankLines++;
        at += 2;
      } else if (code === HASH) {
        this.comment = true;
        const newline = text.indexOf('\n', at);
        at = newline === -1 ? stop : newline + 1;
      } else {
        if (code === TAB) giveUp();
        this.at = at;
        this.lineStart = lineStart;
        this.column = at - lineStart;
        return;
      }
    }
  }
}
