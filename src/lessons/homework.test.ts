import { describe, expect, it } from 'vitest';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design } from '../design/design.ts';
import { addFiles } from '../design/import.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { attemptPoints, attemptText, homeworkRefusal, readAttempt } from './homework.ts';
import type { Homework } from './lesson.ts';
import { readManifest } from '../manifest/read.ts';

const designOf = (text: string): Design => addFiles(EMPTY_DESIGN, [readManifest('shop.yaml', text)], BUILT_IN_KINDS);
const deployment = (replicas: number, image: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "${image}"}]}}}\n`;
const service = (name: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n`;
const config = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n';

const SAID = { en: 'x', zh: '甲' };
const homework = (more: Partial<Homework>): Homework => ({
  task: SAID,
  locked: [],
  questions: [],
  checks: [],
  ...more,
});
const before = designOf(deployment(3, 'web:1') + service('web'));

describe('a homework', () => {
  it.each<[string, string, Partial<Homework>, object | undefined]>([
    ['nothing is locked', deployment(5, 'web:2'), {}, undefined],
    [
      'a locked object is changed',
      deployment(5, 'web:1') + service('web'),
      { locked: ['Deployment.apps/default/web'] },
      { refused: 'command.homework.locked', params: { identity: 'Deployment.apps/default/web' } },
    ],
    [
      'a locked object is deleted',
      service('web'),
      { locked: ['Deployment.apps/default/web'] },
      { refused: 'command.homework.locked', params: { identity: 'Deployment.apps/default/web' } },
    ],
    [
      'what is not locked of an object is changed',
      deployment(5, 'web:1') + service('web'),
      { locked: ['Deployment.apps/default/web#spec.template'] },
      undefined,
    ],
    [
      'a locked field is changed',
      deployment(3, 'web:2') + service('web'),
      { locked: ['Deployment.apps/default/web#spec.template'] },
      { refused: 'command.homework.locked', params: { identity: 'Deployment.apps/default/web#spec.template' } },
    ],
    [
      'something is added that is allowed',
      deployment(3, 'web:1') + service('web') + service('two'),
      { palette: ['Service'] },
      undefined,
    ],
    [
      'something is added that is not',
      deployment(3, 'web:1') + service('web') + config,
      { palette: ['Service'] },
      { refused: 'command.homework.palette', params: { kind: 'ConfigMap' } },
    ],
  ])('%s', (_, text, more, refusal) => {
    expect(homeworkRefusal(homework(more), before, designOf(text))).toEqual(refusal);
  });

  it('is handed in as a file that says what was reached, and believes no more than a point for a question', () => {
    const lesson = {
      homework: homework({
        questions: ['q', 'r'],
        checks: [
          { id: 'ready', title: SAID, points: 3, met: 'true' },
          { id: 'spread', title: SAID, points: 2, met: 'true' },
        ],
      }),
    };
    const attempt = readAttempt(
      attemptText({
        student: '小明',
        lesson: { kind: 'Lesson' },
        design: [{ path: 'a.yaml', text: 'x: 1\n' }],
        questions: [
          { id: 'q', credit: 0.5 },
          { id: 'r', credit: 7 },
          { id: 'of another lesson', credit: 1 },
        ],
        checks: [{ id: 'ready', isMet: true }],
      }),
    );
    expect(attempt.student).toBe('小明');
    expect(attempt.design).toEqual([{ path: 'a.yaml', text: 'x: 1\n' }]);
    expect(attemptPoints(lesson, attempt)).toEqual({ points: 4.5, of: 7 });
    expect(() => readAttempt('{"kind":"Pod"}')).toThrow();
    expect(() => readAttempt('no JSON')).toThrow();
  });
});
