import { expect, it } from 'vitest';
import { playModelOf } from '../../lessons/models/index.ts';
import { createModelPlayer } from './model-player.ts';

const run = () =>
  playModelOf({
    model: 'servers',
    given: { servers: 2, image: 'web:1.0', packages: { openssl: '3.5.0' } },
    steps: [{ act: 'upgrade', server: 'server-1', package: 'openssl', version: '3.5.4' }],
  });

it('tries something at the step that is shown, and comes back to it', () => {
  const lesson = run();
  const player = createModelPlayer(lesson);
  player.goTo(1);
  player.act([{ act: 'upgrade', server: 'server-2', package: 'openssl', version: '3.5.4' }]);
  expect(player.store.getState()).toMatchObject({ seq: 2, branchedAt: 1 });
  expect(player.store.getState().run.entries.at(-1)?.from).toBe('server-2');
  // No further back than where the branch begins.
  player.move(-5);
  expect(player.store.getState().seq).toBe(1);
  player.leaveBranch();
  expect(player.store.getState()).toMatchObject({ run: lesson, seq: 1, branchedAt: undefined });
  expect(lesson.entries).toHaveLength(2);
});

it('says why something cannot be done, and stays', () => {
  const player = createModelPlayer(run());
  player.goTo(2);
  player.act([{ act: 'replace', image: 'web:9' }]);
  expect(player.store.getState()).toMatchObject({ seq: 2, refusal: 'act.image names no image: web:9' });
  player.goTo(1);
  expect(player.store.getState().refusal).toBeUndefined();
});
