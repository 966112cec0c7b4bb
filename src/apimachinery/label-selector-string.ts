import { compareStrings } from '../base/compare.ts';
import { validateLabelKey } from './label-names.ts';
import { validateRequirement } from './label-requirement.ts';
import type { LabelRequirement } from './label-requirement.ts';
import type { LabelSelector } from './label-selector.ts';
import { quoteString } from './quoted-string.ts';

/**
 * Reads the string form of a selector: `a=b,c!=d,e in (x,y),!f,x>1`; the empty string selects everything. A text that
 * does not parse gives a selector with one reason in `invalid`, in kubectl's words.
 * Source: staging/src/k8s.io/apimachinery/pkg/labels/selector.go, 1.36.
 */
export function parseLabelSelectorString(text: string): LabelSelector {
  try {
    const requirements = new Parser(scanLabelSelector(text)).parse();
    return { requirements: requirements.sort((a, b) => compareStrings(a.key, b.key)) };
  } catch (error) {
    if (error instanceof Refusal) return { requirements: [], invalid: [error.message] };
    throw error;
  }
}

/** A sign, or a word; the keywords `in` and `notin` can also be keys and values. */
export interface Token {
  readonly type: 'symbol' | 'keyword' | 'identifier' | 'end';
  readonly literal: string;
}

const SYMBOLS = ['==', '=', '!=', '!', '(', ')', ',', '>', '<'];

/** Splits the string form into tokens, the last of which is the end. */
export function scanLabelSelector(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [piece] of text.matchAll(/[=!(),><]+|[^=!(),>< \t\r\n]+/g)) {
    if (/^[=!(),><]/.test(piece)) tokens.push(...scanSymbols(piece));
    else tokens.push({ type: piece === 'in' || piece === 'notin' ? 'keyword' : 'identifier', literal: piece });
  }
  return [...tokens, { type: 'end', literal: '' }];
}

/** Every sign is a symbol by itself, so a run of signs always splits: the longest symbol first. */
function scanSymbols(run: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let rest = run; rest !== '';) {
    const literal = SYMBOLS.find((symbol) => rest.startsWith(symbol))!;
    tokens.push({ type: 'symbol', literal });
    rest = rest.slice(literal.length);
  }
  return tokens;
}

/** A text that is no selector; caught by `parseLabelSelectorString` and never seen outside. */
class Refusal extends Error {}

const BINARY_OPERATORS = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'].join(', ');

class Parser {
  private position = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parse(): LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    for (;;) {
      const { type, literal } = this.peek();
      if (type === 'end') return requirements;
      if (!startsRequirement(this.peek())) refuse(`found '${literal}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.requirement());
      const next = this.take();
      if (next.type === 'end') return requirements;
      if (next.literal !== ',') refuse(`found '${next.literal}', expected: ',' or 'end of string'`);
      const after = this.peek();
      if (!startsRequirement(after)) refuse(`found '${after.literal}', expected: identifier after ','`);
    }
  }

  private requirement(): LabelRequirement {
    try {
      const requirement = this.uncheckedRequirement();
      const [first, ...others] = validateRequirement(requirement);
      if (first !== undefined) refuse(others.length === 0 ? first : `[${[first, ...others].join(', ')}]`);
      return requirement;
    } catch (error) {
      if (error instanceof Refusal) refuse(`unable to parse requirement: ${error.message}`);
      throw error;
    }
  }

  private uncheckedRequirement(): LabelRequirement {
    const negated = isSymbol(this.peek(), '!');
    if (negated) this.take();
    const { literal: key, ...token } = this.take();
    if (!isWord({ literal: key, ...token })) refuse(`found '${key}', expected: identifier`);
    const wrongKey = validateLabelKey(key);
    if (wrongKey.length > 0) refuse(`<nil>: Invalid value: ${quoteString(key)}: ${wrongKey.join('; ')}`);
    const next = this.peek();
    if (negated) return { key, operator: 'DoesNotExist', values: [] };
    if (next.type === 'end' || isSymbol(next, ',')) return { key, operator: 'Exists', values: [] };
    return this.restricted(key);
  }

  private restricted(key: string): LabelRequirement {
    const { literal } = this.take();
    switch (literal) {
      case 'in':
        return { key, operator: 'In', values: this.values() };
      case 'notin':
        return { key, operator: 'NotIn', values: this.values() };
      case '=':
      case '==':
        return { key, operator: 'In', values: [this.exactValue()], sign: literal };
      case '!=':
        return { key, operator: 'NotIn', values: [this.exactValue()], sign: literal };
      case '>':
        return { key, operator: 'Gt', values: [this.exactValue()] };
      case '<':
        return { key, operator: 'Lt', values: [this.exactValue()] };
      default:
        return refuse(`found '${literal}', expected: ${BINARY_OPERATORS}`);
    }
  }

  private exactValue(): string {
    const next = this.peek();
    if (next.type === 'end' || isSymbol(next, ',')) return '';
    const token = this.take();
    return isWord(token) ? token.literal : refuse(`found '${token.literal}', expected: identifier`);
  }

  /** `(a,b)`; a missing value is the empty string, and the same value twice is one. */
  private values(): readonly string[] {
    const open = this.take();
    if (!isSymbol(open, '(')) refuse(`found '${open.literal}' expected: '('`);
    const values = new Set<string>();
    if (isSymbol(this.peek(), ')')) values.add('');
    else this.valueList(values);
    this.take();
    return [...values].sort(compareStrings);
  }

  private valueList(values: Set<string>): void {
    const first = this.peek();
    if (!isWord(first) && !isSymbol(first, ',')) {
      refuse(`found '${first.literal}', expected: ',', ')' or identifier`);
    }
    while (!isSymbol(this.peek(), ')')) {
      const token = this.take();
      const next = this.peek();
      if (isWord(token)) {
        values.add(token.literal);
        if (!isSymbol(next, ',') && !isSymbol(next, ')')) refuse(`found '${next.literal}', expected: ',' or ')'`);
      } else if (isSymbol(token, ',')) {
        if (values.size === 0 || isSymbol(next, ')') || isSymbol(next, ',')) values.add('');
      } else refuse(`found '${token.literal}', expected: ',', or identifier`);
    }
  }

  private peek(): Token {
    return this.tokens[this.position] ?? END;
  }

  private take(): Token {
    return this.tokens[this.position++] ?? END;
  }
}

const END: Token = { type: 'end', literal: '' };

function refuse(reason: string): never {
  throw new Refusal(reason);
}

function isSymbol(token: Token, symbol: string): boolean {
  return token.type === 'symbol' && token.literal === symbol;
}

function isWord(token: Token): boolean {
  return token.type === 'identifier' || token.type === 'keyword';
}

function startsRequirement(token: Token): boolean {
  return isWord(token) || isSymbol(token, '!');
}
