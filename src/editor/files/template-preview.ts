import { EMPTY_DESIGN } from '../../design/design.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { resolveReferences } from '../../design/resolve-references.ts';
import { pictureOf } from '../../interchange/picture/picture.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { readManifest } from '../../manifest/read.ts';
import { EMPTY_ARRANGEMENT, arrange, placeScene } from '../../scene/arrange.ts';
import { sceneModel } from '../../scene/scene-model.ts';
import { i18n } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { iconMarkup } from '../icons/icon-markup.ts';
import { frameWords } from './picture-words.ts';
import type { ImportedFile } from '../../workspace/workspace.ts';
import type { ElkNode, LayoutKernel } from '../../scene/layout-graph.ts';
import type { Template } from '../../workspace/templates.ts';

/** Room for a line and its caption. */
const GAP = 56;

const pictures = new Map<string, Promise<string>>();

/** The picture of a template as the address of an image: drawn from its manifests, where its cards stand by hand. */
export function previewOf(template: Template, kinds: KindRegistry, theme: 'light' | 'dark'): Promise<string> {
  const key = `${i18n.language} ${theme} ${template.id}`;
  const known = pictures.get(key);
  if (known) return known;
  const drawn = draw(template, kinds, theme);
  pictures.set(key, drawn);
  return drawn;
}

async function draw(template: Template, kinds: KindRegistry, theme: 'light' | 'dark'): Promise<string> {
  return previewOfFiles(await template.files(), kinds, theme);
}

/** The same of any files. Cards that nobody placed stand in rows: there is no layout kernel here. */
export async function previewOfFiles(
  files: readonly ImportedFile[],
  kinds: KindRegistry,
  theme: 'light' | 'dark',
): Promise<string> {
  const read = files.map(({ path, content }) => readManifest(path, content));
  const design = addFiles(EMPTY_DESIGN, read, kinds);
  const registry = designRegistry(design, kinds);
  const model = sceneModel(design, resolveReferences(design, registry), [], registry);
  const known = { ...EMPTY_ARRANGEMENT, placements: design.placements.application };
  const arrangement = await arrange(model, known, inRows);
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictureOf(placeScene(model, arrangement), { theme, background: false, icon: iconMarkup, frame: frameWords(i18n.t as Text) }))}`;
}

/** Boxes side by side, about as wide as high, and what is in them likewise; lines go straight. */
const inRows: LayoutKernel = (graph) => Promise.resolve(rowsOf(graph));

function rowsOf(node: ElkNode): ElkNode {
  if (!node.children || node.children.length === 0) return node;
  const columns = Math.ceil(Math.sqrt(node.children.length));
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  const children = node.children.map(rowsOf).map((child, index) => {
    if (index % columns === 0 && index > 0) [x, y, rowHeight] = [0, y + rowHeight + GAP, 0];
    const placed = { ...child, x, y };
    x += (child.width ?? 0) + GAP;
    width = Math.max(width, x - GAP);
    rowHeight = Math.max(rowHeight, child.height ?? 0);
    return placed;
  });
  return { ...node, children, width, height: y + rowHeight };
}
