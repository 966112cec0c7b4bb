/** Reading a file of manifests as kubectl reads it, and keeping every byte of it. */
import type { JsonValue } from '../base/json.ts';
import { decodeText } from './decode.ts';
import { readJson, skipJsonSpace } from './json-reader.ts';
import { LineIndex } from './line-index.ts';
import { layoutBlockStart } from './layout-block.ts';
import type { DocumentSegment, ManifestFile, ManifestProblem, Segment } from './manifest.ts';
import type { Reading, ReadingFailure } from './reading.ts';
import { isBlank, splitDocuments } from './split.ts';
import type { Chunk } from './split.ts';
import { unfold } from './unfold.ts';
import { YamlReader } from './yaml-reader.ts';

/**
 * Reads a file. Never throws: what cannot be read is kept as raw text and named in `problems`, and the rest is used.
 * kubectl instead refuses a whole file for one bad document.
 */
export function readManifest(path: string, content: Uint8Array | string): ManifestFile {
  const steps = readManifestInSteps(path, content);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * The same, a document at a time, for a caller that has other things to do or may give up: yields how many segments
 * it has so far. A List is one document, however long.
 */
export function* readManifestInSteps(path: string, content: Uint8Array | string): Generator<number, ManifestFile> {
  const decoded = decodeText(content);
  if (!decoded.ok) return binaryFile(path, content, decoded.reason, decoded.offset);
  const reader = new FileReader(decoded.text);
  yield* reader.read();
  return {
    path,
    bom: decoded.bom,
    lineEnd: lineEndOf(decoded.text),
    segments: reader.segments,
    problems: reader.problemsInOrder,
  };
}

/** The segment as reading it alone gives it: what an edit needs to read its result again. */
export function readSegment(text: string, format: 'yaml' | 'json'): Segment {
  const reader = new FileReader(text);
  if (format === 'json') reader.readJsonDocument();
  else reader.readYamlDocument({ type: 'body', start: 0, end: text.length });
  return reader.segments[0] ?? { type: 'raw', text };
}

/**
 * Reads a stretch of a file of YAML that begins and ends where documents do, as reading the whole file does. Positions
 * of problems count from the beginning of the stretch.
 */
export function readStretch(text: string): Pick<ManifestFile, 'segments' | 'problems'> {
  const reader = new FileReader(text);
  for (const steps = reader.read(); !steps.next().done;);
  return { segments: reader.segments, problems: reader.problemsInOrder };
}

function binaryFile(path: string, content: Uint8Array | string, reason: string, offset: number): ManifestFile {
  const position = { line: 1, column: 1 };
  const problem: ManifestProblem = { id: 'manifest.binary', severity: 'error', position, params: { reason, offset } };
  return { path, bom: false, lineEnd: '\n', segments: [], problems: [problem], binary: content };
}

function lineEndOf(text: string): '\n' | '\r\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** A `{{` that stands outside quotes and comments marks a template, as far as a line alone can tell. */
const TEMPLATE = /^[^#"'\n]*?\{\{/m;

class FileReader {
  readonly segments: Segment[] = [];
  private readonly problems: ManifestProblem[] = [];
  private readonly text: string;
  private readonly lines: LineIndex;
  private readonly yaml: YamlReader;

  constructor(text: string) {
    this.text = text;
    this.lines = new LineIndex(text);
    this.yaml = new YamlReader(text);
  }

  get problemsInOrder(): readonly ManifestProblem[] {
    return this.problems.toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
  }

  *read(): Generator<number, void> {
    const end = layoutBlockStart(this.text);
    let at = 0;
    let jsonFailure: ReadingFailure | undefined;
    // kubectl looks at the first character that is no space: a brace means a stream of JSON values.
    if (/^\s*\{/.test(this.text)) [at, jsonFailure] = yield* this.readJsonStream();
    for (const chunk of splitDocuments(this.text, at, end)) {
      this.readChunk(chunk, jsonFailure);
      yield this.segments.length;
    }
    this.addRaw(end, this.text.length);
  }

  /** Reads JSON values one after another; answers where it stopped, and why when that is not the end. */
  private *readJsonStream(): Generator<number, [at: number, failure: ReadingFailure | undefined]> {
    let at = 0;
    for (;;) {
      const start = skipJsonSpace(this.text, at);
      const reading = start < this.text.length ? readJson(this.text, start) : undefined;
      // Where JSON ends kubectl goes on with YAML, from the next line.
      if (!reading?.ok) {
        const next = at === 0 ? 0 : afterLineBreak(this.text, at);
        this.addRaw(at, next);
        return [next, reading];
      }
      this.addRaw(at, start);
      this.addDocument(reading, start, reading.end, 'json', 0);
      at = reading.end;
      yield this.segments.length;
    }
  }

  readJsonDocument(): void {
    const reading = readJson(this.text, 0);
    const rest = reading.ok ? skipJsonSpace(this.text, reading.end) : 0;
    if (reading.ok && rest === this.text.length) this.addDocument(reading, 0, rest, 'json', 0);
    else this.addRaw(0, this.text.length);
  }

  private readChunk(chunk: Chunk, jsonFailure: ReadingFailure | undefined): void {
    if (chunk.type === 'body') return this.readYamlDocument(chunk, jsonFailure);
    this.addRaw(chunk.start, chunk.end);
    if (chunk.junk !== undefined) this.problem('manifest.ignored', 'error', chunk.junk, {});
  }

  readYamlDocument({ start, end }: Chunk, jsonFailure?: ReadingFailure): void {
    if (isBlank(this.text, start, end)) return this.addRaw(start, end);
    const reading = this.yaml.read(start, end);
    if (reading.ok) return this.addDocument(reading, start, end, 'yaml', reading.base);
    this.addRaw(start, end);
    const body = this.text.slice(start, end);
    const template = TEMPLATE.exec(body);
    if (template) this.problem('manifest.template', 'warning', start + template.index + template[0].length - 2, {});
    // What begins as JSON is told in JSON's terms, at the place where JSON broke.
    else if (jsonFailure && !jsonFailure.ok && start <= jsonFailure.offset && jsonFailure.offset <= end) {
      this.failure(jsonFailure, 0);
    } else this.failure(reading, reading.base);
  }

  private failure(failure: ReadingFailure, base: number): void {
    const params: ManifestProblem['params'] =
      failure.id === 'manifest.excessive' ? { limit: failure.message } : { message: failure.message };
    this.problem(failure.id, 'error', base + failure.offset, params);
  }

  /** Adds a document whose reading counted its offsets from `base`. */
  private addDocument(
    reading: Reading,
    start: number,
    end: number,
    format: DocumentSegment['format'],
    base: number,
  ): void {
    const { objects, refused } = unfold(reading.value, reading.start, reading.marks);
    if (isNothing(reading.value)) return this.addRaw(start, end);
    for (const { key, offset } of reading.marks.duplicates) {
      this.problem('manifest.duplicateKey', 'warning', base + offset, { key });
    }
    for (const { offset, missing } of refused) {
      this.problem('manifest.notAnObject', 'warning', base + offset, { missing });
    }
    if (objects.length === 0 && refused.length > 0) return this.addRaw(start, end);
    const firstLine = this.lines.lineAt(start);
    this.segments.push({
      type: 'document',
      text: this.text.slice(start, end),
      format,
      objects: objects.map(({ path, object, offset }) => ({
        path,
        object,
        line: this.lines.lineAt(base + offset) - firstLine,
      })),
    });
  }

  private addRaw(start: number, end: number): void {
    if (start >= end) return;
    const last = this.segments.at(-1);
    const text = this.text.slice(start, end);
    if (last?.type === 'raw') this.segments[this.segments.length - 1] = { type: 'raw', text: last.text + text };
    else this.segments.push({ type: 'raw', text });
  }

  private problem(
    id: ManifestProblem['id'],
    severity: ManifestProblem['severity'],
    offset: number,
    params: ManifestProblem['params'],
  ): void {
    this.problems.push({ id, severity, position: this.lines.positionAt(offset), params });
  }
}

/** An empty document, which kubectl passes over. */
function isNothing(value: JsonValue): boolean {
  return value === null;
}

/** Past the spaces at `at` up to and including the first line break. */
function afterLineBreak(text: string, at: number): number {
  const match = /^[^\S\n]*\n?/.exec(text.slice(at, at + 4096));
  return at + (match?.[0].length ?? 0);
}
