import { table } from '../measure.ts';

/** The figures of one row, by name. */
export type Row = Readonly<Partial<Record<Figure, number>>>;

type Figure =
  | 'cpuSeconds'
  | 'wallSeconds'
  | 'virtualSeconds'
  | 'entries'
  | 'ready'
  | 'nodes'
  | 'pods'
  | 'podsPerWallSecond'
  | 'podsPerCpuSecond'
  | 'threshold'
  | 'ratio'
  | 'forkMs'
  | 'stepBackMs'
  | 'seekBackMs'
  | 'seekForthMs'
  | 'bytesPerPod'
  | 'peakMegabytes';

export type Measured =
  | { readonly name: string; readonly row: Row; readonly failed?: undefined }
  | { readonly name: string; readonly failed: string };

/** What was measured, against what it is measured by. */
export function report(all: readonly Measured[]): string {
  const done = all.filter((measured): measured is Measured & { readonly row: Row } => measured.failed === undefined);
  const of = (kind: string): readonly (Measured & { readonly row: Row })[] =>
    done.filter(({ name }) => name.startsWith(kind));
  const failed = all.flatMap(({ name, failed: why }) => (why === undefined ? [] : [`NOT MEASURED ${name}: ${why}`]));
  return [
    ...section('Runs', [...of('ready'), ...of('idle')], runColumns(done)),
    ...section('Back and forth, milliseconds', of('seek'), [
      ['step back', ({ stepBackMs }) => figure(stepBackMs, 1)],
      ['an hour back', ({ seekBackMs }) => figure(seekBackMs, 1)],
      ['an hour forth', ({ seekForthMs }) => figure(seekForthMs, 1)],
      ['fork', ({ forkMs }) => figure(forkMs, 1)],
      ['peak MB', ({ peakMegabytes }) => figure(peakMegabytes)],
    ]),
    ...section('scheduler_perf, against the threshold of upstream’s CI', of('scheduler_perf'), [
      ['Pods', ({ pods }) => figure(pods)],
      ['Nodes', ({ nodes }) => figure(nodes)],
      ['Pods a wall second', ({ podsPerWallSecond }) => figure(podsPerWallSecond)],
      ['a CPU second', ({ podsPerCpuSecond }) => figure(podsPerCpuSecond)],
      ['threshold', ({ threshold }) => figure(threshold)],
      ['ratio', ({ ratio }) => figure(ratio, 1)],
      ['by CPU', ({ podsPerCpuSecond = NaN, threshold = NaN }) => figure(podsPerCpuSecond / threshold, 1)],
      ['CPU s', ({ cpuSeconds }) => figure(cpuSeconds, 2)],
      ['peak MB', ({ peakMegabytes }) => figure(peakMegabytes)],
    ]),
    ...failed,
  ].join('\n');
}

type Column = readonly [title: string, value: (row: Row, name: string) => string];

function runColumns(all: readonly (Measured & { readonly row: Row })[]): readonly Column[] {
  const rival = all.find(({ name }) => name === 'ready webernetes')?.row;
  return [
    ['CPU s', ({ cpuSeconds }) => figure(cpuSeconds, 2)],
    ['wall s', ({ wallSeconds }) => figure(wallSeconds, 2)],
    ['virtual s', ({ virtualSeconds }) => figure(virtualSeconds)],
    ['compression', ({ virtualSeconds = NaN, wallSeconds = NaN }) => figure(virtualSeconds / wallSeconds)],
    ['entries', ({ entries }) => figure(entries)],
    ['µs an entry', ({ cpuSeconds = NaN, entries = NaN }) => figure((cpuSeconds * 1e6) / entries, 1)],
    ['peak MB', ({ peakMegabytes }) => figure(peakMegabytes)],
    ['bytes a Pod', ({ bytesPerPod }) => figure(bytesPerPod)],
    ['Pods Ready', ({ ready }) => figure(ready)],
    [
      'times faster than webernetes',
      ({ wallSeconds = NaN }, name) =>
        rival?.wallSeconds === undefined || !name.startsWith('ready 10 nodes')
          ? ''
          : figure(rival.wallSeconds / wallSeconds, 1),
    ],
  ];
}

function section(
  title: string,
  rows: readonly (Measured & { readonly row: Row })[],
  columns: readonly Column[],
): readonly string[] {
  if (rows.length === 0) return [];
  const head = [title, ...columns.map(([name]) => name)];
  return [table([head, ...rows.map(({ name, row }) => [name, ...columns.map(([, value]) => value(row, name))])]), ''];
}

function figure(value: number | undefined, digits = 0): string {
  return value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits);
}
