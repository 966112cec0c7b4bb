import { fillText } from '../../lessons/parameters.ts';
import { lessonStore, stepsReached } from '../classroom/lesson-state.ts';
import type { LessonState } from '../classroom/lesson-state.ts';
import { saidIn } from '../classroom/use-say.ts';
import { goToStep, moveLesson } from '../classroom/move-lesson.ts';
import { THEMES, languageOf, settings } from '../settings.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { designLine, designOrderOf } from './design-line.ts';
import { tellParent } from './embed-messages.ts';
import type { DesignOrder, EmbedNews, EmbedOrder } from './embed-messages.ts';

/** Talks with the page around: tells it where the lesson is, and does what it asks. */
export function openEmbedLine(workspace: Workspace): void {
  let giver = '';
  const obeyDesign = designLine(workspace, (news) => tellParent(news, giver));
  addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== parent || source === window) return;
    const order = orderOf(data);
    if (order === undefined) return;
    if (order.type !== 'open' && order.type !== 'select' && order.type !== 'picture') return obey(order);
    // A page that was opened as a file has no origin to name.
    giver = origin === 'null' ? '*' : origin;
    obeyDesign(order);
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
  if (type === 'theme' && 'theme' in drydock) {
    const theme = THEMES.find((known) => known === drydock.theme);
    return theme && { type, theme };
  }
  return designOrderOf({ ...drydock, type });
}

function obey(order: Exclude<EmbedOrder, DesignOrder>): void {
  if (order.type === 'next') moveLesson(1);
  else if (order.type === 'back') moveLesson(-1);
  else if (order.type === 'goTo') goToStep(order.step);
  else if (order.type === 'theme') settings.setState({ theme: order.theme });
  else {
    const language = languageOf(order.language);
    if (language !== undefined) settings.setState({ language });
  }
}

function newsOf(open: LessonState): EmbedNews | undefined {
  const { lesson, stops, at, plan } = open;
  const stop = stops[at];
  if (stop === undefined) return undefined;
  const reached = stepsReached(open);
  const step = lesson.steps.find(({ id }) => id === reached.at(-1)?.id);
  const values = plan?.steps.find(({ id }) => id === step?.id)?.values ?? {};
  return {
    type: 'step',
    lesson: lesson.id,
    step: reached.length,
    steps: stops.filter(({ type }) => type === 'step').length,
    caption: step === undefined ? '' : fillText(saidIn(settings.getState().language, step.caption), values),
    ...(stop.type === 'question' && { question: stop.question.id }),
  };
}
