import type { Frame } from '../../../workspace/simulation/frame.ts';
import type { LogEntry, Simulation } from '../../../workspace/simulation/simulation.ts';
import { i18n, loadLanguage } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import type { Language } from '../../settings.ts';
import { captionText } from '../caption-text.ts';
import { JUMP_MS, clock } from '../steps.ts';
import type { PictureWords } from './step-svg.ts';
import { stepSvg } from './step-svg.ts';
import type { Panel } from './storyboard.ts';
import { storyboardHtml } from './storyboard.ts';

/** Which languages a storyboard speaks, the first of them first. */
export type BoardLanguages = readonly Language[];

const STATES = ['pending', 'creating', 'waiting', 'running', 'ready', 'terminating', 'succeeded', 'failed'] as const;

/** What is written on the picture of a step. */
export function pictureWords(t: Text, step: LogEntry, captions: readonly string[]): PictureWords {
  const states = STATES.map((state) => [state, t(`simulation:pod.${state}`)] as const);
  return {
    captions,
    title: captionText(t, step),
    time: `t = ${clock(step.timeMs)}`,
    podStates: Object.fromEntries(states) as PictureWords['podStates'],
  };
}

/** A step of the branch that is shown, as a picture with its caption. */
export async function pictureOfStep(
  simulation: Simulation,
  step: LogEntry,
  number: number,
  languages: BoardLanguages,
): Promise<string> {
  for (const language of languages) await loadLanguage(language);
  const { branch } = simulation.store.getState();
  const frame = await simulation.ask('frame', {}, { branch, seq: step.seq });
  if (frame === undefined) throw new Error('the run is over');
  const texts = languages.map((language) => i18n.getFixedT(language) as Text);
  return stepSvg(
    frame,
    step,
    number,
    pictureWords(
      texts[0]!,
      step,
      texts.map((t) => captionText(t, step)),
    ),
  );
}

interface BoardOptions {
  readonly title: string;
  readonly languages: BoardLanguages;
  /** Says how many of them are drawn. */
  readonly progress: (done: number) => void;
}

/** Steps of the branch that is shown as one page. Numbers are places among all steps that are told. */
export async function makeStoryboard(
  simulation: Simulation,
  steps: readonly { readonly step: LogEntry; readonly number: number; readonly before: LogEntry | undefined }[],
  { title, languages, progress }: BoardOptions,
): Promise<string> {
  for (const language of languages) await loadLanguage(language);
  const { branch, branches, options } = simulation.store.getState();
  const texts = languages.map((language) => ({ language, t: i18n.getFixedT(language) as Text }));
  const { t } = texts[0]!;
  const panels: Panel[] = [];
  for (const { step, number, before } of steps) {
    const frame: Frame | undefined = await simulation.ask('frame', {}, { branch, seq: step.seq });
    if (frame === undefined) throw new Error('the run is over');
    const waited = before === undefined ? 0 : step.timeMs - before.timeMs;
    panels.push({
      seq: step.seq,
      number,
      time: `t = ${clock(step.timeMs)}`,
      jump: waited >= JUMP_MS ? t('simulation:later', { time: clock(waited) }) : undefined,
      // The caption stands beneath it, in as many languages as are wanted.
      svg: stepSvg(frame, step, number, pictureWords(t, step, [])),
      captions: texts.map((one) => ({ lang: one.language, text: captionText(one.t, step) })),
    });
    progress(panels.length);
  }
  const hash = branches[branch]?.hash ?? '';
  return storyboardHtml(panels, {
    lang: languages[0] ?? 'en',
    title,
    about: t('rehearsal:boardAbout', { seed: options.seed, hash, count: panels.length }),
    print: t('rehearsal:boardPrint'),
  });
}
