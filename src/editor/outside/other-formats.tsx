import { Download } from 'lucide-react';
import { useState } from 'react';
import { d2Of } from '../../interchange/d2/d2.ts';
import { drawioOf } from '../../interchange/drawio/drawio.ts';
import { DESIGN_FORMATS } from '../../interchange/formats.ts';
import { graphvizOf } from '../../interchange/graphviz/graphviz.ts';
import { mermaidOf } from '../../interchange/mermaid/mermaid.ts';
import type { Conversion, Note } from '../../interchange/note.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import type { Workspace } from '../../workspace/workspace.ts';
import { downloadFiles } from '../exporting/download.ts';
import { frameWords } from '../files/picture-words.ts';
import { useText } from '../i18n.ts';
import { useShelfState } from '../shelf-context.ts';
import { useWorkspace } from '../workspace-context.ts';
import { NotesList } from './notes-list.tsx';
import './outside.css';
import { useOutsideText } from './outside-text.ts';

const PICTURES = { drawio: 'drawio', d2: 'd2', mermaid: 'mmd', dot: 'dot' } as const;
type FormatId = (typeof DESIGN_FORMATS)[number]['id'] | keyof typeof PICTURES;
const IDS: readonly FormatId[] = [
  ...DESIGN_FORMATS.map(({ id }) => id),
  ...(Object.keys(PICTURES) as (keyof typeof PICTURES)[]),
];

/** The design for other tools, with what is lost on the way. */
export default function OtherFormats() {
  const t = useOutsideText();
  const page = useText();
  const workspace = useWorkspace();
  const title = useShelfState((state) => state.name);
  const [format, setFormat] = useState<FormatId>('kustomize');
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const name =
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 40) || 'drydock';
  return (
    <section>
      <h3 className="field-label">{t('formats')}</h3>
      <div className="outside-formats">
        <Choice
          label={t('format')}
          labelHidden
          value={format}
          options={IDS.map((id) => ({ id, label: t(`format.${id}`) }))}
          onChange={(id) => setFormat(IDS.find((known) => known === id) ?? 'kustomize')}
        />
        <Button
          onPress={() => {
            const made = written(workspace, format, name, frameWords(page));
            const encoder = new TextEncoder();
            downloadFiles(made.files.map(({ path, content }) => ({ path, content: encoder.encode(content) })));
            setNotes(made.notes);
          }}
        >
          <Download size={16} aria-hidden /> {t('downloadFormat')}
        </Button>
      </div>
      <NotesList notes={notes} />
    </section>
  );
}

function written(
  workspace: Workspace,
  format: FormatId,
  name: string,
  frame: ReturnType<typeof frameWords>,
): Conversion {
  const { design, registry, scene } = workspace.store.getState();
  const known = DESIGN_FORMATS.find(({ id }) => id === format);
  if (known) return known.write(design, registry, name);
  // These know references only; arrows that a person drew stand in no manifest.
  const edges = scene.edges.flatMap((edge) => (edge.line === 'drawn' ? [] : [{ ...edge, line: edge.line }]));
  const model = { ...scene, edges };
  const draw = {
    drawio: () => drawioOf(scene, name, frame),
    d2: () => d2Of(model),
    mermaid: () => mermaidOf(model),
    dot: () => graphvizOf(model),
  };
  const picture = format as keyof typeof PICTURES;
  return { files: [{ path: `${name}.${PICTURES[picture]}`, content: draw[picture]() }], notes: [] };
}
