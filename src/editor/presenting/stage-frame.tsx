import { useEffect, useRef } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import './presenting.css';
import { PickLayer } from '../picking/pick-layer.tsx';
import { LightLayer } from './light-layer.tsx';
import { PenLayer } from './pen-layer.tsx';
import { presenting, usePresenting } from './presenting-state.ts';
import { transformOf, zoomToPoint } from './zoom-part.ts';

interface StageFrameProps {
  /** Which picture it is: what is drawn on it comes back with it. */
  readonly picture: string;
  readonly children: ReactNode;
}

/** A picture of a run as somebody presents it: seen large in parts, drawn upon, or lit in a circle. */
export function StageFrame({ picture, children }: StageFrameProps) {
  const outer = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const tool = usePresenting((state) => state.tool);
  const transform = transformOf(usePresenting((state) => state.zoom));
  useEffect(() => presenting.setState({ picture }), [picture]);
  const zoom = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLDivElement>): void => {
    if (inner.current === null) return;
    // It lies over what it asks for.
    currentTarget.style.visibility = 'hidden';
    zoomToPoint(inner.current, clientX, clientY);
    currentTarget.style.visibility = '';
  };
  return (
    <div className={`stage-frame${tool === undefined ? '' : ` stage-tool-${tool}`}`} ref={outer}>
      <div className="stage-inner" ref={inner} style={transform === undefined ? undefined : { transform }}>
        {children}
        <PenLayer picture={picture} />
      </div>
      <PickLayer stage={outer} />
      {tool === 'zoom' && <div className="stage-over" onPointerDown={zoom} />}
      {tool === 'light' && <LightLayer />}
    </div>
  );
}
