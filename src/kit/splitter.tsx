import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

interface SplitterProps {
  readonly label: string;
  /** `vertical`: a standing line that changes a width; `horizontal`: a lying line that changes a height. */
  readonly orientation: 'vertical' | 'horizontal';
  /** Size in CSS pixels of the pane behind the line (right of it, or below), or before it where `before` says so. */
  readonly size: number;
  readonly before?: boolean;
  readonly min: number;
  readonly max: number;
  readonly onChange: (size: number) => void;
  readonly className?: string;
}

/** Pixels that one press of an arrow key moves it. */
const STEP = 16;

/** The line between two panes: dragged, or moved with the arrow keys. */
export function Splitter({ label, orientation, size, before, min, max, onChange, className }: SplitterProps) {
  const start = useRef<{ at: number; size: number } | undefined>(undefined);
  const sign = before ? -1 : 1;
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)));
  const at = (event: PointerEvent) => (orientation === 'vertical' ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent) => {
    const back = orientation === 'vertical' ? 'ArrowLeft' : 'ArrowUp';
    const forth = orientation === 'vertical' ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== back && event.key !== forth) return;
    event.preventDefault();
    onChange(clamp(size + sign * (event.key === back ? STEP : -STEP)));
  };
  return (
    // A focusable separator is a widget in ARIA 1.2; the rules know only the static one.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <hr
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      className={`splitter splitter-${orientation} ${className ?? ''}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.dataset['dragging'] = '';
        start.current = { at: at(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current) onChange(clamp(start.current.size + sign * (start.current.at - at(event))));
      }}
      onPointerUp={(event) => {
        start.current = undefined;
        delete event.currentTarget.dataset['dragging'];
      }}
    />
  );
}
