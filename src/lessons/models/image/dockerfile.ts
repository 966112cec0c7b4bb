/** An instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals: `COPY`. */
  readonly keyword: string;
  /** `--from=build` as `from: build`. */
  readonly flags: Readonly<Record<string, string>>;
  /** What stands behind keyword and flags, its lines joined. */
  readonly rest: string;
  /** In the form of a JSON list, or the words. */
  readonly words: readonly string[];
  readonly isExecForm: boolean;
  /** Of its first line, from 1. */
  readonly line: number;
}

/** Keywords that leave files behind: each makes a layer. The others change what the image says of itself. */
const MAKES_LAYER: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Keywords of a Dockerfile. Source: the Dockerfile reference of Docker, syntax 1. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...MAKES_LAYER,
  'FROM',
  'ARG',
  'ENV',
  'LABEL',
  'EXPOSE',
  'ENTRYPOINT',
  'CMD',
  'USER',
  'VOLUME',
  'HEALTHCHECK',
  'SHELL',
  'STOPSIGNAL',
  'ONBUILD',
  'MAINTAINER',
]);

export function makesLayer({ keyword }: Instruction): boolean {
  return MAKES_LAYER.has(keyword);
}

/**
 * The instructions of a Dockerfile: lines joined by the escape character (`\`, or what a directive says), comments left
 * out, keywords in any case, flags apart, the exec form read as JSON. Here-documents are not read. Throws, with the line,
 * where one is no instruction.
 *
 * The library that was tried, dockerfile-ast 0.7.1, drops blanks inside the strings of an exec form, which is one of the
 * faults that a lesson asks for.
 */
export function parseDockerfile(text: string): readonly Instruction[] {
  const escape = /^#\s*escape\s*=\s*(\\|`)\s*$/im.exec(text.split(/^(?!#)/m)[0] ?? '')?.[1] ?? '\\';
  const instructions: Instruction[] = [];
  let [joined, begins] = ['', 0];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (joined === '') begins = index + 1;
    const goesOn = line.endsWith(escape);
    joined += (joined === '' ? '' : ' ') + (goesOn ? line.slice(0, -1).trim() : line);
    if (goesOn) continue;
    instructions.push(instructionOf(joined, begins));
    joined = '';
  }
  if (joined !== '') instructions.push(instructionOf(joined, begins));
  return instructions;
}

function instructionOf(text: string, line: number): Instruction {
  const [, word = '', behind = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  const keyword = word.toUpperCase();
  if (!KEYWORDS.has(keyword)) throw new Error(`dockerfile parse error on line ${line}: unknown instruction: ${word}`);
  const flags: Record<string, string> = {};
  let rest = behind;
  for (let flag = FLAG.exec(rest); flag !== null; flag = FLAG.exec(rest)) {
    flags[flag[1]!] = flag[2] ?? 'true';
    rest = rest.slice(flag[0].length);
  }
  const exec = execForm(rest);
  return { keyword, flags, rest, words: exec ?? rest.split(/\s+/), isExecForm: exec !== undefined, line };
}

const FLAG = /^--([a-z][a-z-]*)(?:=(\S+))?\s+/;

/** A list of strings in JSON; what is no such list is a line for the shell, as Docker has it. */
function execForm(rest: string): readonly string[] | undefined {
  if (!rest.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(rest);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
