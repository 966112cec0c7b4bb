import type { PointerEvent } from 'react';
import { presenting, usePresenting } from './presenting-state.ts';

/** All is dim but a circle under the pointer; the keys of arrows with Shift move it too. */
export function LightLayer() {
  const { x, y } = usePresenting((state) => state.light);
  const follow = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLDivElement>): void => {
    const area = currentTarget.getBoundingClientRect();
    presenting.setState({ light: { x: (clientX - area.left) / area.width, y: (clientY - area.top) / area.height } });
  };
  return (
    <div
      className="stage-over stage-light"
      style={{
        backgroundImage: `radial-gradient(circle clamp(90px, 16vmin, 220px) at ${x * 100}% ${y * 100}%, transparent 97%, var(--shade) 100%)`,
      }}
      onPointerMove={follow}
      onPointerDown={follow}
    />
  );
}
