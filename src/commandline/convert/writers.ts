import { EMPTY_DESIGN } from '../../design/design.ts';
import type { Design } from '../../design/design.ts';
import { findProblems } from '../../design/checks/index.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { resolveReferences } from '../../design/resolve-references.ts';
import { holdsSecrets } from '../../design/without-secrets.ts';
import { DESIGN_FORMATS } from '../../interchange/formats.ts';
import type { ConvertedFile, Conversion, Note } from '../../interchange/note.ts';
import { shareFragment } from '../../interchange/share/share-link.ts';
import { shareableFiles } from '../../interchange/share/shareable-files.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { readManifest } from '../../manifest/read.ts';
import type { CommandlineIo } from '../command.ts';
import { DRAWN_FORMATS, drawIn } from '../draw.ts';
import type { DrawnFormat } from '../draw.ts';
import { pathInside } from '../path-inside.ts';

/** A format that is written, from manifests. */
export interface FormatWriter {
  readonly name: string;
  write(read: Conversion, io: CommandlineIo): Promise<Conversion>;
}

/** What a chart or cluster is called. */
const NAME = 'drydock';

export const WRITERS: readonly FormatWriter[] = [
  { name: 'manifests', write: ({ files }) => Promise.resolve({ files, notes: [] }) },
  ...DESIGN_FORMATS.map(({ id, write }): FormatWriter => ({
    name: id,
    write: ({ files }) => {
      const design = designOf(relativeTo(files));
      return Promise.resolve(write(design, designRegistry(design, BUILT_IN_KINDS), NAME));
    },
  })),
  ...drawnWriters(),
  { name: 'link', write: writeLink },
];

/** The fragment of an address that opens the design, without the values of Secrets. */
async function writeLink({ files }: Conversion): Promise<Conversion> {
  const design = designOf(files);
  const shown = shareableFiles(design, designRegistry(design, BUILT_IN_KINDS), 'remove');
  const note = (id: Note['id'], kind: Note['kind']): Note => ({ id, kind, file: '', line: 0, params: {} });
  if (!shown) return { files: [], notes: [note('share.refused', 'refused')] };
  const notes = holdsSecrets(design) ? [note('share.secrets', 'lost')] : [];
  return { files: [{ path: 'link.txt', content: `#${await shareFragment(shown)}\n` }], notes };
}

function drawnWriters(): readonly FormatWriter[] {
  return (Object.keys(DRAWN_FORMATS) as DrawnFormat[]).map((name) => ({
    name,
    write: async ({ files }, { messages }) => {
      const design = designOf(files);
      const registry = designRegistry(design, BUILT_IN_KINDS);
      const graph = resolveReferences(design, registry);
      const problems = findProblems({ design, graph, registry });
      const content = await drawIn(name, { design, graph, problems, registry }, messages);
      return { files: [{ path: `design.${DRAWN_FORMATS[name]}`, content }], notes: [] };
    },
  }));
}

function designOf(files: readonly ConvertedFile[]): Design {
  const manifests = files.map(({ path, content }) => readManifest(path, content));
  return addFiles(EMPTY_DESIGN, manifests, BUILT_IN_KINDS);
}

/** Paths without the folder that all have in common: a result does not show where its input lay. */
function relativeTo(files: readonly ConvertedFile[]): readonly ConvertedFile[] {
  const parts = files.map(({ path }) => pathInside(path).split('/'));
  const [first = []] = parts;
  const differs = first.findIndex((part, depth) =>
    parts.some((other) => other.length - 1 <= depth || other[depth] !== part),
  );
  const common = Math.max(0, differs);
  return files.map(({ content }, index) => ({ path: parts[index]!.slice(common).join('/'), content }));
}
