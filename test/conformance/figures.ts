import type { UpstreamCaseMeta, UpstreamLeftOutMeta } from '../../src/base/testing/upstream-table.ts';

/** A case that was run. */
export interface Ran {
  readonly meta: UpstreamCaseMeta;
  readonly passed: boolean;
}

export interface Outcome {
  readonly lines: readonly string[];
  /** What is wrong with the tables, or failed; none where all is well. */
  readonly faults: readonly string[];
}

interface Count {
  passed: number;
  ran: number;
  leftOut: number;
}

/** Upstream's cases by file and by area, recorded answers apart, and what is wrong. */
export function figuresOf(ran: readonly Ran[], leftOut: readonly UpstreamLeftOutMeta[]): Outcome {
  const byFile = new Map<string, Count>();
  const byArea = new Map<string, Count>();
  const recorded = new Map<string, Count>();
  const count = (meta: UpstreamCaseMeta, add: (count: Count) => void): void => {
    const file = `${meta.file} (${meta.release})`;
    if (meta.recorded) return add(entryOf(recorded, `${meta.area}: ${file}`));
    add(entryOf(byFile, `${meta.area}: ${file}`));
    add(entryOf(byArea, meta.area));
  };
  for (const { meta, passed } of ran) {
    count(meta, (found) => {
      found.ran += 1;
      if (passed) found.passed += 1;
    });
  }
  for (const meta of leftOut) count(meta, (found) => (found.leftOut += meta.count));
  const faults = [
    ...ran.flatMap(({ meta, passed }) => (passed ? [] : [`failed: ${meta.file} ${meta.name}`])),
    ...ran.flatMap(({ meta }) => missing(meta)),
    ...leftOut.flatMap((meta) => [...missing(meta), ...(meta.reason.trim() === '' ? [`no reason: ${meta.name}`] : [])]),
  ];
  const upstream = [...byArea.values()];
  const total = (key: keyof Count): number => upstream.reduce((sum, found) => sum + found[key], 0);
  const all = { passed: total('passed'), ran: total('ran'), leftOut: total('leftOut') };
  return {
    lines: [
      ...section('Upstream cases by file', byFile),
      ...reasonsOf(leftOut),
      ...section('By area', byArea),
      `all: ${shown(all)}`,
      ...(recorded.size > 0
        ? section('Recorded answers of real servers and libraries, no upstream cases', recorded)
        : []),
    ],
    faults: ran.length === 0 ? [...faults, 'no case was run'] : faults,
  };
}

function entryOf(counts: Map<string, Count>, key: string): Count {
  const found = counts.get(key) ?? { passed: 0, ran: 0, leftOut: 0 };
  counts.set(key, found);
  return found;
}

function missing({ file, release, name, recorded }: UpstreamCaseMeta): readonly string[] {
  const lacks = [
    ...(recorded || file.endsWith('_test.go') || file.includes('/') ? [] : ['upstream file']),
    ...(/^v?\d+(?:\.\d+)*$/.test(release) ? [] : ['release']),
    ...(name.trim() === '' ? ['name'] : []),
  ];
  return lacks.map((what) => `no ${what}: ${JSON.stringify({ file, release, name })}`);
}

function section(title: string, counts: ReadonlyMap<string, Count>): readonly string[] {
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, found]) => `  ${key}: ${shown(found)}`);
  return [`${title}:`, ...rows, ''];
}

function shown({ passed, ran, leftOut }: Count): string {
  return `passed ${passed} of ${ran + leftOut}${leftOut > 0 ? `, ${leftOut} left out with reasons` : ''}`;
}

/** Reasons, with the number of cases of each. */
function reasonsOf(leftOut: readonly UpstreamLeftOutMeta[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { file, reason, count } of leftOut) {
    const key = `${file}: ${reason}`;
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return counts.size === 0 ? [] : ['Left out:', ...[...counts].map(([key, number]) => `  ${number} of ${key}`), ''];
}
