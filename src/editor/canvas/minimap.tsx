import { useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import type { Scene } from '../../scene/scene.ts';
import { useText } from '../i18n.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { boundsOf, cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';

const WIDTH = 168;
const HEIGHT = 112;
const PADDING = 6;

interface Fit {
  readonly box: Box;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

function fitOf(scene: Scene): Fit | undefined {
  const box = boundsOf([...scene.frames, ...cardBoxes(scene).values()]);
  if (!box) return undefined;
  const scale = Math.min((WIDTH - 2 * PADDING) / box.width, (HEIGHT - 2 * PADDING) / box.height);
  return { box, scale, left: (WIDTH - box.width * scale) / 2, top: (HEIGHT - box.height * scale) / 2 };
}

/** The whole picture in small, on one canvas element whatever its size; shown when the view holds only a part. */
export function Minimap() {
  const t = useText();
  const scene = useWorkspaceState((state) => state.scene);
  const drawing = useRef<HTMLCanvasElement>(null);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [x, y, zoom] = useStore((state) => state.transform);
  const { setCenter } = useReactFlow();
  const fit = useRef<Fit | undefined>(undefined);
  if (fit.current === undefined || lastScene.get(fit.current) !== scene) {
    fit.current = fitOf(scene);
    if (fit.current) lastScene.set(fit.current, scene);
  }
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const hidden = !fit.current || within(fit.current.box, view);
  useEffect(() => {
    if (!hidden && drawing.current && fit.current) draw(drawing.current, scene, fit.current);
  }, [scene, hidden]);
  if (hidden || !fit.current) return null;
  const { box, scale, left, top } = fit.current;
  const go = (event: PointerEvent) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const at = (client: number, start: number, offset: number, origin: number) =>
      (client - start - offset) / scale + origin;
    void setCenter(at(event.clientX, bounds.left, left, box.x), at(event.clientY, bounds.top, top, box.y), { zoom });
  };
  const shown = {
    left: left + (view.x - box.x) * scale,
    top: top + (view.y - box.y) * scale,
    width: view.width * scale,
    height: view.height * scale,
  };
  return (
    <div className="minimap" role="img" aria-label={t('canvas:minimap')} onPointerDown={go} onPointerMove={go}>
      <canvas ref={drawing} width={WIDTH * 2} height={HEIGHT * 2} />
      <div className="minimap-view" style={shown} />
    </div>
  );
}

const lastScene = new WeakMap<Fit, Scene>();

function within(box: Box, view: Box): boolean {
  return (
    view.x <= box.x &&
    view.y <= box.y &&
    view.x + view.width >= box.x + box.width &&
    view.y + view.height >= box.y + box.height
  );
}

function draw(canvas: HTMLCanvasElement, scene: Scene, { box, scale, left, top }: Fit): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const style = getComputedStyle(canvas);
  pen.setTransform(2, 0, 0, 2, 0, 0);
  pen.clearRect(0, 0, WIDTH, HEIGHT);
  pen.strokeStyle = style.borderTopColor;
  for (const frame of scene.frames) {
    pen.strokeRect(
      left + (frame.x - box.x) * scale,
      top + (frame.y - box.y) * scale,
      frame.width * scale,
      frame.height * scale,
    );
  }
  pen.fillStyle = style.color;
  for (const card of cardBoxes(scene).values()) {
    const size = [Math.max(1, card.width * scale - 0.5), Math.max(1, card.height * scale - 0.5)] as const;
    pen.fillRect(left + (card.x - box.x) * scale, top + (card.y - box.y) * scale, ...size);
  }
}
