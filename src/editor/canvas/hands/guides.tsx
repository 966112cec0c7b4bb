import { ViewportPortal } from '@xyflow/react';
import { useHands } from './hands-state.ts';

/** The lines that a pulled card was snapped to. */
export function Guides() {
  const guides = useHands((state) => state.guides);
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={`${axis}${at}`}
          className={`guide guide-${axis}`}
          style={axis === 'x' ? { left: at, top: from, height: to - from } : { left: from, top: at, width: to - from }}
        />
      ))}
    </ViewportPortal>
  );
}
