import { useEffect, useRef, useState } from 'react';
import type { Frame, FrameNode, PodState } from '../../workspace/simulation/frame.ts';
import { useText } from '../i18n.ts';
import { compareStrings } from '../../base/compare.ts';
import { groupBy } from '../../base/group-by.ts';
import { pane } from './pane-state.ts';
import { POD_STATES, countStates } from './pod-cells.tsx';

const LEAST_WIDTH = 104;
const HEAD = 20;
const DOT = 7;
const STEP = 9;
const GAP = 8;
/** Height of the name of a zone. */
const HEADING = 22;

interface Heading {
  readonly zone: string;
  readonly y: number;
}

interface Place {
  readonly node: FrameNode;
  readonly x: number;
  readonly y: number;
}

interface Grid {
  /** Names of zones, where Nodes have any. */
  readonly headings: readonly Heading[];
  readonly places: readonly Place[];
  readonly width: number;
  readonly cellHeight: number;
  readonly perRow: number;
  readonly height: number;
}

/** Thousands of Pods: each a mark of its own on one canvas element, the Nodes as buttons over it. */
export function ClusterDots({ frame }: { readonly frame: Frame }) {
  const t = useText();
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const grid = gridOf(frame.nodes, width);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, grid, width);
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
    <section className="sim-nodes" ref={area} tabIndex={0} aria-label={t('rehearsal:clusterPicture')}>
      <div className="sim-dots" style={{ height: grid.height }}>
        <canvas ref={canvas} aria-hidden style={{ width, height: grid.height }} />
        {grid.headings.map(({ zone, y }) => (
          <h2 key={zone} style={{ top: y }}>
            {t('rehearsal:zone', { zone })}
          </h2>
        ))}
        {grid.places.map(({ node, x, y }) => {
          const states = countStates(node.pods)
            .map(([state, count]) => t('rehearsal:stateCount', { count, state: t(`simulation:pod.${state}`) }))
            .join(', ');
          const words = t('rehearsal:stack', { count: node.pods.length, states });
          return (
            <button
              key={node.name}
              type="button"
              className={`sim-dot-node${node.ready === 'True' ? '' : ' sim-node-bad'}`}
              style={{ left: x, top: y, width: grid.width, height: grid.cellHeight }}
              title={`${node.name} · ${t('rehearsal:nodeReady', { status: node.ready })} · ${words}`}
              onClick={() => pane.setState({ stage: 'controlPlane', inside: `node/${node.name}` })}
            >
              <b>{node.name}</b>
              <span>{node.pods.length}</span>
              <span className="visually-hidden">{words}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}

/** All Nodes alike, zone by zone, as wide as fills the line, as tall as the fullest needs. */
function gridOf(nodes: readonly FrameNode[], width: number): Grid {
  const columns = Math.max(1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)));
  const cell = (width - GAP * (columns - 1)) / columns;
  const perRow = Math.max(1, Math.floor((cell - 10) / STEP));
  const most = nodes.reduce((max, { pods }) => Math.max(max, pods.length), 1);
  const cellHeight = HEAD + Math.ceil(most / perRow) * STEP + 6;
  const places: Place[] = [];
  const headings: Heading[] = [];
  let height = 0;
  const zones = [...groupBy(nodes, ({ zone }) => zone)].sort(([a], [b]) => compareStrings(a, b));
  for (const [zone, own] of zones) {
    if (zone !== '') {
      headings.push({ zone, y: height });
      height += HEADING;
    }
    for (const [at, node] of own.entries())
      places.push({
        node,
        x: (at % columns) * (cell + GAP),
        y: height + Math.floor(at / columns) * (cellHeight + GAP),
      });
    height += Math.ceil(own.length / columns) * (cellHeight + GAP) + (zone === '' ? 0 : GAP);
  }
  return { headings, places, width: cell, cellHeight, perRow, height };
}

/** Colours of the style sheet, read from the element itself. */
const COLOURS: Readonly<Record<PodState, string>> = {
  pending: '--ink-3',
  creating: '--warn',
  waiting: '--bad',
  running: '--warn',
  ready: '--good',
  terminating: '--ink-3',
  succeeded: '--good',
  failed: '--bad',
};

function draw(canvas: HTMLCanvasElement, grid: Grid, width: number): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const scale = devicePixelRatio;
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(grid.height * scale);
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  const colourOf = coloursOn(canvas);
  pen.fillStyle = colourOf('--panel');
  for (const { x, y } of grid.places) pen.fillRect(x, y, grid.width, grid.cellHeight);
  pen.lineWidth = 1.5;
  for (const { node, x, y } of grid.places)
    node.pods.forEach(({ state }, at) => {
      const left = x + 6 + (at % grid.perRow) * STEP;
      const top = y + HEAD + Math.floor(at / grid.perRow) * STEP;
      mark(pen, state, left, top, colourOf(COLOURS[state]));
    });
}

/** What each mark stands for. */
export function DotKey() {
  const t = useText();
  return (
    <ul className="pod-key" aria-label={t('rehearsal:key')}>
      {POD_STATES.map((state) => (
        <li key={state}>
          <DotSample state={state} />
          {t(`simulation:pod.${state}`)}
        </li>
      ))}
    </ul>
  );
}

function DotSample({ state }: { readonly state: PodState }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // The theme may have changed with anything.
  useEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!canvas.current || !pen) return;
    const scale = devicePixelRatio;
    canvas.current.width = canvas.current.height = Math.ceil((DOT + 1) * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.lineWidth = 1.5;
    mark(pen, state, 0.5, 0.5, coloursOn(canvas.current)(COLOURS[state]));
  });
  return <canvas ref={canvas} aria-hidden style={{ width: DOT + 1, height: DOT + 1 }} />;
}

/** Reads variables of the style sheet as colours that a pen takes. */
function coloursOn(canvas: HTMLCanvasElement): (name: string) => string {
  const style = getComputedStyle(canvas);
  const colours = new Map<string, string>();
  return (name) => {
    let colour = colours.get(name);
    if (colour === undefined) colours.set(name, (colour = resolved(canvas, style, name)));
    return colour;
  };
}

/** A variable of the style sheet as a colour that a pen takes. */
function resolved(canvas: HTMLCanvasElement, style: CSSStyleDeclaration, name: string): string {
  canvas.style.color = `var(${name})`;
  const { color } = style;
  canvas.style.color = '';
  return color;
}

/** A shape for each state: filled is well, hollow is on its way, a cross has failed, a bar ends. */
function mark(pen: CanvasRenderingContext2D, state: PodState, x: number, y: number, colour: string): void {
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  if (state === 'ready') return pen.fillRect(x, y, DOT, DOT);
  pen.beginPath();
  if (state === 'succeeded' || state === 'pending') pen.arc(x + DOT / 2, y + DOT / 2, DOT / 2 - 0.75, 0, 2 * Math.PI);
  else if (state === 'failed') {
    pen.moveTo(x, y);
    pen.lineTo(x + DOT, y + DOT);
    pen.moveTo(x + DOT, y);
    pen.lineTo(x, y + DOT);
  } else if (state === 'waiting') {
    pen.moveTo(x + DOT / 2, y);
    pen.lineTo(x + DOT, y + DOT);
    pen.lineTo(x, y + DOT);
    pen.closePath();
  } else if (state === 'terminating') {
    pen.moveTo(x, y + DOT / 2);
    pen.lineTo(x + DOT, y + DOT / 2);
  } else pen.rect(x + 0.75, y + 0.75, DOT - 1.5, DOT - 1.5);
  if (state === 'succeeded' || state === 'waiting') return pen.fill();
  if (state === 'running') pen.fillRect(x, y, DOT / 2, DOT);
  pen.stroke();
}
