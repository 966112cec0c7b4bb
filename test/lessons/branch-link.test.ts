import { expect, it } from 'vitest';
import { openBranch, packedBranch } from '../../src/editor/classroom/branch-link.ts';
import { fileOf, inProcessSimulation, ran, rested } from '../../src/workspace/simulation/testing/in-process.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: "web:1.0"}]}\n';
const files = [fileOf(POD)];
const script = JSON.stringify({
  apiVersion: 'drydock.dev/v1',
  kind: 'Script',
  timesFrom: 'start',
  until: '30s',
  steps: [{ at: '20s', fault: 'container-kill', target: 'Pod/default/web' }],
});
const begun = async () => {
  const simulation = inProcessSimulation();
  await ran(simulation, files, { seed: 1, workers: 3, script });
  return simulation;
};

it('carries what was tried beside a lesson through an address: the same branch, step by step', async () => {
  const first = await begun();
  expect(await packedBranch(first)).toBeUndefined();
  const { entries } = first.store.getState().branches[0]!;
  first.goTo(entries.find(({ class: kind }) => kind === 'fault')!.seq);
  first.kubectl('label pods web tier=front');
  await rested(first);
  first.kubectl('delete pods web --wait=false');
  const tried = await rested(first);
  const link = await packedBranch(first);
  expect(link).toMatch(/^[\w-]{50,600}$/);

  const second = await begun();
  openBranch(link!, second);
  const again = await rested(second);
  expect(second.store.getState().branch).toBe(1);
  expect(again.shared).toBe(tried.shared);
  expect(again.hash).toBe(tried.hash);
});

it('leaves a branch that was cut off on its way', async () => {
  const simulation = await begun();
  openBranch('abc', simulation);
  expect(simulation.store.getState().branches).toHaveLength(1);
}, 60_000);
