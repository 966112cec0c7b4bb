import { exportDesign } from '../../design/export.ts';
import { withoutSecrets } from '../../design/without-secrets.ts';
import { pngWithDesign, svgWithDesign } from '../../interchange/picture/embedded-design.ts';
import type { EmbeddedFile } from '../../interchange/picture/embedded-design.ts';
import { pictureOf } from '../../interchange/picture/picture.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { drawnState } from '../canvas/drawn/drawn-state.ts';
import { shownScene, view } from '../canvas/view/view-store.ts';
import { i18n } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { iconMarkup } from '../icons/icon-markup.ts';
import { frameWords, pictureWords } from './picture-words.ts';
import { shownTheme } from '../shown-theme.ts';

export interface PictureChoice {
  readonly format: 'svg' | 'png';
  readonly theme: 'light' | 'dark';
  readonly background: boolean;
  /** Pixels of a PNG for each of the canvas. */
  readonly scale: 1 | 2 | 3 | 4;
  readonly onlySelection: boolean;
  /** Whether the file carries the design, so that it opens again. */
  readonly embed: boolean;
  /** Whether the design in it keeps the values of its Secrets. */
  readonly secrets: boolean;
}

/** The picture as SVG, drawn from the scene as it is filtered and folded; what is in sight makes no difference. */
export function drawSvg(
  workspace: Workspace,
  { theme, background, onlySelection }: Pick<PictureChoice, 'theme' | 'background' | 'onlySelection'>,
): string {
  const state = workspace.store.getState();
  const scene = shownScene(state, view.getState());
  const shown = onlySelection ? selectionOf(scene, state.selection, drawnState.getState().chosen) : scene;
  const t = i18n.t as Text;
  const { node, legend } = pictureWords(t, scene);
  return pictureOf(shown, { theme, background, icon: iconMarkup, frame: frameWords(t), node, legend });
}

/** The file to save. Rejects where the browser cannot draw it. */
export async function pictureFile(workspace: Workspace, choice: PictureChoice): Promise<Blob> {
  const svg = drawSvg(workspace, choice);
  const files = choice.embed ? filesToEmbed(workspace, choice.secrets) : [];
  if (choice.format === 'svg') {
    return new Blob([files.length > 0 ? svgWithDesign(svg, files) : svg], { type: 'image/svg+xml' });
  }
  const png = await drawPng(svg, choice.scale);
  const whole = files.length > 0 ? pngWithDesign(png, files) : png;
  return new Blob([whole as Uint8Array<ArrayBuffer>], { type: 'image/png' });
}

/** A design whose Secrets cannot be masked is not embedded. */
function filesToEmbed(workspace: Workspace, secrets: boolean): readonly EmbeddedFile[] {
  if (secrets) return workspace.exportFiles({ layout: 'keep' });
  const { design, registry } = workspace.store.getState();
  const masked = withoutSecrets(design, registry);
  return masked ? exportDesign(masked, 'keep') : [];
}

/** Puts the picture onto the clipboard: of the selection where there is one, as the page is coloured. */
export function copyPng(workspace: Workspace): Promise<void> {
  const png = pictureFile(workspace, {
    format: 'png',
    theme: shownTheme(),
    background: true,
    scale: 2,
    onlySelection: workspace.store.getState().selection.size > 0,
    embed: false,
    secrets: false,
  });
  return navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

/** A picture as PNG, with so many pixels for each of its own. Rejects where the browser cannot draw it. */
export async function drawPng(svg: string, scale: number): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(image.naturalWidth * scale);
  canvas.height = Math.ceil(image.naturalHeight * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the picture is too large for this browser');
  return new Uint8Array(await blob.arrayBuffer());
}

/** The selected cards with the edges between them, in frames that hold no more than they need. */
function selectionOf(scene: Scene, selection: ReadonlySet<string>, chosenDrawn: ReadonlySet<string>): Scene {
  const cards = scene.cards.filter(({ record }) => record !== undefined && selection.has(record));
  const drawn = (scene.drawn ?? []).filter(({ id }) => chosenDrawn.has(id));
  const ids = new Set([...cards, ...drawn].map(({ id }) => id));
  const frames = scene.frames.flatMap((frame) => {
    const own = cards.filter((card) => card.frame === frame.id);
    if (own.length === 0) return [];
    const right = Math.max(...own.map(({ x, width }) => x + width)) + 24;
    const bottom = Math.max(...own.map(({ y, height }) => y + height)) + 24;
    const left = Math.min(...own.map(({ x }) => x)) - 24;
    const top = Math.min(...own.map(({ y }) => y)) - 60;
    return [{ frame, left, top, right, bottom }];
  });
  return {
    frames: frames.map(({ frame, left, top, right, bottom }) => ({
      ...frame,
      x: frame.x + left,
      y: frame.y + top,
      width: right - left,
      height: bottom - top,
    })),
    cards: cards.map((card) => {
      const own = frames.find(({ frame }) => frame.id === card.frame);
      return { ...card, x: card.x - (own?.left ?? 0), y: card.y - (own?.top ?? 0) };
    }),
    edges: scene.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    drawn,
  };
}
