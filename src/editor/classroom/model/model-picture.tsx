import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Part } from '../../../lessons/models/picture.ts';
import { ModelPart } from './model-part.tsx';
import type { ModelStep } from './model-view.tsx';
import { idsIn } from './part-ids.ts';

/** Smaller than this nothing can be read, and larger nothing becomes clearer. */
const [SMALLEST, LARGEST] = [0.62, 1.6];
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
  const fit = useFit(world, area, parts);
  const known = idsIn(before);
  return (
    <div ref={world} className="model-world" style={fit}>
      {parts.map((part) => (
        <ModelPart key={part.id} part={part} known={known} step={step} />
      ))}
    </div>
  );
}

interface Fit {
  readonly zoom: number;
  readonly flexDirection: 'row' | 'column';
}

/** Beside one another or beneath, and how much larger or smaller: as the stage has room, and no more. */
function useFit(
  world: RefObject<HTMLDivElement | null>,
  area: RefObject<HTMLDivElement | null>,
  parts: readonly Part[],
): Fit {
  const [best, setBest] = useState<Fit>({ zoom: 1, flexDirection: 'row' });
  useLayoutEffect(() => {
    const [inner, outer] = [world.current, area.current];
    if (inner === null || outer === null) return;
    const fit = (): void => {
      const before = inner.style.flexDirection;
      const fits = (['row', 'column'] as const).map((flexDirection): Fit => {
        inner.style.flexDirection = flexDirection;
        const [width, height] = [Math.max(1, inner.scrollWidth), Math.max(1, inner.scrollHeight)];
        const by = Math.min((outer.clientWidth - MARGIN_PX) / width, (outer.clientHeight - MARGIN_PX) / height);
        return { zoom: Math.max(SMALLEST, Math.min(LARGEST, Math.floor(by * 50) / 50)), flexDirection };
      });
      inner.style.flexDirection = before;
      setBest((now) => {
        const next = fits[1]!.zoom > fits[0]!.zoom ? fits[1]! : fits[0]!;
        return now.zoom === next.zoom && now.flexDirection === next.flexDirection ? now : next;
      });
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(outer);
    return () => observer.disconnect();
  }, [world, area, parts]);
  return best;
}
