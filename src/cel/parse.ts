import type { Entry, Expression, FieldValue, Item, Literal } from './expression.ts';
import type { Issue } from './issue.ts';
import { SyntaxProblem } from './issue.ts';
import { expandMacro } from './macros.ts';
import type { Token } from './tokens.ts';
import { tokensOf } from './tokens.ts';

export type Parsed =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const RESERVED: ReadonlySet<string> = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);
const STARTS =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
const RELATIONS = ['<', '<=', '>=', '>', '==', '!='];
const MOST_DEEP = 250;
const MIN_INT = -(2n ** 63n);

/** Reads an expression. Source: github.com/google/cel-go/parser/parser.go, as vendored by 1.36. */
export function parse(text: string, hasBindings = false): Parsed {
  let parser: Parser | undefined;
  try {
    parser = new Parser(text, hasBindings);
    const expression = parser.whole();
    return parser.issues.length === 0 ? { ok: true, expression } : { ok: false, issues: parser.issues };
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem;
    return { ok: false, issues: [...(parser?.issues ?? []), { at: problem.at, message: problem.message }] };
  }
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly hasBindings: boolean;
  private index = 0;
  private depth = 0;
  readonly issues: Issue[] = [];

  constructor(text: string, hasBindings: boolean) {
    this.hasBindings = hasBindings;
    this.tokens = tokensOf(text, this.issues);
  }

  whole(): Expression {
    const expression = this.expression();
    if (this.next.kind !== 'end') throw this.unexpected('<EOF>', this.tokens[this.index + 1]?.kind === 'end');
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.index]!;
  }

  private take(...signs: readonly string[]): Token | undefined {
    const token = this.next;
    const isWord = token.kind === 'name' && token.text === 'in';
    if ((token.kind !== 'sign' && !isWord) || !signs.includes(token.text)) return undefined;
    this.index++;
    return token;
  }

  private need(sign: string): Token {
    const token = this.take(sign);
    if (token !== undefined) return token;
    const after = this.tokens[this.index + 1];
    if (after?.kind === 'sign' && after.text === sign) {
      this.issues.push(this.unexpected(`'${sign}'`, true));
      this.index += 2;
      return after;
    }
    const { next } = this;
    const canGoOn = sign === ':' ? startsOperand(next) : sign === ')' && mayFollow(next);
    if (!canGoOn) throw this.unexpected(CLOSING[sign] ?? `'${sign}'`);
    this.issues.push({ at: next.at, message: `Syntax error: missing '${sign}' at '${next.text}'` });
    return next;
  }

  private unexpected(wanted: string, isExtraneous = false): SyntaxProblem {
    const { at, text } = this.next;
    const word = isExtraneous ? 'extraneous' : 'mismatched';
    return new SyntaxProblem(at, `Syntax error: ${word} input '${text}' expecting ${wanted}`);
  }

  private expression(): Expression {
    if (++this.depth > MOST_DEEP) throw new SyntaxProblem(0, `expression recursion limit exceeded: ${MOST_DEEP}`);
    const condition = this.binary(0);
    const question = this.take('?');
    let result = condition;
    if (question !== undefined) {
      const then = this.binary(0);
      this.need(':');
      result = { kind: 'call', at: question.at, name: '_?_:_', args: [condition, then, this.expression()] };
    }
    this.depth--;
    return result;
  }

  /** The levels of operators, from the loosest. */
  private binary(level: number): Expression {
    const signs = LEVELS[level];
    if (signs === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (let sign = this.take(...signs); sign !== undefined; sign = this.take(...signs)) {
      const name = sign.text === 'in' ? '@in' : `_${sign.text}_`;
      left = { kind: 'call', at: sign.at, name, args: [left, this.binary(level + 1)] };
    }
    return left;
  }

  private unary(): Expression {
    if (!startsOperand(this.next)) return this.recovered();
    const sign = this.take('!', '-');
    if (sign === undefined) return this.member();
    const number = this.next;
    if (sign.text === '-' && (number.kind === 'int' || number.kind === 'double')) {
      this.index++;
      return this.suffixes({ kind: 'literal', at: sign.at, value: readNumber(number, -1) });
    }
    let count = 1;
    while (this.take(sign.text)) count++;
    const operand = this.member();
    if (count % 2 === 0) return operand;
    return { kind: 'call', at: sign.at, name: `${sign.text}_`, args: [operand] };
  }

  /**
   * As ANTLR goes on after an error: a token too many is left out, a missing operand is passed over.
   * Source: antlr4 runtime Go error_strategy.go `SingleTokenDeletion`, `Recover`.
   */
  private recovered(): Expression {
    const after = this.tokens[this.index + 1];
    const isExtraneous = after !== undefined && startsOperand(after);
    const problem = this.unexpected(STARTS, isExtraneous);
    if (!isExtraneous && !OPERATORS.has(this.next.text)) throw problem;
    this.issues.push({ at: problem.at, message: problem.message });
    if (!isExtraneous) return { kind: 'literal', at: problem.at, value: null };
    this.index++;
    return this.unary();
  }

  private member(): Expression {
    return this.suffixes(this.primary());
  }

  private suffixes(head: Expression): Expression {
    let operand = head;
    for (;;) {
      const dot = this.take('.');
      if (dot !== undefined) {
        operand = this.afterDot(operand, dot.at);
        continue;
      }
      const bracket = this.take('[');
      if (bracket === undefined) return operand;
      const name = this.take('?') === undefined ? '_[_]' : '_[?_]';
      operand = { kind: 'call', at: bracket.at, name, args: [operand, this.expression()] };
      this.need(']');
    }
  }

  private afterDot(operand: Expression, at: number): Expression {
    const how = this.take('?') === undefined ? 'value' : 'optional';
    const token = this.next;
    // Kubernetes does not turn this on.
    if (token.kind === 'quoted') throw new SyntaxProblem(token.at, "unsupported syntax: '`'");
    const name = this.name();
    const open = how === 'value' ? this.take('(') : undefined;
    if (open === undefined) return { kind: 'select', at, operand, field: name, how };
    const args = this.expressions(')');
    return (
      expandMacro(name, operand, args, open.at, this.hasBindings) ?? {
        kind: 'call',
        at: open.at,
        name,
        target: operand,
        args,
      }
    );
  }

  private name(): string {
    const token = this.next;
    if (token.kind !== 'name' || ['true', 'false', 'null', 'in'].includes(token.text))
      throw new SyntaxProblem(
        token.at,
        ['true', 'false', 'null'].includes(token.text)
          ? `Syntax error: mismatched input '${token.text}' expecting IDENTIFIER`
          : `Syntax error: no viable alternative at input '.${token.kind === 'end' ? '' : token.text}'`,
      );
    this.index++;
    return token.text;
  }

  private expressions(end: string): readonly Expression[] {
    const found: Expression[] = [];
    if (this.take(end)) return found;
    do found.push(this.expression());
    while (this.take(','));
    this.need(end);
    return found;
  }

  private primary(): Expression {
    const token = this.next;
    const { at } = token;
    if (token.kind === 'int' || token.kind === 'uint' || token.kind === 'double') {
      this.index++;
      return { kind: 'literal', at, value: readNumber(token, 1) };
    }
    if (token.kind === 'string' || token.kind === 'bytes') {
      this.index++;
      return { kind: 'literal', at, value: token.kind === 'bytes' ? token.bytes : token.text };
    }
    if (token.kind === 'name' && WORDS.has(token.text)) {
      this.index++;
      return { kind: 'literal', at, value: WORDS.get(token.text)! };
    }
    if (this.take('(')) {
      const inner = this.expression();
      this.need(')');
      return inner;
    }
    if (this.take('[')) return { kind: 'list', at, items: this.items() };
    if (this.take('{')) return { kind: 'map', at, entries: this.entries() };
    return this.named();
  }

  private named(): Expression {
    const dot = this.take('.');
    const token = this.next;
    if (token.kind !== 'name' || token.text === 'in') throw this.unexpected(dot ? 'IDENTIFIER' : STARTS);
    this.index++;
    const { at } = token;
    const name = `${dot ? '.' : ''}${token.text}`;
    const struct = this.structAfter(name);
    if (struct !== undefined) return struct;
    if (RESERVED.has(token.text)) this.issues.push({ at, message: `reserved identifier: ${token.text}` });
    const open = this.take('(');
    if (open === undefined) return { kind: 'name', at, name };
    const args = this.expressions(')');
    return expandMacro(name, undefined, args, open.at, this.hasBindings) ?? { kind: 'call', at: open.at, name, args };
  }

  /** `Object.spec{field: value}`: names with dots before a brace. */
  private structAfter(head: string): Expression | undefined {
    let [ahead, type] = [this.index, head];
    while (this.tokens[ahead]?.text === '.' && this.tokens[ahead + 1]?.kind === 'name') {
      type += `.${this.tokens[ahead + 1]!.text}`;
      ahead += 2;
    }
    const brace = this.tokens[ahead];
    if (brace?.kind !== 'sign' || brace.text !== '{') return undefined;
    this.index = ahead + 1;
    return { kind: 'struct', at: brace.at, type, fields: this.fields() };
  }

  private items(): readonly Item[] {
    const items: Item[] = [];
    while (!this.take(']')) {
      const optional = this.take('?') !== undefined;
      items.push({ value: this.expression(), optional });
      if (this.take(',')) continue;
      this.need(']');
      break;
    }
    return items;
  }

  private entries(): readonly Entry[] {
    const entries: Entry[] = [];
    while (!this.take('}')) {
      const optional = this.take('?') !== undefined;
      const key = this.expression();
      this.need(':');
      entries.push({ key, value: this.expression(), optional });
      if (this.take(',')) continue;
      this.need('}');
      break;
    }
    return entries;
  }

  private fields(): readonly FieldValue[] {
    const fields: FieldValue[] = [];
    while (!this.take('}')) {
      const optional = this.take('?') !== undefined;
      const token = this.next;
      if (token.kind !== 'name' && token.kind !== 'quoted') throw this.unexpected('IDENTIFIER');
      this.index++;
      const name = token.kind === 'quoted' ? token.text.slice(1, -1) : token.text;
      const { at } = this.need(':');
      fields.push({ name, at, value: this.expression(), optional });
      if (this.take(',')) continue;
      this.need('}');
      break;
    }
    return fields;
  }
}

const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], [...RELATIONS, 'in'], ['+', '-'], ['*', '/', '%']];
/** What may stand where a list or map ends. */
const CLOSING: Readonly<Record<string, string>> = { ']': "{']', ','}", '}': "{'}', ','}" };

const mayFollow = ({ kind, text }: Token): boolean =>
  kind === 'end' ||
  (kind === 'sign' && (OPERATORS.has(text) || [')', ']', '}', ',', ':', '?', '.', '['].includes(text)));

const OPERATORS: ReadonlySet<string> = new Set(LEVELS.flat());

function startsOperand({ kind, text }: Token): boolean {
  if (kind === 'sign') return ['[', '{', '(', '.', '-', '!'].includes(text);
  return kind !== 'end' && kind !== 'quoted' && !(kind === 'name' && text === 'in');
}

const WORDS: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function readNumber({ kind, text, at }: Token, sign: 1 | -1): Literal {
  if (kind === 'double') return sign * Number(text);
  const value = BigInt(text.replace(/u$/i, '')) * BigInt(sign);
  if (kind === 'uint') {
    if (value >= 2n ** 64n) throw new SyntaxProblem(at, 'invalid uint literal');
    return { uint: value };
  }
  if (value < MIN_INT || value >= -MIN_INT) throw new SyntaxProblem(at, 'invalid int literal');
  return value;
}
