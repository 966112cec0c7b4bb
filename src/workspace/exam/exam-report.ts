import type { TrafficCount } from '../../simulator/network/traffic-tally.ts';
import type { ExamObject, ExamPlan, PlannedFault } from './exam-plan.ts';
import { EXAM_RULES, checkRules } from './rule-checks.ts';
import type { RuleResult } from './rule-checks.ts';

export interface FaultReport extends PlannedFault {
  readonly sent: number;
  /** Users who got no answer, or an error. */
  readonly failed: number;
  /** From the fault to the last request that failed; 0 where none did. Milliseconds. */
  readonly recoveryMs: number;
  /** Requests still fail when the next thing goes wrong. */
  readonly isOpen: boolean;
}

export interface ExamReport {
  readonly faults: readonly FaultReport[];
  readonly rules: readonly RuleResult[];
  readonly score: ExamScore;
}

/** Points, at most as `MOST_POINTS` has them. */
export interface ExamScore {
  readonly users: number;
  readonly recovery: number;
  readonly rules: number;
  readonly total: number;
}

export const MOST_POINTS = { users: 40, recovery: 20, rules: 40 } as const;
/** With a fifth of the requests lost nothing is left of the points of users. */
const WORST_SHARE = 0.2;
/** Seconds at the end of a watch in which a failure says that it is not over. */
const TAIL_S = 5;

/** How a design came through its exam day, from what its users saw and from what it says itself. */
export function examReport(
  { faults }: ExamPlan,
  series: TrafficCount['series'],
  objects: readonly ExamObject[],
): ExamReport {
  const reports = faults.map((fault): FaultReport => {
    const [from, until] = [fault.fromMs / 1000, fault.untilMs / 1000];
    const own = series.filter(({ second }) => second >= from && second < until);
    const last = own.findLast(({ failed }) => failed > 0)?.second;
    return {
      ...fault,
      sent: sum(own.map(({ sent }) => sent)),
      failed: sum(own.map(({ failed }) => failed)),
      recoveryMs: last === undefined ? 0 : (last + 1 - from) * 1000,
      isOpen: last !== undefined && last >= until - TAIL_S,
    };
  });
  const rules = checkRules(objects);
  return { faults: reports, rules, score: scoreOf(reports, rules) };
}

function scoreOf(faults: readonly FaultReport[], rules: readonly RuleResult[]): ExamScore {
  const sent = sum(faults.map((fault) => fault.sent));
  const share = sent === 0 ? 1 : sum(faults.map(({ failed }) => failed)) / sent;
  const kept = faults.map(({ recoveryMs, fromMs, untilMs }) => 1 - Math.min(1, recoveryMs / (untilMs - fromMs)));
  const users = Math.round(MOST_POINTS.users * Math.max(0, 1 - share / WORST_SHARE));
  const recovery = sent === 0 ? 0 : Math.round((MOST_POINTS.recovery * sum(kept)) / Math.max(1, kept.length));
  const points = Math.round((MOST_POINTS.rules * rules.filter(({ passed }) => passed).length) / EXAM_RULES.length);
  return { users, recovery, rules: points, total: users + recovery + points };
}

function sum(of: readonly number[]): number {
  return of.reduce((total, one) => total + one, 0);
}
