import type { ActReader } from '../act-reader.ts';
import type { BuildContext } from './context.ts';
import { layerOf } from './layers.ts';

/** What a lesson says of the files, the commands and the images that are there. Throws, with the field, where it cannot be used. */
export function readContext(given: ActReader): BuildContext {
  const files = given.object('files');
  const commands = given.list('commands').map((command) => {
    const writes = command.object('writes');
    return [
      command.text('run'),
      {
        writes: Object.fromEntries(writes.names.map((path) => [path, writes.number(path)])),
        removes: command.texts('removes'),
        tookMs: command.number('tookMs', 1000),
      },
    ] as const;
  });
  const bases = given.list('bases').map((base) => {
    const ref = base.text('ref');
    const layers = base.list('layers').map((layer) => {
      const path = layer.text('path');
      return layerOf(`${ref} ${path}`, { [path]: layer.number('mb') }, [], path);
    });
    return { ref, layers, entrypoint: [], workdir: '/' };
  });
  return {
    files: Object.fromEntries(
      files.names.map((path) => {
        const file = files.object(path);
        return [path, { mb: file.number('mb'), version: file.text('version', '1') }];
      }),
    ),
    commands: Object.fromEntries(commands),
    bases,
    retired: given.texts('retired'),
  };
}
