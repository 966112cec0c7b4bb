import { showToast } from '../../../kit/toasts.ts';
import { planExam } from '../../../workspace/exam/exam-plan.ts';
import type { ExamObject, ExamPlan, FoundInRun } from '../../../workspace/exam/exam-plan.ts';
import { examReport } from '../../../workspace/exam/exam-report.ts';
import type { LogEntry, Simulation } from '../../../workspace/simulation/simulation.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import { i18n } from '../../i18n.ts';
import { closeDialog, openDialog, page } from '../../page-state.ts';
import { guide } from '../../simulation/guide.ts';
import { runEnded } from '../begin-lesson-run.ts';
import { lessonStore } from '../lesson-state.ts';
import { changeExam, exam } from './exam-state.ts';
import { ExamTools, ExamWords, NoTools } from './exam-words.tsx';

/** Workers of the cluster in which the exam is held. */
const WORKERS = 3;

/** Exam day: the open design runs, five things go wrong in the order of a seed, and its users are counted. */
export async function openExam(
  seed: number,
  { workspace, simulation }: { readonly workspace: Workspace; readonly simulation: Simulation },
): Promise<void> {
  const { design } = workspace.store.getState();
  const objects = [...design.records.values()].map(({ id, object }): ExamObject => ({ record: id, object }));
  const plan = planExam(objects, seed);
  if (plan === undefined) return showToast({ text: i18n.t('exam:nothingToTry'), tone: 'bad' });
  closeDialog();
  lessonStore.setState({ open: undefined });
  exam.setState({ open: { plan, seed, design, stops: [], at: 0, report: undefined } });
  lead(simulation);
  page.setState({ mode: 'simulation', simulated: design, welcome: false });
  const files = workspace.exportFiles({ layout: 'keep' });
  const run = async (found?: FoundInRun): Promise<void> => {
    simulation.start(files, { seed, workers: WORKERS, script: plan.script(found) });
    await runEnded(simulation);
  };
  // The same seed gives the same names: the first run tells whom the crash will meet.
  await run();
  const found = await foundIn(plan, simulation);
  if (exam.getState().open?.plan !== plan) return;
  if (found === undefined)
    return showToast({ text: i18n.t('exam:nothingRuns', { workload: plan.workload }), tone: 'bad' });
  await run(found);
  await tell(plan, objects, simulation);
}

/** A Pod of the workload whose users are counted, and the address at which they come. */
async function foundIn({ workload, service }: ExamPlan, simulation: Simulation): Promise<FoundInRun | undefined> {
  const at = lastStep(simulation);
  const [frame, why] = await Promise.all([
    simulation.ask('frame', {}, at),
    simulation.ask('why', { object: service }, at),
  ]);
  const pods = frame?.nodes.flatMap((node) => node.pods) ?? [];
  const [pod] = pods
    .filter((one) => one.workload === workload && one.node !== undefined)
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const address = why?.service?.clusterIp;
  if (pod?.node === undefined || address === undefined) return undefined;
  return { pod: `${pod.namespace}/${pod.name}`, node: pod.node, address };
}

async function tell(plan: ExamPlan, objects: readonly ExamObject[], simulation: Simulation): Promise<void> {
  const requests = await simulation.ask('requests', {}, lastStep(simulation));
  if (exam.getState().open?.plan !== plan) return;
  const { entries = [] } = simulation.store.getState().branches[0] ?? {};
  const stops = plan.faults.map(
    ({ fromMs }) => entries.find((entry) => entry.timeMs >= fromMs && isDeed(entry))?.seq ?? 1,
  );
  changeExam({ report: examReport(plan, requests?.[0]?.count?.series ?? [], objects), stops });
  lead(simulation);
  if (stops[0] !== undefined) simulation.goTo(stops[0]);
  openDialog({ type: 'exam' });
}

/** Something that is done to the cluster, and no answer of its own. */
function isDeed({ class: kind, verb }: LogEntry): boolean {
  return kind === 'fault' || verb === 'kubectl';
}

function lastStep(simulation: Simulation): { readonly branch: number; readonly seq: number } {
  return { branch: 0, seq: simulation.store.getState().branches[0]?.length ?? 1 };
}

function lead(simulation: Simulation): void {
  guide.setState({
    guide: {
      count: exam.getState().open?.stops.length ?? 0,
      stepsOf: ({ entries }) => exam.getState().open?.stops.flatMap((seq) => entries[seq - 1] ?? []) ?? [],
      move: (by) => {
        const { open } = exam.getState();
        if (open === undefined || open.stops.length === 0) return;
        const at = Math.max(0, Math.min(open.stops.length - 1, open.at + Math.sign(by)));
        changeExam({ at });
        const seq = open.stops[at];
        if (seq !== undefined) simulation.goTo(seq);
      },
      Words: ExamWords,
      Tools: ExamTools,
      PresentingTools: NoTools,
    },
  });
}

/** The exam is left with its run. */
page.subscribe(({ mode }, before) => {
  if (mode !== 'design' || before.mode !== 'simulation' || exam.getState().open === undefined) return;
  exam.setState({ open: undefined });
  guide.setState({ guide: undefined });
});
