import { useState } from 'react';
import type { PointerEvent, RefObject } from 'react';
import './picking.css';
import { useText } from '../i18n.ts';
import { edgePoint } from '../simulation/control-plane-layout.ts';
import { useAsked } from './picking-state.ts';
import type { Asked } from './picking-state.ts';
import { useSpots } from './use-spots.ts';
import type { PickSpot } from './use-spots.ts';

/** While a question asks for it, what is on the picture can be chosen, and an arrow drawn between two of them. */
export function PickLayer({ stage }: { readonly stage: RefObject<HTMLElement | null> }) {
  const asked = useAsked();
  if (asked === undefined) return null;
  return asked.type === 'object' ? (
    <ObjectLayer stage={stage} asked={asked} />
  ) : (
    <ArrowLayer stage={stage} asked={asked} />
  );
}

interface LayerProps<Type extends Asked['type']> {
  readonly stage: RefObject<HTMLElement | null>;
  readonly asked: Extract<Asked, { readonly type: Type }>;
}

function ObjectLayer({ stage, asked }: LayerProps<'object'>) {
  const t = useText();
  const spots = useSpots(stage, asked);
  const { chosen, right } = asked;
  return (
    <fieldset className="pick-layer" aria-label={t('classroom:onPicture')} disabled={right !== undefined}>
      {spots.map((spot) => (
        <button
          key={spot.id}
          type="button"
          className={`pick-spot${right?.includes(spot.name) ? ' pick-right' : right !== undefined && chosen === spot.name ? ' pick-wrong' : ''}`}
          style={placeOf(spot)}
          aria-label={t('classroom:pick', { name: spot.name })}
          title={spot.name}
          aria-pressed={chosen === spot.name}
          onClick={() => asked.onPick(spot.name)}
        >
          {right?.includes(spot.name) ? '✓' : right !== undefined && chosen === spot.name ? '✗' : ''}
        </button>
      ))}
    </fieldset>
  );
}

interface Line {
  readonly from: PickSpot;
  readonly x: number;
  readonly y: number;
}

function ArrowLayer({ stage, asked }: LayerProps<'arrow'>) {
  const t = useText();
  const spots = useSpots(stage, asked);
  const [line, setLine] = useState<Line>();
  /** Pressed first, where the arrow is not drawn in one go. */
  const [first, setFirst] = useState<string>();
  const press = (id: string): void => {
    if (first !== undefined && first !== id) asked.onDraw(first, id);
    setFirst(first === undefined ? id : undefined);
  };
  const spotAt = ({ clientX, clientY }: PointerEvent): PickSpot | undefined => {
    const button = document.elementsFromPoint(clientX, clientY).find((element) => element.matches('.pick-spot'));
    return spots.find(({ id }) => button instanceof HTMLElement && button.dataset['spot'] === id);
  };
  const begin = (event: PointerEvent<HTMLElement>): void => {
    const from = spotAt(event);
    if (event.button !== 0 || from === undefined) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setLine({ from, ...pointIn(event) });
  };
  const end = (event: PointerEvent<HTMLElement>): void => {
    if (line === undefined) return;
    setLine(undefined);
    const to = spotAt(event);
    if (to === undefined) return;
    if (to.id === line.from.id) return press(to.id);
    setFirst(undefined);
    asked.onDraw(line.from.id, to.id);
  };
  const drawn = [asked.from, asked.to].map((id) => spots.find((spot) => spot.id === id));
  return (
    <fieldset
      className="pick-layer pick-arrows"
      aria-label={t('classroom:onPicture')}
      onPointerDown={begin}
      onPointerMove={(event) => line && setLine({ ...line, ...pointIn(event) })}
      onPointerUp={end}
      onPointerCancel={() => setLine(undefined)}
    >
      {spots.map((spot) => (
        <button
          key={spot.id}
          type="button"
          data-spot={spot.id}
          className="pick-spot"
          style={placeOf(spot)}
          aria-label={t(first === undefined ? 'classroom:drawFrom' : 'classroom:drawTo', { name: spot.name })}
          title={spot.name}
          aria-pressed={spot.id === first || spot.id === asked.from || spot.id === asked.to}
          // A pointer has drawn already; this is the press of a key.
          onClick={({ detail }) => detail === 0 && press(spot.id)}
        />
      ))}
      <svg className="pick-line" aria-hidden>
        {line !== undefined && <Arrow from={centre(line.from)} to={{ x: line.x, y: line.y }} />}
        {line === undefined && drawn[0] && drawn[1] && (
          <Arrow from={edgePoint(drawn[0], drawn[1])} to={edgePoint(drawn[1], drawn[0])} />
        )}
      </svg>
    </fieldset>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function Arrow({ from, to }: { readonly from: Point; readonly to: Point }) {
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return (
    <g className="pick-arrow">
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      <path d="M 2 0 L -16 -9 L -16 9 Z" transform={`translate(${to.x} ${to.y}) rotate(${angle})`} />
    </g>
  );
}

function centre({ x, y, width, height }: PickSpot): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

function pointIn({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): Point {
  const area = currentTarget.getBoundingClientRect();
  return { x: clientX - area.x, y: clientY - area.y };
}

function placeOf({ x, y, width, height }: PickSpot): React.CSSProperties {
  return { left: x, top: y, width, height };
}
