import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Part } from '../../../lessons/models/picture.ts';
import { ModelPart } from './model-part.tsx';
import type { ModelStep } from './model-view.tsx';
import { idsIn } from './part-ids.ts';

/** Smaller than this nothing can be read, and larger nothing becomes clearer. */
const [SMALLEST, LARGEST] = [0.62, 1.35];
/** Room left and right of the picture, in pixels. */
const MARGIN_PX = 24;

/** The machines of the model as they stand, parts in parts, as large as the stage has room for. */
export function ModelPicture({
  parts,
  before,
  step,
  area,
}: {
  readonly parts: readonly Part[];
  /** How it stood a step earlier: what came since stands out. */
  readonly before: readonly Part[];
  readonly step: ModelStep | undefined;
  readonly area: RefObject<HTMLDivElement | null>;
}) {
  const world = useRef<HTMLDivElement>(null);
  const zoom = useFit(world, area, parts);
  const known = idsIn(before);
  return (
    <div ref={world} className="model-world" style={{ zoom }}>
      {parts.map((part) => (
        <ModelPart key={part.id} part={part} known={known} step={step} />
      ))}
    </div>
  );
}

/** How much the picture is drawn larger or smaller to fill the stage and no more. */
function useFit(
  world: RefObject<HTMLDivElement | null>,
  area: RefObject<HTMLDivElement | null>,
  parts: readonly Part[],
): number {
  const [zoom, setZoom] = useState(1);
  useLayoutEffect(() => {
    const [inner, outer] = [world.current, area.current];
    if (inner === null || outer === null) return;
    const fit = (): void => {
      const [width, height] = [inner.scrollWidth, inner.scrollHeight];
      if (width === 0 || height === 0) return;
      const by = Math.min((outer.clientWidth - MARGIN_PX) / width, (outer.clientHeight - MARGIN_PX) / height);
      setZoom(Math.max(SMALLEST, Math.min(LARGEST, Math.floor(by * 50) / 50)));
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(outer);
    return () => observer.disconnect();
  }, [world, area, parts]);
  return zoom;
}
