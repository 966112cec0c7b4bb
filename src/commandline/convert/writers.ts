import type { Conversion } from '../../interchange/note.ts';
import type { CommandlineIo } from '../command.ts';

/** A format that is written, from manifests. */
export interface FormatWriter {
  readonly name: string;
  write(read: Conversion, io: CommandlineIo): Promise<Conversion>;
}

export const WRITERS: readonly FormatWriter[] = [
  { name: 'manifests', write: ({ files }) => Promise.resolve({ files, notes: [] }) },
];
