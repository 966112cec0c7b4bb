import { useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { PointerEvent } from 'react';
import type { Scene } from '../../scene/scene.ts';
import { useText } from '../i18n.ts';
import { useShownScene } from './view/view-store.ts';
import { boundsOf, cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';

const WIDTH = 142;
const HEIGHT = 94;
const PADDING = 6;
/** The map stays away while a glance and a short pan are enough: until the picture is this many views large. */
const MUCH = 2.5;

/** How the picture lies in the map: map = (canvas - box) * scale + left or top. */
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

/**
 * The whole picture in small, on one canvas element whatever its size; shown when the view holds but a small part. It
 * is for pointers: the keyboard and screen readers walk the cards themselves.
 */
export function Minimap() {
  const scene = useShownScene();
  const fit = useMemo(() => fitOf(scene), [scene]);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [x, y, zoom] = useStore((state) => state.transform);
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  if (!fit || fit.box.width * fit.box.height <= MUCH * view.width * view.height) return null;
  return <MapView scene={scene} fit={fit} view={view} zoom={zoom} />;
}

interface MapProps {
  readonly scene: Scene;
  readonly fit: Fit;
  readonly view: Box;
  readonly zoom: number;
}

function MapView({ scene, fit, view, zoom }: MapProps) {
  const t = useText();
  const drawing = useRef<HTMLCanvasElement>(null);
  const { setCenter } = useReactFlow();
  useEffect(() => {
    if (drawing.current) draw(drawing.current, scene, fit);
  }, [scene, fit]);
  const { box, scale, left, top } = fit;
  const go = (event: PointerEvent) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const canvasX = (event.clientX - bounds.left - left) / scale + box.x;
    const canvasY = (event.clientY - bounds.top - top) / scale + box.y;
    void setCenter(canvasX, canvasY, { zoom });
  };
  const shown = {
    left: left + (view.x - box.x) * scale,
    top: top + (view.y - box.y) * scale,
    width: view.width * scale,
    height: view.height * scale,
  };
  return (
    <div className="minimap" aria-hidden title={t('canvas:minimap')} onPointerDown={go} onPointerMove={go}>
      <canvas ref={drawing} width={WIDTH * 2} height={HEIGHT * 2} />
      <div className="minimap-view" style={shown} />
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, scene: Scene, { box, scale, left, top }: Fit): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const style = getComputedStyle(canvas);
  pen.setTransform(2, 0, 0, 2, 0, 0);
  pen.clearRect(0, 0, WIDTH, HEIGHT);
  pen.strokeStyle = style.borderTopColor;
  for (const { x, y, width, height } of scene.frames) {
    pen.strokeRect(left + (x - box.x) * scale, top + (y - box.y) * scale, width * scale, height * scale);
  }
  pen.fillStyle = style.color;
  for (const { x, y, width, height } of cardBoxes(scene).values()) {
    const size = [Math.max(1, width * scale - 0.5), Math.max(1, height * scale - 0.5)] as const;
    pen.fillRect(left + (x - box.x) * scale, top + (y - box.y) * scale, ...size);
  }
}
