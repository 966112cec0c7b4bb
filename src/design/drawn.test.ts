import { expect, it } from 'vitest';
import { open } from '../workspace/testing/driver.ts';
import type { Placement } from './design.ts';
import { COMMANDS } from './commands/index.ts';

const WEB = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n';
const note = { x: 10, y: 20, drawn: { text: 'Peak\non Fridays' } };

it('travels in the file, and comes back with arrows that found their ends again, whatever is renamed meanwhile', async () => {
  const driver = await open(WEB);
  const web = driver.id('Pod/web');
  const placements = new Map<string, Placement>([
    ['note:1', note],
    ['arrow:1', { x: 0, y: 0, drawn: { from: 'note:1', to: web, text: '' } }],
  ]);
  driver.run(COMMANDS.movePlacements, { picture: 'application', placements });
  driver.run(COMMANDS.renameRecord, { record: web, name: 'front' });
  const text = driver.texts()['design.yaml'] ?? '';
  expect(text).toContain('# drydock: application note:1 @ 10,20 {"text":"Peak\\non Fridays"}\n');
  expect(text).toContain('{"from":"note:1","to":"Pod/shop/front","text":""}');
  const again = await open(text);
  expect(again.design.placements.application.get('note:1')).toEqual(note);
  expect(again.design.placements.application.get('arrow:1')?.drawn?.['to']).toBe(again.id('Pod/front'));
  expect(again.texts()['design.yaml']).toBe(text);
  driver.expectUndoAndRedo();
});

it('is erased with the arrows that end there, and stays when everything is laid out anew', async () => {
  const driver = await open(WEB);
  const arrow = { x: 0, y: 0, drawn: { from: 'note:1', to: driver.id('Pod/web'), text: '' } };
  const placements = new Map<string, Placement>([
    ['note:1', note],
    ['arrow:1', arrow],
  ]);
  driver.run(COMMANDS.movePlacements, { picture: 'application', placements });
  driver.workspace.tidy();
  await driver.settled();
  expect(driver.design.placements.application.get('note:1')).toEqual(note);
  driver.run(COMMANDS.eraseDrawn, { picture: 'application', keys: ['note:1'] });
  expect([...driver.design.placements.application.keys()].filter((key) => key.includes(':1'))).toEqual([]);
});

it('stays folded and locked where it is moved, and is open again without a trace', async () => {
  const driver = await open(WEB);
  const move = (x: number, drawn?: object) =>
    driver.run(COMMANDS.movePlacements, {
      picture: 'application',
      placements: new Map([['frame:shop', { x, y: 0, ...(drawn && { drawn: { ...drawn } }) }]]),
    });
  move(1, { folded: true });
  move(5);
  expect(driver.design.placements.application.get('frame:shop')).toEqual({ x: 5, y: 0, drawn: { folded: true } });
  move(5, {});
  expect(driver.design.placements.application.get('frame:shop')).toEqual({ x: 5, y: 0 });
});

it('keeps an arrow to a part of the control plane, whose card is no object of the design', async () => {
  const driver = await open(WEB);
  const placements = new Map<string, Placement>([
    ['actor:1', { x: 0, y: 0, drawn: { what: 'kubelet', text: 'kubelet' } }],
    ['arrow:1', { x: 0, y: 0, drawn: { from: 'actor:1', to: 'component:kube-apiserver@cp-1', text: '' } }],
  ]);
  driver.run(COMMANDS.movePlacements, { picture: 'cluster', placements });
  const again = await open(driver.texts()['design.yaml'] ?? '');
  expect(again.design.placements.cluster.get('arrow:1')?.drawn).toEqual(placements.get('arrow:1')?.drawn);
});
