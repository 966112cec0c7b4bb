import { useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { RecordId } from '../../design/design.ts';
import type { Scene, SceneCard } from '../../scene/scene.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { useShownScene } from './view/view-store.ts';
import { cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';

/** Least width on the screen, in pixels, at which a frame gets its name. */
const NAMED_FRAME = 48;

const CATEGORIES = ['workload', 'network', 'config', 'storage', 'access', 'cluster', 'custom'] as const;

/** The whole picture from far away: frames with their names, cards as blocks of their category's colour. */
export function FarPicture() {
  const scene = useShownScene();
  const selection = useWorkspaceState((state) => state.selection);
  const boxes = useMemo(() => cardBoxes(scene), [scene]);
  const transform = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const drawing = useRef<HTMLCanvasElement>(null);
  const swatches = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!drawing.current || !swatches.current) return;
    draw(drawing.current, swatches.current, { scene, boxes, selection, transform, width, height });
  }, [scene, boxes, selection, transform, width, height]);
  return (
    <div className="far-picture" aria-hidden>
      <canvas ref={drawing} width={width * devicePixelRatio} height={height * devicePixelRatio} />
      <div ref={swatches} className="far-swatches">
        {CATEGORIES.map((category) => (
          <i key={category} className={`category-${category}`} />
        ))}
      </div>
    </div>
  );
}

interface Sight {
  readonly scene: Scene;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly selection: ReadonlySet<RecordId>;
  readonly transform: readonly [x: number, y: number, zoom: number];
  /** Of the canvas, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

function draw(canvas: HTMLCanvasElement, swatches: HTMLElement, sight: Sight): void {
  const { scene, boxes, selection, transform, width, height } = sight;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const [x, y, zoom] = transform;
  const style = getComputedStyle(canvas);
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.strokeStyle = style.borderTopColor;
  pen.lineWidth = 1;
  for (const frame of scene.frames) {
    pen.strokeRect(frame.x * zoom + x, frame.y * zoom + y, frame.width * zoom, frame.height * zoom);
  }
  const colours = coloursOf(swatches);
  for (const card of scene.cards) {
    const box = boxes.get(card.id)!;
    pen.fillStyle = isSelected(card, selection) ? style.outlineColor : (colours.get(card.category) ?? style.color);
    pen.fillRect(box.x * zoom + x, box.y * zoom + y, Math.max(1.5, box.width * zoom), Math.max(1.5, box.height * zoom));
  }
  nameFrames(pen, style, sight);
}

/** Names stand in the middle of their frames, on a rim of the paper's colour, over the cards. */
function nameFrames(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration, { scene, transform }: Sight): void {
  const [x, y, zoom] = transform;
  pen.font = `600 11px ${style.fontFamily}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  pen.fillStyle = style.color;
  pen.strokeStyle = style.backgroundColor;
  for (const frame of scene.frames) {
    const wide = frame.width * zoom;
    if (wide < NAMED_FRAME) continue;
    const at = [(frame.x + frame.width / 2) * zoom + x, (frame.y + frame.height / 2) * zoom + y, wide] as const;
    pen.strokeText(visibleText(frame.title), ...at);
    pen.fillText(visibleText(frame.title), ...at);
  }
}

function isSelected({ record }: SceneCard, selection: ReadonlySet<RecordId>): boolean {
  return record !== undefined && selection.has(record);
}

/** The colours of the style sheet, in whichever theme is on. */
function coloursOf(swatches: HTMLElement): ReadonlyMap<string, string> {
  return new Map(
    CATEGORIES.map((category, at) => [category, getComputedStyle(swatches.children[at]!).backgroundColor]),
  );
}
