import type { Lesson } from '../../src/lessons/lesson.ts';
import { toldSteps } from '../../src/lessons/told-steps.ts';
import { FLOWS } from '../../src/lessons/glossary/data/flows.ts';
import { CARDS } from '../../src/lessons/glossary/glossary.ts';
import type { ListedLesson } from '../../src/workspace/lessons/catalogue.ts';

/** How the documents that are made of the lessons are written anew. */
export const WRITE_LESSONS = 'DRYDOCK_WRITE=1 npx vitest run test/lessons/table.test.ts';

/** What lists say of a lesson. */
export function listedLesson(lesson: Lesson): ListedLesson {
  const { id, title, minutes, goals, flows, items, corrections, questions } = lesson;
  const steps = toldSteps(lesson, 'standard').length;
  return { id, title, minutes, steps, questions: questions.length, goals, flows, items, corrections };
}

/** `docs/lessons.md`: how long each lesson is, what it asks, and what of the checklist it covers. */
export function lessonsDocument(lessons: readonly Lesson[]): string {
  const flows = new Set(lessons.flatMap((lesson) => lesson.flows));
  const items = new Set(lessons.flatMap((lesson) => lesson.items));
  const count = (of: (lesson: Lesson) => number): number => lessons.reduce((sum, lesson) => sum + of(lesson), 0);
  const questions = count((lesson) => lesson.questions.length);
  const tried = count((lesson) => lesson.questions.filter(({ whatIf }) => whatIf !== undefined).length);
  return `# Lessons

One file each in \`templates/lessons\`, in English and Chinese. This page is written from them: \`${WRITE_LESSONS}\`.
Each is played, A and B on small models of machines (\`src/lessons/models\`), the others on the simulator, and every step, question and fault in it tried: \`npx vitest run test/lessons\`.

${lessons.length} of 30 lessons, ${questions} questions (${tried} of them by trying something in a branch of the run), ${count(({ faults }) => faults.length)} faults; ${flows.size} of ${FLOWS.length} flows and ${items.size} of ${CARDS.length} items of the [checklist](checklist.md) are assessed.
Steps: in the story, in the standard telling, and in full.

| lesson | title | 标题 | min | steps | questions | faults | flows | items | notes and today |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${lessons.map(rowOf).join('\n')}
`;
}

function rowOf(lesson: Lesson): string {
  const { id, title, minutes, questions, faults, flows, items, corrections } = lesson;
  const steps = (['story', 'standard', 'full'] as const).map((detail) => toldSteps(lesson, detail).length);
  const cells = [
    id,
    title.en,
    title.zh,
    String(minutes),
    steps.join(' · '),
    String(questions.length),
    String(faults.length),
    flows.join(', '),
    items.join(', '),
    corrections.join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}
