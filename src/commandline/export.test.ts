import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inFolder } from './testing/in-folder.ts';
import { drydock } from './testing/run-in.ts';

const SECRET = '\ufeff# head\r\napiVersion: v1\r\nkind: Secret\r\nmetadata: {name: a}';
const BLOCK = '\r\n# drydock:layout v1 (joined)\r\n# drydock: application Secret/default/a @ 1,2\r\n';

describe('drydock export', () => {
  it.each([
    ['byte order mark, CRLF, no newline at the end', SECRET],
    ['text that does not parse', 'a: [\n'],
    ['a template', 'kind: {{ .Values.kind }}\n'],
    ['nothing', ''],
    ['JSON', '{"apiVersion":"v1", "kind":"Secret"}'],
    ['a layout', SECRET + BLOCK],
  ])('gives back byte for byte: %s', async (_, input) => {
    expect(await drydock(['export', '-'], { input })).toMatchObject({ code: 0, output: input });
  });

  it('leaves the layout out where that is asked for', async () => {
    expect((await drydock(['export', '--layout=drop', '-'], { input: SECRET + BLOCK })).output).toBe(SECRET);
    expect((await drydock(['export', '--layout=keep', '-'], { input: SECRET + BLOCK })).output).toBe(SECRET + BLOCK);
    expect((await drydock(['export', '--layout=x', '-'], { input: SECRET })).code).toBe(2);
  });

  it('writes several files into a folder, and only into it', async () => {
    const files = { 'in/a.yaml': SECRET, 'in/b/c.json': '{"apiVersion":"v1","kind":"Secret"}' };
    await inFolder(files, async (folder) => {
      const refused = await drydock(['export', `${folder}/in`]);
      expect(refused.code).toBe(2);
      expect(refused.said[0]).toContain('--out');
      const { code, said, output } = await drydock(['export', '--out', `${folder}/out`, `${folder}/in/../in`]);
      expect({ code, output }).toEqual({ code: 0, output: '' });
      expect(said).toEqual([`2 files written to ${folder}/out`]);
      for (const [path, text] of Object.entries(files)) {
        expect(await readFile(`${folder}/out${folder}/${path}`, 'utf8')).toBe(text);
      }
      await drydock(['export', '--out', `${folder}/from-input`, '-'], { input: SECRET });
      expect(await readFile(`${folder}/from-input/stdin.yaml`, 'utf8')).toBe(SECRET);
    });
  });

  it('passes over what is no text, and ends badly where there is nothing else', async () => {
    await inFolder({ 'a.yaml': SECRET, 'b.yaml': new Uint8Array([0, 1]) }, async (folder) => {
      const { code, output, said } = await drydock(['export', folder]);
      expect({ code, output }).toEqual({ code: 0, output: SECRET });
      expect(said).toEqual([expect.stringContaining('b.yaml:1')]);
      expect((await drydock(['export', `${folder}/b.yaml`])).code).toBe(2);
      expect((await drydock(['export', `${folder}/none`])).code).toBe(2);
    });
  });
});
