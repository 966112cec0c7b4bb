import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import type { Box } from './control-plane-layout.ts';
import { edgePoint } from './control-plane-layout.ts';

interface WayProps {
  readonly from: Box;
  readonly to: Box;
  /** By keyboard, the menu of the box has the same. */
  readonly onPress: (anchor: Element) => void;
}

/** The way between two boxes, which can be broken as they can. */
export function Way({ from, to, onPress }: WayProps) {
  const [a, b] = [edgePoint(from, to), edgePoint(to, from)];
  const place = { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
  return (
    <>
      <line className="sim-way" {...place} />
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <line
        className="sim-way-hit"
        {...place}
        onClick={(event) => onPress(event.currentTarget)}
        onContextMenu={(event) => {
          event.preventDefault();
          onPress(event.currentTarget);
        }}
      />
    </>
  );
}

/** The way of the message: a filled head where the data goes, a thin one from who opened the connection. */
export function Message({ from, to, step }: { readonly from: Box; readonly to: Box; readonly step: LogEntry }) {
  const [a, b] = [edgePoint(from, to), edgePoint(to, from)];
  const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  const isOpenedByReceiver = step.opener === step.to || step.class === 'response';
  return (
    <g className={`sim-message sim-class-${step.class}${step.lostBecause === undefined ? '' : ' sim-lost'}`}>
      <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
      <path d="M 0 0 L -14 -6 L -14 6 Z" transform={`translate(${b.x} ${b.y}) rotate(${angle})`} />
      {isOpenedByReceiver && (
        <path
          className="sim-thin-head"
          d="M 10 -6 L 0 0 L 10 6"
          transform={`translate(${a.x} ${a.y}) rotate(${angle})`}
        />
      )}
    </g>
  );
}

/** A question to DNS has the name that it asks for as its verb, which is long. */
function isDnsQuestion({ class: kind, verb }: LogEntry): boolean {
  return kind === 'packet' && !verb.startsWith('/') && verb.includes('.');
}

/** What is sent, on its way from sender to receiver; in the middle of it while nothing moves. */
export function Envelope({
  from,
  to,
  step,
  dwellMs,
}: {
  readonly from: Box;
  readonly to: Box;
  readonly step: LogEntry;
  readonly dwellMs: number | undefined;
}) {
  const [a, b] =
    from === to
      ? [
          { x: from.x + from.width / 2, y: from.y - 2 },
          { x: from.x + from.width / 2, y: from.y - 2 },
        ]
      : [edgePoint(from, to), edgePoint(to, from)];
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  const kind = step.object?.split('/')[0];
  const isMoving = dwellMs !== undefined && dwellMs >= 200 && from !== to;
  return (
    <span
      className={`sim-envelope sim-class-${step.class}${isMoving ? ' sim-moving' : ''}`}
      style={{
        left: x,
        top: y,
        ...(isMoving && {
          animationDuration: `${Math.min(900, dwellMs * 0.8)}ms`,
          '--from-x': `${a.x - x}px`,
          '--from-y': `${a.y - y}px`,
          '--to-x': `${b.x - x}px`,
          '--to-y': `${b.y - y}px`,
        }),
      }}
    >
      {isDnsQuestion(step) ? 'DNS A' : step.verb}
      {/* Calls of storage drivers have it in their names. */}
      {kind !== undefined && kind !== '' && step.class !== 'csi' && ` ${kind}`}
      {step.fact !== undefined &&
        step.class === 'request' &&
        !step.fact.startsWith('/') &&
        step.fact !== 'binding' &&
        `/${step.fact}`}
    </span>
  );
}
