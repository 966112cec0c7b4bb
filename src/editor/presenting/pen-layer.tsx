import { useState } from 'react';
import type { PointerEvent } from 'react';
import { addStroke, eraseStroke, usePresenting } from './presenting-state.ts';
import type { PenColour, Spot } from './presenting-state.ts';
import { strokePath, withPoint } from './stroke-path.ts';

/** What was drawn on the picture, and the line that is drawn now. */
export function PenLayer({ picture }: { readonly picture: string }) {
  const { tool, colour, strokes } = usePresenting((state) => state);
  const [line, setLine] = useState<readonly Spot[]>([]);
  const drawn = strokes.get(picture) ?? [];
  const isHeld = tool === 'pen' || tool === 'eraser';
  if (!isHeld && drawn.length === 0) return null;
  const erase = ({ clientX, clientY }: PointerEvent): void => {
    const found = document.elementFromPoint(clientX, clientY)?.closest<SVGElement>('[data-stroke]');
    if (found) eraseStroke(picture, Number(found.dataset['stroke']));
  };
  const start = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    if (tool === 'eraser') return erase(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    setLine([spotOf(event.currentTarget, event)]);
  };
  const go = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.buttons !== 1) return;
    if (tool === 'eraser') return erase(event);
    const { currentTarget, nativeEvent } = event;
    const moves = nativeEvent.getCoalescedEvents();
    const spots = (moves.length === 0 ? [nativeEvent] : moves).map((move) => spotOf(currentTarget, move));
    setLine((before) => (before.length === 0 ? before : spots.reduce(withPoint, before)));
  };
  const end = (): void => {
    if (line.length > 0) addStroke(picture, line);
    setLine([]);
  };
  return (
    <svg
      className={`pen-layer${isHeld ? ' pen-layer-held' : ''}`}
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      aria-hidden
      onPointerDown={start}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={() => setLine([])}
    >
      {drawn.map((stroke) => (
        <Line key={stroke.id} id={stroke.id} colour={stroke.colour} points={stroke.points} />
      ))}
      {line.length > 0 && <Line id={0} colour={colour} points={line} />}
    </svg>
  );
}

function Line({
  id,
  colour,
  points,
}: {
  readonly id: number;
  readonly colour: PenColour;
  readonly points: readonly Spot[];
}) {
  const path = strokePath(points);
  return (
    <g data-stroke={id} className={`pen-stroke pen-${colour}`}>
      <path className="pen-halo" d={path} />
      <path className="pen-ink" d={path} />
    </g>
  );
}

/** Where on the picture, however large it is shown. */
function spotOf(layer: Element, { clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Spot {
  const area = layer.getBoundingClientRect();
  return { x: (clientX - area.left) / area.width, y: (clientY - area.top) / area.height };
}
