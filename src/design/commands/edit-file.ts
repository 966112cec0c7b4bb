import { isRefused } from '../edit-segment.ts';
import { replaceFile } from '../edit-file.ts';
import type { Command } from './command.ts';

export interface EditFileArguments {
  readonly path: string;
  /** The new text of the whole file. */
  readonly text: string;
}

/** Takes over the text of a whole file as a person typed it; comments and order are what the text says. */
export const editFile: Command<EditFileArguments> = {
  id: 'file.editText',
  canRun: ({ design }, { path }) =>
    design.files.has(path) ? undefined : { refused: 'command.noSuchFile', params: { path } },
  run({ design, registry }, { path, text }) {
    const next = replaceFile(design, registry, path, text);
    return isRefused(next) ? next : { design: next, description: { id: 'file.editText', params: { path } } };
  },
};
