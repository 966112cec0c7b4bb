import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build, preview } from 'vite';
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PageUnderTest, dropFiles } from '../../support/page-under-test.ts';
import { generatedManifests } from '../generated-manifests.ts';
import { table } from '../measure.ts';
import { play, playTyping } from './frames.ts';
import type { FrameTimes, Motion } from './frames.ts';

const SIZES = (process.env['CARDS'] ?? '100,1000,5000,10000').split(',').map(Number);
const BARE = join(import.meta.dirname, 'bare-flow');
const OUT = join(import.meta.dirname, '../../../dist/bench-editor');
const MOTIONS = ['pan', 'zoom', 'drag'] as const satisfies readonly Motion[];
const TYPED = 'the quick brown fox';

let site: PageUnderTest;
let bare: PreviewServer;
const rows: (readonly string[])[] = [['cards', 'what', 'Drydock p50', 'p95', 'React Flow p50', 'p95', 'p95 ratio']];
const loads: (readonly string[])[] = [['cards', 'Drydock: first picture', 'React Flow: first nodes']];

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
}, 600_000);

afterAll(async () => {
  await bare?.close();
  console.log(`\nFrame times in ms, ${process.platform}, ${String(process.env['CARDS'] ?? 'all sizes')}\n`);
  console.log(table(loads));
  console.log(`\n${table(rows)}\n`);
});

it.each(SIZES)('%i cards', async (cards) => {
  const ours = await openOurs(cards);
  const theirs = await openBare(cards);
  loads.push([String(cards), ms(ours.firstMs), ms(theirs.tookMs)]);
  for (const motion of MOTIONS) {
    const own = await play(ours.page, motion);
    note(cards, motion, own, await play(theirs.page, motion));
  }
  await showAll(ours.page, theirs.page);
  note(cards, 'pan far out', await play(ours.page, 'pan'), await play(theirs.page, 'pan'));
  await startTyping(ours.page);
  await theirs.page.getByRole('textbox', { name: 'text' }).click();
  note(cards, 'typing', await playTyping(ours.page, TYPED), await playTyping(theirs.page, TYPED));
  await Promise.all([ours.close(), theirs.close()]);
  expect(rows.length).toBeGreaterThan(1);
});

function note(cards: number, what: string, own: FrameTimes, other: FrameTimes): void {
  const ratio = (own.p95 / other.p95).toFixed(2);
  rows.push([String(cards), what, ms(own.p50), ms(own.p95), ms(other.p50), ms(other.p95), ratio]);
}

const ms = (value: number): string => value.toFixed(1);

/** Opens the editor, drops so many objects on it, and waits until everything is known of them. */
async function openOurs(cards: number) {
  const open = await site.open();
  const { page } = open;
  page.setDefaultTimeout(180_000);
  await page.getByRole('button', { name: /^(Export)$/ }).waitFor();
  const startedMs = Date.now();
  await dropFiles(page, { 'large.yaml': generatedManifests(cards) });
  await page.locator('.react-flow__node .card, .far-picture').first().waitFor();
  const firstMs = Date.now() - startedMs;
  // What follows from so many objects takes its time in another thread; the picture is not measured beside it.
  await page.getByText('Imported', { exact: true }).waitFor();
  await page.waitForTimeout(Math.max(5000, cards * 2));
  return { page, firstMs, close: () => open.close() };
}

async function openBare(cards: number) {
  const address = bare.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const open = await site.open();
  const startedMs = Date.now();
  await open.page.goto(`http://127.0.0.1:${address.port}/?cards=${cards}`);
  await open.page.locator('.react-flow__node').first().waitFor();
  return { page: open.page, tookMs: Date.now() - startedMs, close: () => open.close() };
}

/** Both far out, everything in sight. */
async function showAll(ours: Page, theirs: Page): Promise<void> {
  await ours.keyboard.press('Shift+Digit1');
  await play(theirs, 'rest');
  await theirs.evaluate(async () => {
    const pane = document.querySelector('.react-flow__pane');
    const bounds = pane?.getBoundingClientRect();
    for (let step = 0; step < 40; step++) {
      pane?.dispatchEvent(
        new WheelEvent('wheel', {
          deltaY: 60,
          ctrlKey: true,
          clientX: bounds?.x ?? 0,
          clientY: bounds?.y ?? 0,
          bubbles: true,
          cancelable: true,
        }),
      );
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const zoom = document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform ?? '';
      if (Number(/scale\(([\d.]+)\)/.exec(zoom)?.[1] ?? 1) < 0.1) break;
    }
  });
  await ours.waitForTimeout(800);
}

/** The cursor in the text of one object. */
async function startTyping(page: Page): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.getByRole('dialog').getByRole('searchbox').fill('app-1 ConfigMap');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'YAML' }).click();
  const editor = page.locator('.code-editor .cm-content');
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('# ');
}
