import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { diskTree } from '../../src/commandline/disk-tree.ts';
import { isDeepStrictEqual } from 'node:util';
import { buildKustomization } from '../../src/interchange/kustomize/build.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { kubectlKustomize } from './kubectl.ts';

export interface KustomizeRow {
  readonly name: string;
  readonly result: 'equal' | 'both refuse' | 'different' | 'refused by choice';
  readonly objects: number;
  readonly detail: string;
}

/** Every kustomization below a folder: what Drydock builds against what kubectl prints, objects in order, keys in any. */
export async function kustomizeTable(root: string): Promise<readonly KustomizeRow[]> {
  const folders = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(({ name }) => /^kustomization\.ya?ml$/.test(name))
    .map(({ parentPath }) => relative(root, parentPath))
    .sort();
  const rows: KustomizeRow[] = [];
  for (const folder of folders) rows.push(await compared(root, folder));
  return rows;
}

export async function compared(root: string, folder: string): Promise<KustomizeRow> {
  const printed = kubectlKustomize(join(root, folder));
  const { objects, notes } = await buildKustomization(diskTree(root), folder);
  const refusals = notes
    .filter(({ kind }) => kind === 'refused')
    .map(({ id, params }) => `${id} ${JSON.stringify(params)}`);
  const row = { name: folder === '' ? '.' : folder, objects: objects.length };
  if (printed === undefined)
    return refusals.length > 0
      ? { ...row, result: 'both refuse', detail: refusals.join('; ') }
      : { ...row, result: 'different', detail: 'only kubectl refuses' };
  if (refusals.length > 0) return { ...row, result: 'different', detail: refusals.join('; ') };
  const theirs = readManifest('kubectl.yaml', printed).segments.flatMap((segment) =>
    segment.type === 'raw' ? [] : segment.objects.map(({ object }) => object),
  );
  const different = theirs.findIndex((object, index) => !isDeepStrictEqual(plain(object), plain(objects[index])));
  if (different < 0 && theirs.length === objects.length) return { ...row, result: 'equal', detail: '' };
  const at = different < 0 ? theirs.length : different;
  return {
    ...row,
    result: 'different',
    detail: `object ${at} of ${theirs.length}\n  kubectl: ${JSON.stringify(theirs[at])}\n  drydock: ${JSON.stringify(objects[at])}`,
  };
}

/** Numbers beyond 2^53 are compared by what they say. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_, entry: unknown) => (typeof entry === 'bigint' ? String(entry) : entry)),
  );
}
