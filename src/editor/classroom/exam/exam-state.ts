import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Design } from '../../../design/design.ts';
import type { ExamPlan } from '../../../workspace/exam/exam-plan.ts';
import type { ExamReport } from '../../../workspace/exam/exam-report.ts';

/** The exam that is open: what was planned, and how it went. */
export interface ExamState {
  readonly plan: ExamPlan;
  readonly seed: number;
  /** The design as it was when the exam began. */
  readonly design: Design;
  /** Steps of the run to which it leads: the fault of each, in their order. */
  readonly stops: readonly number[];
  readonly at: number;
  readonly report: ExamReport | undefined;
}

export const exam = createStore<{ readonly open: ExamState | undefined }>(() => ({ open: undefined }));

export function useExam(): ExamState | undefined {
  return useStore(exam, (state) => state.open);
}

export function changeExam(change: Partial<ExamState>): void {
  const { open } = exam.getState();
  if (open !== undefined) exam.setState({ open: { ...open, ...change } });
}
