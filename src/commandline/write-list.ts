import type { CommandlineIo } from './command.ts';

const BUFFER_LENGTH = 1 << 16;

/** A JSON list, one line an entry, written as it is made: ten thousand objects never stand in memory as one text. */
export async function writeList<Item>(
  items: Iterable<Item>,
  entry: (item: Item) => object,
  io: CommandlineIo,
): Promise<void> {
  await io.write('[');
  let buffer = '';
  let separator = '\n';
  for (const item of items) {
    buffer += separator + JSON.stringify(entry(item));
    separator = ',\n';
    if (buffer.length > BUFFER_LENGTH) {
      await io.write(buffer);
      buffer = '';
    }
  }
  await io.write(`${buffer}]`);
}
