import { parseIp } from '../../../apimachinery/ip.ts';

/**
 * One address as Go's net/mail.ParseAddress reads it: `a@b`, `Name <a@b>`, `"x y"@b (comment)`, a group of one.
 * Encoded words (RFC 2047) in names are not decoded.
 */
export function isEmailAddress(text: string): boolean {
  const reader = new AddressReader(text);
  return reader.addresses(true) === 1 && reader.skipComments() && reader.isAtEnd();
}

/* oxlint-disable no-control-regex -- Go names these signs one by one. */
/** Signs beyond ASCII count as letters. */
const ATOM = /^[^\u0000-\u0020\u007f()<>[\]:;@\\,"]+/;
const DOMAIN_TEXT = /^\[([^\u0000-\u0020\u007f[\]\\]*)\]/;
const QUOTED = /^"((?:[^\u0000-\u0008\u000a-\u001f\u007f"\\]|\\[^\u0000-\u0008\u000a-\u001f\u007f])*)"/;
/* oxlint-enable no-control-regex */

class AddressReader {
  private rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  isAtEnd(): boolean {
    return this.rest === '';
  }

  /** How many addresses stand here; undefined where that is no address. */
  addresses(allowsGroup: boolean): number | undefined {
    this.skipSpace();
    if (this.rest === '') return undefined;
    if (this.addressSpec()) {
      this.skipSpace();
      return this.rest.startsWith('(') && !this.comment() ? undefined : 1;
    }
    if (!this.rest.startsWith('<') && !this.phrase()) return undefined;
    this.skipSpace();
    if (allowsGroup && this.take(':')) return this.group();
    return this.take('<') && this.addressSpec() && this.take('>') ? 1 : undefined;
  }

  skipComments(): boolean {
    this.skipSpace();
    while (this.rest.startsWith('(')) {
      if (!this.comment()) return false;
      this.skipSpace();
    }
    return true;
  }

  private group(): number | undefined {
    let count = 0;
    this.skipSpace();
    if (this.take(';')) return this.skipComments() ? count : undefined;
    for (;;) {
      const more = this.addresses(false);
      if (more === undefined || !this.skipComments()) return undefined;
      count += more;
      if (this.take(';')) return this.skipComments() ? count : undefined;
      if (!this.take(',')) return undefined;
    }
  }

  /** Leaves everything as it was where there is none. */
  private addressSpec(): boolean {
    const before = this.rest;
    this.skipSpace();
    const quoted = QUOTED.exec(this.rest);
    const hasLocal = quoted === null ? this.atom() : quoted[1] !== '' && this.take(quoted[0]);
    if (hasLocal && this.take('@')) {
      this.skipSpace();
      const literal = DOMAIN_TEXT.exec(this.rest);
      if (literal === null ? this.atom() : isStrictIp(literal[1]!) && this.take(literal[0])) return true;
    }
    this.rest = before;
    return false;
  }

  /** Atoms joined by single dots. */
  private atom(): boolean {
    const [atom] = ATOM.exec(this.rest) ?? [''];
    return atom !== '' && !/^\.|\.\.|\.$/.test(atom) && this.take(atom);
  }

  private phrase(): boolean {
    for (let words = 0; ; words++) {
      if (words > 0 && !this.skipComments()) return false;
      this.skipSpace();
      const [word] = (this.rest.startsWith('"') ? QUOTED : ATOM).exec(this.rest) ?? [''];
      if (word === '') return words > 0;
      this.take(word);
    }
  }

  private comment(): boolean {
    let depth = 0;
    for (let index = 0; index < this.rest.length; index++) {
      const sign = this.rest[index];
      if (sign === '\\') index++;
      else if (sign === '(') depth++;
      else if (sign === ')' && --depth === 0) return this.take(this.rest.slice(0, index + 1));
    }
    return false;
  }

  private take(text: string): boolean {
    if (!this.rest.startsWith(text)) return false;
    this.rest = this.rest.slice(text.length);
    return true;
  }

  private skipSpace(): void {
    this.rest = this.rest.replace(/^[ \t]+/, '');
  }
}

function isStrictIp(text: string): boolean {
  const ip = parseIp(text);
  return ip !== undefined && ip.leadingZeros === undefined;
}
