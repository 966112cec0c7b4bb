import { useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { RecordId } from '../../design/design.ts';
import type { Scene, SceneCard } from '../../scene/scene.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';

/** Below this zoom, and with more cards than this, elements are too slow and too small to be of use. */
const FAR_OUT_ZOOM = 0.15;
const MANY_CARDS = 800;
/** Least width on the screen, in pixels, at which a frame gets its name. */
const NAMED_FRAME = 48;

const CATEGORIES = ['workload', 'network', 'config', 'storage', 'access', 'cluster', 'custom'] as const;

/** Whether the picture is drawn on one canvas element instead of as cards. */
export function useFarOut(): boolean {
  const many = useWorkspaceState(({ scene }) => scene.cards.length > MANY_CARDS);
  return useStore((state) => state.transform[2] < FAR_OUT_ZOOM) && many;
}

/** The whole picture from far away: frames with their names, cards as blocks of their category's colour. */
export function FarPicture() {
  const scene = useWorkspaceState((state) => state.scene);
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
  pen.fillStyle = style.color;
  pen.font = `11px ${style.fontFamily}`;
  for (const frame of scene.frames) {
    const [left, top, wide] = [frame.x * zoom + x, frame.y * zoom + y, frame.width * zoom];
    pen.strokeRect(left, top, wide, frame.height * zoom);
    if (wide >= NAMED_FRAME) pen.fillText(visibleText(frame.title), left, top - 3, wide);
  }
  const colours = coloursOf(swatches);
  for (const card of scene.cards) {
    const box = boxes.get(card.id)!;
    pen.fillStyle = isSelected(card, selection) ? style.outlineColor : (colours.get(card.category) ?? style.color);
    pen.fillRect(box.x * zoom + x, box.y * zoom + y, Math.max(1.5, box.width * zoom), Math.max(1.5, box.height * zoom));
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
