import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { parametersFor } from '../../src/lessons/parameters.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import type { LessonAnswer, LessonSteps } from '../../src/workspace/lessons/answer-lesson.ts';
import { lessonObject, startOf } from '../../src/workspace/lessons/lesson-files.ts';
import { inProcessSimulation, ran } from '../../src/workspace/simulation/testing/in-process.ts';

const FOLDER = join(import.meta.dirname, '../../templates/lessons');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

interface Played {
  readonly steps: LessonSteps;
  readonly answers: ReadonlyMap<string, LessonAnswer | { readonly failure: string }>;
}

/** Plays a lesson as the page does: the run, where its steps are, and every question. */
async function play(lesson: Lesson, variant = 0): Promise<Played> {
  const simulation = inProcessSimulation();
  const { files, script } = startOf(lesson);
  await ran(simulation, files, { seed: 1, workers: 3, script });
  const at = { branch: 0, seq: 1 };
  const steps = (await simulation.ask('lessonSteps', { lesson }, at))!;
  const answers = new Map<string, LessonAnswer | { readonly failure: string }>();
  for (const { id } of lesson.questions)
    answers.set(id, (await simulation.ask('lessonAnswer', { lesson, id, variant }, at))!);
  simulation.end();
  return { steps, answers };
}

const object = (file: string) => lessonObject(file, readFileSync(join(FOLDER, file), 'utf8'));

describe.each(FILES)('the lesson in %s', (file) => {
  const { lesson, problems } = readLesson(object(file));

  it('can be read, with both languages', () => expect(problems).toEqual([]));

  it('has as many steps as a lesson should have', () => {
    const told = lesson.steps.filter(({ detail }) => detail !== 'full').length;
    expect(told).toBeGreaterThanOrEqual(7);
    expect(told).toBeLessThanOrEqual(32);
    expect(lesson.questions.length).toBeGreaterThanOrEqual(2);
  });

  it('has every step in its run, and an answer of the simulator to every question', async () => {
    const { steps, answers } = await play(lesson);
    expect(steps.missing).toEqual([]);
    expect(steps.failed).toEqual([]);
    for (const question of lesson.questions) {
      const answer = answers.get(question.id)!;
      expect(answer, question.id).not.toHaveProperty('failure');
      if ('failure' in answer) continue;
      const { right } = answer;
      const options = question.type === 'choice' ? question.options : question.type === 'truth' ? question.reasons : [];
      const wanted = right.type === 'choice' ? right.value : right.type === 'truth' ? right.reason : undefined;
      if (options.length > 0)
        expect(
          options.map(({ value }) => value),
          question.id,
        ).toContainEqual(wanted);
      if (right.type === 'object') expect(answer.among, question.id).toEqual(expect.arrayContaining([...right.names]));
      for (const { en, zh } of [question.explain])
        for (const [, name] of `${en}${zh}`.matchAll(/\$\{(\w+)\}/g))
          expect(Object.keys(answer.values)).toContain(name);
    }
    for (const { id, caption } of lesson.steps) {
      const { values } = steps.steps.find((step) => step.id === id)!;
      for (const [, name] of `${caption.en}${caption.zh}`.matchAll(/\$\{(\w+)\}/g))
        expect(Object.keys(values), id).toContain(name);
    }
  });

  it('has its steps in every variant that a seed can bring', async () => {
    const seeds = new Map<string, number>();
    for (let seed = 1; seed <= 40; seed++) seeds.set(JSON.stringify(parametersFor(object(file), seed)), seed);
    seeds.delete(JSON.stringify(lesson.parameters));
    for (const [parameters, seed] of [...seeds].slice(0, 2)) {
      const { steps, answers } = await play(readLesson(object(file), seed).lesson, seed);
      expect(steps.missing, parameters).toEqual([]);
      for (const [id, answer] of answers) expect(answer, `${id} ${parameters}`).not.toHaveProperty('failure');
    }
  });
});

it('has another right answer when the design has other replicas, and the question is the same', async () => {
  const answers = await Promise.all(
    [3, 5].map(async (replicas) => {
      const { lesson } = readLesson(object('c7.yaml'), { replicas });
      const answer = (await play(lesson)).answers.get('how-many')!;
      return 'failure' in answer ? answer : answer.right;
    }),
  );
  expect(answers).toEqual([
    { type: 'number', value: 3 },
    { type: 'number', value: 5 },
  ]);
});
