import type { Design, DesignRecord } from '../../design/design.ts';
import type { Problem } from '../../design/problem.ts';
import { SOURCES, problemSource } from './problem-source.ts';
import type { ProblemSource } from './problem-source.ts';

export const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Problem['severity'][];
export type Severity = Problem['severity'];

/** The problems of one object, worst first. */
export interface ProblemGroup {
  readonly record: DesignRecord;
  readonly problems: readonly Problem[];
  readonly counts: Readonly<Record<Severity, number>>;
}

/** Objects with problems, those with errors first, then in the order of the design. `problems` come worst first. */
export function problemGroups(problems: readonly Problem[], { records }: Design): readonly ProblemGroup[] {
  const groups = new Map<string, { record: DesignRecord; problems: Problem[]; counts: Record<Severity, number> }>();
  for (const problem of problems) {
    const record = records.get(problem.record);
    // The problems of a moment ago may speak of a record that is gone.
    if (!record) continue;
    let group = groups.get(problem.record);
    if (!group)
      groups.set(problem.record, (group = { record, problems: [], counts: { error: 0, warning: 0, info: 0 } }));
    group.problems.push(problem);
    group.counts[problem.severity]++;
  }
  return [...groups.values()];
}

/** What a person wants to see; an empty set is no wish. */
export interface ProblemFilter {
  readonly severities: ReadonlySet<Severity>;
  readonly sources: ReadonlySet<ProblemSource>;
  readonly text: string;
}

export const NO_FILTER: ProblemFilter = { severities: new Set(), sources: new Set(), text: '' };

/** The problems that pass. `words` gives everything a problem can be found by, in lower case. */
export function filterProblems(
  problems: readonly Problem[],
  { severities, sources, text }: ProblemFilter,
  words: (problem: Problem) => string,
): readonly Problem[] {
  const typed = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (severities.size === 0 && sources.size === 0 && typed.length === 0) return problems;
  return problems.filter((problem) => {
    if (severities.size > 0 && !severities.has(problem.severity)) return false;
    if (sources.size > 0 && !sources.has(problemSource(problem))) return false;
    if (typed.length === 0) return true;
    const found = words(problem);
    return typed.every((part) => found.includes(part));
  });
}

export interface ProblemCounts {
  readonly severities: Readonly<Record<Severity, number>>;
  readonly sources: Readonly<Record<ProblemSource, number>>;
}

export function countProblems(problems: readonly Problem[]): ProblemCounts {
  const severities = { error: 0, warning: 0, info: 0 };
  const sources = Object.fromEntries(SOURCES.map((source) => [source, 0])) as Record<ProblemSource, number>;
  for (const problem of problems) {
    severities[problem.severity]++;
    sources[problemSource(problem)]++;
  }
  return { severities, sources };
}
