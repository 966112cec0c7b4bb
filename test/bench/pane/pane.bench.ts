import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { build, preview } from 'vite';
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PageUnderTest, dropFiles } from '../../support/page-under-test.ts';
import { shown } from '../../support/rehearsal.ts';
import { table } from '../measure.ts';
import { largeCluster } from './large-cluster.ts';
import { atRestDuring, framesDuring, slowDown, untilShown } from './measures.ts';
import type { FrameTimes } from './measures.ts';

/** Steps a second while it plays. */
const SPEED = 16;
const PLAYED_MS = 6000;
const RESTED_MS = 3000;
const BARE = join(import.meta.dirname, 'bare-dot');
const OUT = join(import.meta.dirname, '../../../dist/bench-pane');

let site: PageUnderTest;
let bare: PreviewServer;
const frames: (readonly string[])[] = [
  ['cluster', 'picture', 'CPU', 'p50', 'p95', 'React Flow p50', 'p95', 'p95 ratio', 'aim'],
];
const times: (readonly string[])[] = [['cluster', 'what', 'ms', 'aim']];

beforeAll(async () => {
  await build({
    configFile: false,
    root: BARE,
    base: './',
    logLevel: 'error',
    build: { outDir: OUT, emptyOutDir: true },
  });
  bare = await preview({
    configFile: false,
    root: BARE,
    logLevel: 'error',
    build: { outDir: OUT },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  site = await PageUnderTest.start();
});

afterAll(async () => {
  await bare?.close();
  console.log(`\nThe simulation pane while it plays ${SPEED} steps a second, frames in ms, ${process.platform}\n`);
  console.log(table(frames));
  console.log(`\n${table(times)}\n`);
});

it('10 Nodes, 60 Pods', async () => {
  const { page, session, close } = await openRun(10, 60);
  const others = await openBare(70);
  for (const slower of [1, 4]) {
    await slowDown(session, slower);
    await slowDown(others.session, slower);
    const theirs = await framesDuring(others.page, PLAYED_MS);
    for (const picture of ['Control plane', 'Application', 'Cluster'] as const)
      note('10 / 60', picture, slower, await played(page, picture), theirs, slower === 4 ? 33 : undefined);
  }
  await slowDown(session, 1);
  await movesAndRest('10 / 60', page, session);
  await Promise.all([close(), others.close()]);
  expect(times.length).toBeGreaterThan(1);
});

it('100 Nodes, 3,000 Pods', async () => {
  const { page, session, close } = await openRun(100, 3000);
  const others = await openBare(3100);
  const theirs = await framesDuring(others.page, PLAYED_MS);
  for (const picture of ['Control plane', 'Application', 'Cluster'] as const)
    note('100 / 3,000', picture, 1, await played(page, picture), theirs, 50);
  await movesAndRest('100 / 3,000', page, session);
  await Promise.all([close(), others.close()]);
  expect(times.length).toBeGreaterThan(1);
});

function note(
  cluster: string,
  picture: string,
  slower: number,
  own: FrameTimes,
  other: FrameTimes,
  aim: number | undefined,
): void {
  const figures = [own.p50, own.p95, other.p50, other.p95].map(ms);
  frames.push([
    cluster,
    picture,
    `${slower}×`,
    ...figures,
    (own.p95 / other.p95).toFixed(2),
    aim === undefined ? '' : `p95 < ${aim}`,
  ]);
}

const ms = (value: number): string => value.toFixed(1);

/** One step back, a seek from one end of a run of an hour to the other, and what is done while it pauses. */
async function movesAndRest(cluster: string, page: Page, session: CDPSession): Promise<void> {
  const back: number[] = [];
  for (let presses = 0; presses < 9; presses++) back.push(await untilShown(page, { key: 'ArrowLeft' }));
  times.push([cluster, 'a step back, median', ms(back.toSorted((a, b) => a - b)[4]!), '< 50']);
  const last = Number(await page.locator('.sim-scrub').getAttribute('max'));
  const there = await untilShown(page, { step: last });
  const home = await untilShown(page, { step: Math.floor(last / 50) });
  const badge = (await page.locator('.sim-badge').textContent()) ?? '';
  times.push([cluster, `a seek to the end (${/[\d.]+ min [\d.]+ s/.exec(badge)?.[0] ?? badge})`, ms(there), '< 500']);
  times.push([cluster, 'a seek to near the beginning', ms(home), '< 500']);
  const rest = await atRestDuring(page, session, RESTED_MS);
  times.push([cluster, `frames asked for in ${RESTED_MS / 1000} s of pause`, String(rest.frames), '0']);
  times.push([cluster, `work in ${RESTED_MS / 1000} s of pause`, ms(rest.cpuMs), '']);
}

/** Plays from a third of the run on in one of the pictures. */
async function played(page: Page, picture: 'Control plane' | 'Application' | 'Cluster'): Promise<FrameTimes> {
  await page.getByText(picture, { exact: true }).first().click();
  const last = Number(await page.locator('.sim-scrub').getAttribute('max'));
  await page.locator('.sim-scrub').fill(String(Math.floor(last / 3)));
  await shown(page);
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: /^Play/ }).click();
  await page.waitForTimeout(500);
  const times = await framesDuring(page, PLAYED_MS);
  await page.getByRole('button', { name: /^Pause/ }).click();
  return times;
}

/** A run that has gone on for an hour of its time where it has room for so many steps. */
async function openRun(nodes: number, pods: number) {
  const { page, close } = await site.open();
  const session = await page.context().newCDPSession(page);
  page.setDefaultTimeout(240_000);
  await page.locator('.empty').waitFor();
  await dropFiles(page, { 'large.yaml': largeCluster(nodes, pods) });
  await page.getByText('Imported', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
  await settled(page);
  if (nodes <= 10)
    for (let minutes = 0; minutes < 58; minutes++) {
      await page.getByRole('button', { name: 'One minute more' }).click();
      await settled(page);
    }
  await shown(page);
  await page.getByRole('button', { name: /Steps a second$/ }).click();
  await page.getByRole('option', { name: `${SPEED}×` }).click();
  return { page, session, close };
}

async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(150);
  await page
    .getByText(/ · (?:settled|still moving) · /)
    .first()
    .waitFor();
}

async function openBare(nodes: number) {
  const address = bare.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const { page, close } = await site.open();
  const session = await page.context().newCDPSession(page);
  await page.goto(`http://127.0.0.1:${address.port}/?nodes=${nodes}&speed=${SPEED}`);
  await page.locator('.react-flow__node').first().waitFor();
  return { page, session, close };
}
