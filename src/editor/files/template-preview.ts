import { EMPTY_DESIGN } from '../../design/design.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { resolveReferences } from '../../design/resolve-references.ts';
import { pictureOf } from '../../interchange/picture/picture.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { readManifest } from '../../manifest/read.ts';
import { EMPTY_ARRANGEMENT, arrange, placeScene } from '../../scene/arrange.ts';
import { sceneModel } from '../../scene/scene-model.ts';
import { iconMarkup } from '../icons/icon-markup.ts';
import type { Template } from '../../workspace/templates.ts';

const pictures = new Map<string, Promise<string>>();

/** The picture of a template as the address of an image: drawn from its manifests, where its cards stand by hand. */
export function previewOf(template: Template, kinds: KindRegistry, theme: 'light' | 'dark'): Promise<string> {
  const key = `${theme} ${template.id}`;
  const known = pictures.get(key);
  if (known) return known;
  const drawn = draw(template, kinds, theme);
  pictures.set(key, drawn);
  return drawn;
}

async function draw(template: Template, kinds: KindRegistry, theme: 'light' | 'dark'): Promise<string> {
  const read = (await template.files()).map(({ path, content }) => readManifest(path, content));
  const design = addFiles(EMPTY_DESIGN, read, kinds);
  const registry = designRegistry(design, kinds);
  const model = sceneModel(design, resolveReferences(design, registry), [], registry);
  const known = { ...EMPTY_ARRANGEMENT, placements: design.placements.application };
  const arrangement = await arrange(model, known, () => Promise.reject(new Error(`${template.id} is not placed`)));
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictureOf(placeScene(model, arrangement), { theme, background: false, icon: iconMarkup }))}`;
}
