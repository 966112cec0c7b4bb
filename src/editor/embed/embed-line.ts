import { fillText } from '../../lessons/parameters.ts';
import type { Simulation } from '../../workspace/simulation/simulation.ts';
import { lessonStore } from '../classroom/lesson-state.ts';
import type { LessonState } from '../classroom/lesson-state.ts';
import { goToStep, moveLesson } from '../classroom/move-lesson.ts';
import { LANGUAGES, settings } from '../settings.ts';
import { tellParent } from './embed-messages.ts';
import type { EmbedNews, EmbedOrder } from './embed-messages.ts';

/** Talks with the page around: tells it where the lesson is, and does what it asks. */
export function openEmbedLine(simulation: Simulation): void {
  addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (source !== parent || source === window) return;
    const order = orderOf(data);
    if (order !== undefined) obey(order, simulation);
  });
  let told = '';
  const tell = (): void => {
    const { open } = lessonStore.getState();
    const news = open && newsOf(open);
    const text = JSON.stringify(news);
    if (news === undefined || text === told) return;
    told = text;
    tellParent(news);
  };
  lessonStore.subscribe(tell);
  settings.subscribe(tell);
  tellParent({ type: 'ready' });
  tell();
}

function orderOf(data: unknown): EmbedOrder | undefined {
  if (typeof data !== 'object' || data === null || !('drydock' in data)) return undefined;
  const { drydock } = data;
  if (typeof drydock !== 'object' || drydock === null || !('type' in drydock)) return undefined;
  const { type } = drydock;
  if (type === 'next' || type === 'back') return { type };
  if (type === 'goTo' && 'step' in drydock && Number.isInteger(drydock.step))
    return { type, step: Number(drydock.step) };
  if (type === 'language' && 'language' in drydock) return { type, language: String(drydock.language) };
  return undefined;
}

function obey(order: EmbedOrder, simulation: Simulation): void {
  if (order.type === 'next') moveLesson(1, simulation);
  else if (order.type === 'back') moveLesson(-1, simulation);
  else if (order.type === 'goTo') goToStep(order.step, simulation);
  else {
    const language = LANGUAGES.find((known) => known.split('-')[0] === order.language.split('-')[0]);
    if (language !== undefined) settings.setState({ language });
  }
}

function newsOf({ lesson, stops, at, plan }: LessonState): EmbedNews | undefined {
  const stop = stops[at];
  if (stop === undefined) return undefined;
  const steps = stops.filter(({ type }) => type === 'step');
  const reached = stops.slice(0, at + 1).filter(({ type }) => type === 'step');
  const last = reached.at(-1);
  const step = lesson.steps.find(({ id }) => last?.type === 'step' && id === last.id);
  const values = plan?.steps.find(({ id }) => id === step?.id)?.values ?? {};
  const words = settings.getState().language === 'zh-CN' ? step?.caption.zh : step?.caption.en;
  return {
    type: 'step',
    lesson: lesson.id,
    step: reached.length,
    steps: steps.length,
    caption: fillText(words ?? '', values),
    ...(stop.type === 'question' && { question: stop.question.id }),
  };
}
