import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drydock } from '../../src/commandline/testing/run-in.ts';
import { CORPORA, HAS_CORPORA } from './corpora.ts';
import { refusalsOf } from './judged.ts';
import { komposeTable } from './kompose.ts';

describe.runIf(HAS_CORPORA)('compose files of kompose’s tests', () => {
  it('give what kompose gives, or differ by choice', async () => {
    const rows = await komposeTable();
    expect(rows.filter(({ result }) => result === 'failing')).toEqual([]);
    const count = (result: string): number => rows.filter((row) => row.result === result).length;
    expect({ equal: count('equal'), choice: count('different by choice'), leftOut: count('left out') }).toEqual({
      equal: 15,
      choice: 15,
      leftOut: 27,
    });
  });
});

describe.runIf(HAS_CORPORA)('awesome-compose', () => {
  const folders = HAS_CORPORA
    ? readdirSync(join(CORPORA, 'awesome-compose'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : [];

  it('is all here', () => {
    expect(folders.length).toBe(39);
  });

  it.each(folders)('%s becomes objects that a server accepts, with every loss said', async (folder) => {
    const { code, output } = await drydock([
      'convert',
      '--from',
      'compose',
      '-o',
      'json',
      join(CORPORA, 'awesome-compose', folder),
    ]);
    const { files, notes } = JSON.parse(output) as {
      files: { content: string }[];
      notes: { id: string; line: number; message: string }[];
    };
    expect({ code, notes: notes.filter(({ id }) => id === 'source.unknownKey' || id === 'source.type') }).toEqual({
      code: 0,
      notes: [],
    });
    for (const note of notes) expect(note.line, note.message).toBeGreaterThan(0);
    const { objects, refused } = await refusalsOf(files[0]!.content);
    expect(objects).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  });
});
