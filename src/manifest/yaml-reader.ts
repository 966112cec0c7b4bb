import { readTree } from './tree-reader.ts';
import type { Reading, ReadingFailure } from './reading.ts';

/** A reading with the offset that its own offsets are counted from. */
export type YamlReading = (Reading | ReadingFailure) & { readonly base: number };

/** Reads the YAML document in `text` from `start` to `end`, which holds no separator line. */
export function readYaml(text: string, start: number, end: number): YamlReading {
  // kubectl's line reader ends the last line where the file does not.
  const body = text.slice(start, end);
  return { ...readTree(body.endsWith('\n') ? body : `${body}\n`), base: start };
}
