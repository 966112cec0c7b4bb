import { exportDesign } from '../../../design/export.ts';
import type { Baseline } from '../../../workspace/baseline.ts';
import type { Shelf } from '../../../workspace/saving/shelf.ts';
import type { ExportedFile, ImportedFile } from '../../../workspace/workspace.ts';
import { askForFiles } from '../../ask-for-files.ts';

/** Something that a design can be compared with. */
export interface CompareSource {
  readonly id: string;
  readonly type: 'exported' | 'opened' | 'design' | 'files';
  /** Of a design or of files. */
  readonly name: string;
  files(): Promise<readonly (ImportedFile | ExportedFile)[]>;
}

/** What there is: the design as it was last exported, and those of before. */
export function sourcesOf(baseline: Baseline, shelf: Shelf): readonly CompareSource[] {
  const { designs, id: open } = shelf.state.getState();
  const last: CompareSource = {
    id: 'last',
    type: baseline.exported ? 'exported' : 'opened',
    name: '',
    files: () => Promise.resolve(filesOf(baseline)),
  };
  const others = designs
    .filter(({ id }) => id !== open)
    .map(({ id, name }): CompareSource => ({
      id: `design:${id}`,
      type: 'design',
      name,
      files: async () => (await shelf.load(id))?.files ?? [],
    }));
  return baseline.files.size > 0 ? [last, ...others] : others;
}

/** Each file as it was when it was last exported, or came in. */
function filesOf({ files }: Baseline): readonly ExportedFile[] {
  const designs = new Set(files.values());
  return [...designs].flatMap((design) =>
    exportDesign(design, 'keep').filter(({ path }) => files.get(path) === design || !files.has(path)),
  );
}

/** Asks for files of this machine; undefined where nobody chose any. */
export async function pickToCompare(): Promise<CompareSource | undefined> {
  const chosen = await askForFiles({ accept: '.yaml,.yml,.json', several: true });
  if (chosen.length === 0) return undefined;
  return {
    id: 'files',
    type: 'files',
    name: chosen.map(({ name }) => name).join(', '),
    files: () =>
      Promise.all(chosen.map(async (file) => ({ path: file.name, content: new Uint8Array(await file.arrayBuffer()) }))),
  };
}
