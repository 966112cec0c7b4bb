import { beforeAll, describe, expect, it } from 'vitest';
import { jsonEqual } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { newLesson, recordedRun, withFinders, withItem } from '../../lessons/authoring/draft.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { readLesson } from '../../lessons/read-lesson.ts';
import { readLessonObject, runLesson } from '../../../test/support/play-lesson.ts';
import { checkLesson } from './check-lesson.ts';
import { findMarked } from './find-marked.ts';
import { lessonObject } from './lesson-files.ts';
import type { LessonRun } from './lesson-run.ts';
import { lessonText, runProblems } from './lesson-text.ts';

const SAID = { en: 'Something happens', zh: '' };
const base = readLessonObject('e1.yaml');
const taught = readLesson(base).lesson;
let run: LessonRun;
let told: readonly number[];
beforeAll(async () => {
  ({ run } = await runLesson(taught));
  // What the page shows when it tells how things work: no gates, no heartbeats, nothing from before the design came.
  told = run.entries.filter((entry) => entry.timeMs > 5000 && run.shown(entry).level < 2).map(({ seq }) => seq);
}, 60_000);

/** A lesson of somebody who marked these entries of the run, from nothing but its Script. */
function marked(seqs: readonly number[]): { readonly draft: JsonObject; readonly refused: readonly string[] } {
  const recorded = recordedRun({ apiVersion: 'drydock.dev/v1', kind: 'Script', ...taught.run });
  let draft = newLesson(recorded, { en: 'Mine', zh: '我的' }, { en: 'One', zh: '一' });
  for (const [index, seq] of seqs.entries()) {
    const step = { id: `s${seq}`, chapter: 'one', detail: 'story', find: { verb: '-' }, caption: SAID };
    draft = withItem(draft, 'steps', index, step);
  }
  const wanted = seqs.map((seq) => ({ id: `s${seq}`, seq }));
  const found = findMarked(run, readLesson(draft).lesson, wanted);
  const refused = Object.entries(found).flatMap(([id, find]) => (find === null ? [id] : []));
  const steps = (withFinders(draft, found)['steps'] as JsonObject[]).filter(({ id }) => !refused.includes(String(id)));
  return { draft: { ...draft, steps }, refused };
}

const ids = (lesson: Lesson) => lesson.steps.map(({ id }) => id);

describe('a lesson that is made from a run', () => {
  it('finds every step that was marked, in words that hold after the file was written and read', () => {
    const seqs = told.filter((_, index) => index % 17 === 0);
    const { draft, refused } = marked(seqs);
    expect(seqs.length).toBeGreaterThan(30);
    // What happens twice alike in one millisecond cannot be told apart, and is said to be so.
    expect(refused.length).toBeLessThan(seqs.length / 20);
    const again = lessonObject('mine.yaml', lessonText(draft));
    expect(jsonEqual(again, JSON.parse(JSON.stringify(draft)))).toBe(true);
    const { lesson } = readLesson(again);
    const { steps, problems } = checkLesson(run, lesson, 0);
    expect(problems).toEqual([]);
    expect(steps.steps.map(({ id, seq }) => [id, seq])).toEqual(ids(lesson).map((id) => [id, Number(id.slice(1))]));
  });

  it('may leave a language out, and says so as a gap and not as a fault', () => {
    const { problems } = readLesson(marked([told.at(-5)!]).draft);
    expect(problems).toEqual([{ field: 'steps[0].caption.zh', id: 'lesson.untold.zh', params: {}, isGap: true }]);
  });

  it('finds other steps as before when one is put between them', () => {
    const at = (index: number): number => told[index]!;
    const [first, second, third, fourth] = [at(21), at(64), at(101), at(141)];
    const { draft } = marked([first, third, fourth]);
    const between = { id: `s${second}`, chapter: 'one', detail: 'story', find: { verb: '-' }, caption: SAID };
    const more = withItem(draft, 'steps', 1, between);
    const places = [first, second, third, fourth].map((seq) => ({ id: `s${seq}`, seq }));
    const whole = withFinders(more, findMarked(run, readLesson(more).lesson, places));
    const { steps } = checkLesson(run, readLesson(whole).lesson, 0);
    expect(steps.missing).toEqual([]);
    expect(steps.steps.map(({ seq }) => seq)).toEqual(places.map(({ seq }) => seq));
  });

  it('is told at the place what does not work when it is played', () => {
    const { draft } = marked([told[30]!]);
    const questions = [
      { id: 'a', type: 'number', after: `s${told[30]!}`, ask: SAID, answer: 'size(pods', explain: SAID },
      {
        id: 'b',
        type: 'choice',
        after: `s${told[30]!}`,
        ask: SAID,
        answer: 'size(pods)',
        explain: SAID,
        options: [7, 8].map((value) => ({ value, say: SAID })),
      },
      {
        id: 'c',
        type: 'number',
        after: `s${told[30]!}`,
        ask: SAID,
        answer: 'size(nodes)',
        explain: { en: '${who}', zh: '' },
      },
    ];
    const steps = [{ ...(draft['steps'] as JsonObject[])[0], find: { verb: 'NEVER' } }];
    const gone = readLesson({ ...draft, steps, questions: [] }).lesson;
    expect(checkLesson(run, gone, 0).problems).toEqual([{ field: 'steps[0].find', id: 'lesson.notInRun', params: {} }]);
    const homework = {
      task: SAID,
      checks: [
        { id: 'x', title: SAID, met: 'size(readyPods) >= 2' },
        { id: 'y', title: SAID, met: 'size(readyPods)' },
      ],
    };
    const asked = readLesson({
      ...draft,
      questions,
      homework,
    }).lesson;
    const { problems, met } = checkLesson(run, asked, 0);
    expect(problems.map(({ field, id }) => [field, id])).toEqual([
      ['questions[0].answer', 'lesson.noAnswer'],
      ['questions[1].options', 'lesson.notAmong'],
      ['questions[2].explain.en', 'lesson.unknownName'],
      ['homework.checks[1].met', 'lesson.noAnswer'],
    ]);
    expect(met).toEqual([true, false]);
  });

  it('is told what is wrong with its run by field', () => {
    const wrong = { ...taught.run, steps: [{ at: 'soon', fault: 'node-failure' }] };
    expect(runProblems({ run: wrong }).map(({ field }) => field)).toContain('run.steps[0].at');
  });
});
