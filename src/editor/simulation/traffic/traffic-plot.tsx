import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { settings } from '../../settings.ts';
import { shownTheme } from '../../shown-theme.ts';
import type { PlotLine } from './traffic-lines.ts';
import { clockOfMs } from './traffic-series.ts';

interface TrafficPlotProps {
  readonly title: string;
  /** What it shows, for who does not see it. */
  readonly words: string;
  /** Where each value stands, in milliseconds of the run. */
  readonly timesMs: readonly number[];
  readonly lines: readonly PlotLine[];
  readonly fromMs: number;
  readonly toMs: number;
  /** The moment that is shown. */
  readonly nowMs: number;
  readonly onGo: (timeMs: number) => void;
}

/** Lines along the time of the run, a line where the run is, and what comes later pale; a press goes there. */
export function TrafficPlot({ title, words, timesMs, lines, fromMs, toMs, nowMs, onGo }: TrafficPlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const go = useRef(onGo);
  go.current = onGo;
  const theme = useStore(settings, (state) => state.theme);
  const plot = useRef<{ readonly plot: uPlot; nowMs: number } | undefined>(undefined);
  // Drawn anew where the numbers are others; where only the moment is another, the line moves.
  const key = JSON.stringify([timesMs, lines, fromMs, toMs, theme, shownTheme()]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const shown = { nowMs };
    const made = draw(element, { timesMs, lines, fromMs, toMs }, shown, said.current, (ms) => go.current(ms));
    plot.current = Object.assign(shown, { plot: made });
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  useEffect(() => {
    if (plot.current === undefined || plot.current.nowMs === nowMs) return;
    plot.current.nowMs = nowMs;
    plot.current.plot.redraw(false);
  }, [nowMs]);
  return (
    <figure className="traffic-figure">
      <figcaption>
        <b>{title}</b>
        <ul className="traffic-legend">
          {lines.map((line) => (
            <li key={line.label}>
              <Swatch line={line} /> {line.label}
            </li>
          ))}
        </ul>
      </figcaption>
      {/* A canvas is drawn into it, which no img could hold. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div ref={place} className="traffic-plot" role="img" aria-label={`${title}. ${words}`} />
      <p ref={said} className="traffic-said" aria-hidden />
    </figure>
  );
}

function Swatch({ line: { colour, dash, marks } }: { readonly line: PlotLine }) {
  const stroke = `var(${colour})`;
  return (
    <svg width="26" height="10" aria-hidden>
      <line x1="1" y1="5" x2="25" y2="5" stroke={stroke} strokeWidth="2" strokeDasharray={dash.join(' ')} />
      {marks !== 'none' && (
        <circle
          cx="13"
          cy="5"
          r="3"
          stroke={stroke}
          strokeWidth="1.5"
          fill={marks === 'full' ? stroke : 'var(--panel)'}
        />
      )}
    </svg>
  );
}

function draw(
  element: HTMLElement,
  { timesMs, lines, fromMs, toMs }: Pick<TrafficPlotProps, 'timesMs' | 'lines' | 'fromMs' | 'toMs'>,
  shown: { readonly nowMs: number },
  said: HTMLElement | null,
  onGo: (timeMs: number) => void,
): uPlot {
  const [ink, grid, panel, accent] = ['--ink-3', '--line', '--panel', '--accent'].map((name) =>
    resolved(element, name),
  );
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const scale = { stroke: ink!, font, grid: { stroke: grid!, width: 1 }, ticks: { stroke: grid!, width: 1, size: 4 } };
  const colours = lines.map(({ colour }) => resolved(element, colour));
  const series = lines.map(({ label, dash, marks }, at): uPlot.Series => ({
    label,
    stroke: colours[at]!,
    width: 2,
    ...(dash.length === 0 ? {} : { dash: [...dash] }),
    points:
      marks === 'none'
        ? { show: false }
        : {
            show: true,
            size: 6,
            width: 1.5,
            fill: marks === 'full' ? colours[at]! : panel!,
            filter: (plot, index) =>
              [...plot.data[index]!].flatMap((value, where) => (typeof value === 'number' && value > 0 ? [where] : [])),
          },
  }));
  const made = new uPlot(
    {
      width: element.clientWidth,
      height: element.clientHeight,
      padding: [6, 10, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: [fromMs / 1000, toMs / 1000] },
        y: { range: (_, __, most) => [0, roof(most)] },
      },
      axes: [
        {
          ...scale,
          size: 26,
          space: 56,
          incrs: SECONDS,
          values: (_, splits) => splits.map((at) => clockOfMs(at * 1000)),
        },
        { ...scale, size: 44, space: 24, values: (_, splits) => splits.map(numberText) },
      ],
      series: [{}, ...series],
      hooks: {
        draw: [(plot) => drawNow(plot, shown.nowMs / 1000, panel!, accent!)],
        setCursor: [(plot) => say(plot, said, lines)],
      },
    },
    [timesMs.map((ms) => ms / 1000), ...lines.map(({ values }) => [...values])],
    element,
  );
  made.over.addEventListener('click', ({ offsetX }) => onGo(Math.round(made.posToVal(offsetX, 'x') * 1000)));
  return made;
}

/** Between two marks of the time. */
const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

function roof(most: number | null): number {
  return most === null || !Number.isFinite(most) || most === 0 ? 1 : most * 1.12;
}

function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** What comes later is veiled; a line stands at the moment that is shown. */
function drawNow({ ctx, bbox, valToPos }: uPlot, now: number, veil: string, line: string): void {
  const x = Math.max(bbox.left, Math.min(bbox.left + bbox.width, valToPos(now, 'x', true)));
  ctx.save();
  ctx.globalAlpha = 0.7;
  ctx.fillStyle = veil;
  ctx.fillRect(x, bbox.top, bbox.left + bbox.width - x, bbox.height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = line;
  const wide = devicePixelRatio * 2;
  ctx.fillRect(x - wide / 2, bbox.top, wide, bbox.height);
  ctx.beginPath();
  ctx.moveTo(x - wide * 2.5, bbox.top);
  ctx.lineTo(x + wide * 2.5, bbox.top);
  ctx.lineTo(x, bbox.top + wide * 3);
  ctx.fill();
  ctx.restore();
}

/** The numbers beneath the pointer. */
function say({ cursor, data }: uPlot, place: HTMLElement | null, lines: readonly PlotLine[]): void {
  if (place === null) return;
  const { idx } = cursor;
  const time = idx === null || idx === undefined ? undefined : data[0][idx];
  if (time === undefined || (cursor.left ?? -1) < 0) {
    place.textContent = '';
    return;
  }
  const parts = lines.flatMap(({ label, values }) => {
    const value = values[idx!];
    return typeof value === 'number' ? [`${label} ${numberText(value)}`] : [];
  });
  place.textContent = [clockOfMs(time * 1000), ...parts].join(' · ');
}

/** A colour of the tokens as the canvas takes it. */
function resolved(element: HTMLElement, token: string): string {
  const before = element.style.color;
  element.style.color = `var(${token})`;
  const found = getComputedStyle(element).color;
  element.style.color = before;
  return found;
}
