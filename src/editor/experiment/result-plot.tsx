import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Measure } from '../../experiment/row.ts';
import type { Combination } from '../../experiment/summary.ts';
import { useText } from '../i18n.ts';
import { plotSeries } from './plot-series.ts';
import type { PlotSeries } from './plot-series.ts';
import { measureText } from './result-table.tsx';

/** Colours of lines, from the tokens: told apart in light and dark. */
const COLOURS = ['--workload', '--storage', '--config', '--network', '--access', '--cluster'];
const HEIGHT = 260;
/** Between two marks of what is only ever whole. */
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

interface ResultPlotProps {
  readonly combinations: readonly Combination[];
  readonly parameters: readonly string[];
  readonly measure: Measure;
}

/** A measure along the first parameter that varies: the middle of all seeds as a line, from where to where as a band. */
export function ResultPlot({ combinations, parameters, measure }: ResultPlotProps) {
  const t = useText();
  const place = useRef<HTMLDivElement>(null);
  const series = plotSeries(combinations, parameters, measure.id);
  const name =
    series && t('experiment:plotName', { measure: t(`experiment:m.${measure.id}`), parameter: series.along });
  // Drawn anew where the numbers are others, and not whenever something around it is.
  const key = JSON.stringify(series);
  useEffect(() => {
    const element = place.current;
    if (element === null || series === undefined) return undefined;
    const plot = draw(element, series, measure, series.along);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, measure]);
  if (series === undefined) return <p className="quiet">{t('experiment:noPlot')}</p>;
  // A canvas is drawn into it, which no img could hold.
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
  return <div ref={place} className="experiment-plot" role="img" aria-label={name} />;
}

function draw(element: HTMLElement, { axis, lines }: PlotSeries, measure: Measure, along: string): uPlot {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const ink = resolved(element, 'var(--ink-2)');
  const grid = resolved(element, 'var(--line)');
  const scale = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  const colours = lines.map((_, index) => resolved(element, `var(${COLOURS[index % COLOURS.length]!})`));
  const data: uPlot.AlignedData = [
    axis.map((_, index) => index),
    ...lines.flatMap(({ leasts, medians, mosts }) => [[...mosts], [...leasts], [...medians]]),
  ];
  return new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      cursor: { drag: { x: false, y: false } },
      legend: { show: lines.length > 1, live: false },
      scales: { x: { time: false, range: [-0.25, axis.length - 0.75] }, y: { range: rangeOf } },
      axes: [
        {
          ...scale,
          label: along,
          splits: () => axis.map((_, index) => index),
          values: (_, splits) => splits.map((at) => axis[at] ?? ''),
          font: `12px ${token('--sans')}`,
          labelFont: `12px ${token('--sans')}`,
        },
        {
          ...scale,
          size: 64,
          ...(measure.unit === 'count' ? { incrs: WHOLE_STEPS } : {}),
          values: (_, splits) => splits.map((value) => measureText(measure, value)),
          font: `12px ${token('--sans')}`,
        },
      ],
      series: [
        {},
        ...lines.flatMap(({ name }, index): uPlot.Series[] => [
          { label: '', stroke: 'transparent', points: { show: false }, class: 'experiment-bound' },
          { label: '', stroke: 'transparent', points: { show: false }, class: 'experiment-bound' },
          { label: name, stroke: colours[index]!, width: 2, points: { show: true, size: 7, fill: colours[index]! } },
        ]),
      ],
      bands: lines.map((_, index) => ({
        series: [index * 3 + 1, index * 3 + 2] as [number, number],
        fill: faint(colours[index]!),
      })),
    },
    data,
    element,
  );
}

/** Whole numbers of nothing fall on the lower edge; a flat line has room. */
function rangeOf(_: uPlot, least: number, most: number): [number, number] {
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, 1];
  return [0, most === 0 ? 1 : most * 1.1];
}

/** A colour of the tokens as the canvas takes it. */
function resolved(element: HTMLElement, colour: string): string {
  const before = element.style.color;
  element.style.color = colour;
  const found = getComputedStyle(element).color;
  element.style.color = before;
  return found;
}

function faint(colour: string): string {
  return colour.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.16)');
}
