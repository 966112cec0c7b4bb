import { readFileSync, readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { readFragment, shareFragment } from '../../src/interchange/share/share-link.ts';

export interface LinkRow {
  readonly name: string;
  readonly result: 'equal' | 'different';
  readonly detail: string;
}

/** Every architecture as a link and back. */
export async function linkTable(): Promise<readonly LinkRow[]> {
  const root = new URL('../../templates/architectures/', import.meta.url);
  const rows: LinkRow[] = [];
  for (const name of readdirSync(root)) {
    const files = [{ path: 'design.yaml', content: readFileSync(new URL(`${name}/design.yaml`, root), 'utf8') }];
    const fragment = await shareFragment(files);
    const isEqual = isDeepStrictEqual(await readFragment(fragment), { ok: true, files });
    const objects = files[0]!.content.match(/^kind: /gm)?.length ?? 0;
    rows.push({
      name,
      result: isEqual ? 'equal' : 'different',
      detail: `${objects} objects, ${fragment.length} signs`,
    });
  }
  return rows;
}
