import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { Part } from '../../../lessons/models/picture.ts';
import type { ModelStep } from './model-view.tsx';

interface Place {
  readonly width: number;
  readonly height: number;
  readonly from: Point;
  readonly to: Point;
  readonly isInside: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The message of the step, from the part that sends it to the part that gets it, with its verb in the middle. */
export function MessageArrow({
  step,
  area,
  parts,
}: {
  readonly step: ModelStep;
  readonly area: RefObject<HTMLDivElement | null>;
  readonly parts: readonly Part[];
}) {
  const [place, setPlace] = useState<Place>();
  const { from, to } = step;
  useLayoutEffect(() => {
    const outer = area.current;
    const world = outer?.querySelector('.model-world');
    if (!outer || !world) return;
    const measure = (): void => setPlace(placeOf(outer, from, to));
    measure();
    // The picture takes its size a moment after its parts.
    const observer = new ResizeObserver(measure);
    observer.observe(world);
    observer.observe(outer);
    return () => observer.disconnect();
  }, [area, from, to, parts]);
  if (place === undefined) return null;
  const { from: a, to: b, isInside } = place;
  const middle = isInside ? a : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  return (
    <>
      {!isInside && (
        <svg className="model-arrows" width={place.width} height={place.height} aria-hidden>
          <g className={`sim-message sim-class-${step.class}`}>
            <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
            <path d="M 0 0 L -13 -6 L -13 6 Z" transform={`translate(${b.x} ${b.y}) rotate(${angle})`} />
          </g>
        </svg>
      )}
      <span
        className={`sim-envelope sim-class-${step.class} model-envelope`}
        style={{ left: Math.max(60, Math.min(place.width - 60, middle.x)), top: Math.max(12, middle.y) }}
      >
        {step.verb}
        {step.object !== undefined && ` ${step.object}`}
      </span>
    </>
  );
}

function placeOf(area: HTMLElement, from: string, to: string): Place | undefined {
  const [a, b] = [partIn(area, from), partIn(area, to)];
  const only = a ?? b;
  if (only === undefined) return undefined;
  const bounds = area.getBoundingClientRect();
  const rect = (part: Element): DOMRect => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return new DOMRect(x - bounds.x + area.scrollLeft, y - bounds.y + area.scrollTop, width, height);
  };
  const size = { width: area.scrollWidth, height: area.scrollHeight };
  if (a === undefined || b === undefined || a === b) {
    const { x, y, width } = rect(only);
    // Above it, where it hides no name.
    const top = { x: x + width / 2, y: y - 8 };
    return { ...size, from: top, to: top, isInside: true };
  }
  const [first, second] = [rect(a), rect(b)];
  return { ...size, from: edgeOf(first, second), to: edgeOf(second, first), isInside: false };
}

function partIn(area: HTMLElement, id: string): Element | undefined {
  return area.querySelector(`[data-part=${CSS.escape(id)}]`) ?? undefined;
}

/** Where the line between the middles of two boxes leaves the first; of a box in the other, its own edge. */
function edgeOf(box: DOMRect, other: DOMRect): Point {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const [dx, dy] = [other.x + other.width / 2 - x, other.y + other.height / 2 - y];
  const scale = Math.min(
    dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : box.height / 2 / Math.abs(dy),
  );
  return Number.isFinite(scale) ? { x: x + dx * scale, y: y + dy * scale } : { x, y: box.y };
}
