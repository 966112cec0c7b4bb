/**
 * The layout of a picture, carried inside a YAML file as comments that kubectl ignores:
 *
 *     # drydock:layout v1
 *     # drydock: application Deployment.apps/shop/web @ 120,80
 *     # drydock: cluster frame:zone-a @ 0,0 640x480
 *     # drydock: application note:3f2a @ 40,300 200x80 {"text":"Peak on Fridays"}
 *
 * One line a card or frame: picture, key, `@`, x and y, width and height where they are set, in canvas units, and in JSON
 * what is drawn there. Lines of the block that are none of these are kept. A JSON file cannot hold comments; its layout has to be kept elsewhere.
 */
import { sameItems } from '../base/same-items.ts';
import { asObject } from '../base/json.ts';
import type { JsonObject } from '../base/json.ts';
import { JOINED, LAYOUT_HEADER, layoutBlockStart } from './layout-block.ts';
import type { ManifestFile } from './manifest.ts';

export interface LayoutEntry {
  /** Which picture: `application`, `cluster`; lower-case letters. */
  readonly picture: string;
  /** What is placed: an object's identity, or any other name. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  /** What is drawn there, where it is no object. */
  readonly drawn?: JsonObject;
}

export interface Layout {
  readonly entries: readonly LayoutEntry[];
  /** Lines of the block that are no entries, without their line ends. */
  readonly unknown: readonly string[];
}

const LINE =
  /^# drydock: (?:([a-z]+) )?(\S+) @ (-?[0-9]{1,9}(?:\.[0-9]{1,3})?),(-?[0-9]{1,9}(?:\.[0-9]{1,3})?)(?: ([0-9]{1,9}(?:\.[0-9]{1,3})?)x([0-9]{1,9}(?:\.[0-9]{1,3})?))?(?: (\{.*\}))?$/;

/** The layout at the end of a file's text; undefined where there is none. */
export function parseLayout(text: string): Layout | undefined {
  const start = layoutBlockStart(text);
  if (start === text.length) return undefined;
  const [, ...lines] = text
    .slice(start)
    .replace(/^\r?\n/, '')
    .split(/\r?\n/);
  const entries: LayoutEntry[] = [];
  const unknown: string[] = [];
  for (const line of lines) {
    const entry = parseLine(line);
    if (entry) entries.push(entry);
    else if (line !== '') unknown.push(line);
  }
  return { entries, unknown };
}

function parseLine(line: string): LayoutEntry | undefined {
  const match = LINE.exec(line);
  const key = match && decodeKey(match[2]!);
  if (!match || key === undefined || key === null) return undefined;
  const entry = { picture: match[1] ?? 'application', key, x: Number(match[3]), y: Number(match[4]) };
  const drawn = match[7] === undefined ? undefined : readDrawn(match[7]);
  if (match[7] !== undefined && drawn === undefined) return undefined;
  return {
    ...entry,
    ...(match[5] === undefined ? {} : { width: Number(match[5]), height: Number(match[6]) }),
    ...(drawn === undefined ? {} : { drawn }),
  };
}

function readDrawn(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The text without its layout block: what it was before the block was first written. */
export function stripLayout(text: string): string {
  return text.slice(0, layoutBlockStart(text));
}

/**
 * The text with this layout in place of the one it had; unchanged where it says the same already. Unknown lines of the old
 * block stay. Nothing to place and nothing unknown leaves no block. Order does not count: lines are sorted.
 */
export function writeLayout(text: string, entries: readonly LayoutEntry[], fileLineEnd: '\n' | '\r\n'): string {
  const old = parseLayout(text);
  const lines = linesOf(entries);
  if (old && sameItems(linesOf(old.entries), lines)) return text;
  const body = stripLayout(text);
  const unknown = old?.unknown ?? [];
  if (lines.length + unknown.length === 0) return body;
  const joined = body !== '' && !body.endsWith('\n');
  const block = [LAYOUT_HEADER + (joined ? JOINED : ''), ...lines, ...unknown, ''].join(fileLineEnd);
  return body + (joined ? fileLineEnd : '') + block;
}

/** Whether a file can carry its layout: it is text, and holds no JSON, where a comment would be an error. */
export function canHoldLayout(file: ManifestFile): boolean {
  const documents = file.segments.filter((segment) => segment.type === 'document');
  return file.binary === undefined && documents.length > 0 && documents.every(({ format }) => format === 'yaml');
}

function linesOf(entries: readonly LayoutEntry[]): string[] {
  return entries.map(formatLine).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function formatLine({ picture, key, x, y, width, height, drawn }: LayoutEntry): string {
  const size = width === undefined || height === undefined ? '' : ` ${formatNumber(width)}x${formatNumber(height)}`;
  return `# drydock: ${picture} ${encodeKey(key)} @ ${formatNumber(x)},${formatNumber(y)}${size}${formatDrawn(drawn)}`;
}

/** JSON on one line: what some readers take for the end of a line is escaped too. */
function formatDrawn(drawn: JsonObject | undefined): string {
  if (drawn === undefined) return '';
  return ` ${JSON.stringify(drawn).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\ufeff]/gu, escaped)}`;
}

/** At most three decimals, no exponent. */
function formatNumber(value: number): string {
  const bounded = Math.min(Math.max(Number.isFinite(value) ? value : 0, -999_999_999), 999_999_999);
  return String(Math.round(bounded * 1000) / 1000 + 0);
}

/** Keys are written as they are; blanks, control characters and `%` are percent-encoded, an empty key is `%`. */
function encodeKey(key: string): string {
  if (key === '') return '%';
  return key.replaceAll(/[%\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Cs}/gu, (character) =>
    /\p{Cs}/u.test(character) ? '%EF%BF%BD' : encodeURIComponent(character),
  );
}

function decodeKey(text: string): string | undefined {
  if (text === '%') return '';
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function escaped(sign: string): string {
  return `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
