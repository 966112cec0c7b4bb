import { jsonEqual } from '../../../base/json.ts';
import { fillText } from '../../../lessons/parameters.ts';
import type { Question } from '../../../lessons/question.ts';
import type { Said } from '../../../lessons/said.ts';
import type { Simulation } from '../../../workspace/simulation/simulation.ts';
import { i18n, loadLanguage } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import type { Language } from '../../settings.ts';
import { pictureWords } from '../../simulation/keep/make-storyboard.ts';
import { stepSvg } from '../../simulation/keep/step-svg.ts';
import type { LessonState } from '../lesson-state.ts';
import { rightText } from '../right-text.ts';
import { saidIn } from '../use-say.ts';
import { handoutHtml } from './handout-html.ts';
import type { HandoutQuestion, HandoutStep, InLanguages } from './handout-html.ts';

interface HandoutOptions {
  readonly languages: readonly Language[];
  readonly withAnswers: boolean;
}

/** The lesson that is open, on paper. Steps of a model have words and no picture. */
export async function makeHandout(
  open: LessonState,
  simulation: Simulation,
  { languages, withAnswers }: HandoutOptions,
): Promise<string> {
  for (const language of languages) await loadLanguage(language);
  const { lesson, plan, stops } = open;
  const texts = languages.map((language) => ({ language, t: i18n.getFixedT(language) as Text }));
  const { t } = texts[0]!;
  const said = (words: Said, values: Readonly<Record<string, unknown>> = {}): InLanguages =>
    languages.map((lang) => ({ lang, text: fillText(saidIn(lang, words), values as Parameters<typeof fillText>[1]) }));
  const steps: HandoutStep[] = [];
  let chapter: string | undefined;
  for (const stop of stops) {
    if (stop.type === 'question') {
      const last = steps.pop();
      if (last !== undefined) steps.push({ ...last, questions: [...last.questions, asked(stop.question)] });
      continue;
    }
    const step = lesson.steps.find(({ id }) => id === stop.id)!;
    const begins = step.chapter === chapter ? undefined : lesson.chapters.find(({ id }) => id === step.chapter);
    chapter = step.chapter;
    const values = plan?.steps.find(({ id }) => id === step.id)?.values ?? {};
    steps.push({
      number: steps.length + 1,
      chapter: begins && said(begins.title),
      svg: await picture(stop.seq, steps.length + 1),
      caption: said(step.caption, values),
      questions: [],
    });
  }

  async function picture(seq: number, number: number): Promise<string | undefined> {
    const entry = simulation.store.getState().branches[0]?.entries[seq - 1];
    if (entry === undefined) return undefined;
    const frame = await simulation.ask('frame', {}, { branch: 0, seq });
    return frame && stepSvg(frame, entry, number, pictureWords(t, entry, []));
  }

  function asked(question: Question): HandoutQuestion {
    const answer = open.answers.get(question.id);
    const known = answer === undefined || 'failure' in answer ? undefined : answer;
    const before = { ...lesson.parameters, ...plan?.steps.find(({ id }) => id === question.after)?.values };
    const options = question.type === 'choice' ? question.options : question.type === 'truth' ? question.reasons : [];
    const items = question.type === 'order' ? question.items.map((item) => item.say) : [];
    return {
      ask: said(question.ask, before),
      options: [...options.map((option) => option.say), ...items].map((words) => said(words, before)),
      answer: texts.map((one) => ({
        lang: one.language,
        text: known === undefined ? '' : rightText(question, known, (words) => saidIn(one.language, words), one.t),
      })),
      explain: said(question.explain, known?.values ?? {}),
    };
  }

  return handoutHtml({
    title: said(lesson.title),
    goals: lesson.goals.map((goal) => said(goal)),
    simplified: lesson.simplified.map((one) => said(one)),
    steps,
    withAnswers,
    words: {
      goals: t('authoring:goals'),
      simplified: t('authoring:simplification'),
      name: t('authoring:student'),
      question: t('classroom:question'),
      answers: t('authoring:answers'),
      about: `${lesson.id} · Kubernetes 1.36 · ${t('authoring:minutesLong', { count: lesson.minutes })}`,
    },
  });
}

/** Whether every question has its answer already: a handout before would lack some. */
export function hasAnswers({ lesson, answers }: LessonState): boolean {
  return lesson.questions.every(({ id }) => answers.has(id)) && !jsonEqual(lesson.steps, []);
}
