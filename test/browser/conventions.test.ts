import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PageUnderTest, atRest, card, paste } from '../support/page-under-test.ts';

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

const web = (page: Page) => card(page, 'Deployment', 'web');
/** A second workload of the shop. */
const api = (page: Page) => card(page, 'StatefulSet', 'mysql');
const chosen = (page: Page) => page.locator('.react-flow__node.selected');
const undone = (page: Page, what: RegExp) => page.getByRole('button', { name: what });
const choose = (page: Page) => web(page).click({ position: { x: 20, y: 8 } });

async function place(page: Page): Promise<{ x: number; y: number }> {
  const { x, y } = await atRest(web(page));
  return { x: Math.round(x), y: Math.round(y) };
}

const zoomOf = (page: Page): Promise<number> =>
  page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform).a);

/** A pull of the pointer from one place of the screen to another. */
async function pull(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
  button: 'left' | 'middle',
) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button });
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up({ button });
}

/** A place of the paper where nothing lies, in pixels of the screen. */
async function paper(page: Page): Promise<{ x: number; y: number }> {
  const pane = (await page.locator('.react-flow__pane').boundingBox())!;
  const spots = [];
  for (let y = pane.y + 30; y < pane.y + pane.height - 30; y += 20)
    for (let x = pane.x + 30; x < pane.x + pane.width - 120; x += 20) spots.push({ x, y });
  const free = await page.evaluate(
    (places) => places.find(({ x, y }) => document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')),
    spots,
  );
  if (!free) throw new Error('no paper in sight');
  return free;
}

/** Draws a note, writes into it, and gives what is drawn. */
async function drawNote(page: Page, text: string) {
  await page.getByRole('button', { name: 'Draw' }).click();
  await page.getByRole('menuitem', { name: 'Note' }).click();
  await page.getByRole('textbox', { name: 'Text' }).fill(text);
  await page.keyboard.press('Control+Enter');
  const note = page.getByRole('group', { name: `Note, ${text}` });
  await note.waitFor();
  return note;
}

type Steps = (page: Page) => Promise<void>;

/**
 * What hands expect of a canvas: the rows of the table of conventions that Excalidraw, tldraw and others share, in its
 * order. Left out: rows that the page has otherwise (see the end of the file).
 */
const ROWS: readonly (readonly [action: string, how: string, steps: Steps])[] = [
  [
    'select and hand',
    'V and H',
    async (page) => {
      await page.keyboard.press('h');
      expect(await page.getByRole('button', { name: 'Move the paper' }).getAttribute('aria-pressed')).toBe('true');
      const before = await place(page);
      const at = await paper(page);
      await pull(page, at, { x: at.x + 60, y: at.y + 30 }, 'left');
      expect(await place(page)).toEqual({ x: before.x + 60, y: before.y + 30 });
      await page.keyboard.press('v');
      expect(await page.getByRole('button', { name: 'Select with' }).getAttribute('aria-pressed')).toBe('true');
    },
  ],
  [
    'pan',
    'with Space held, and with the wheel, sideways with Shift',
    async (page) => {
      const before = await place(page);
      const at = await paper(page);
      await page.keyboard.down('Space');
      await pull(page, at, { x: at.x + 50, y: at.y + 20 }, 'left');
      await page.keyboard.up('Space');
      expect(await place(page)).toEqual({ x: before.x + 50, y: before.y + 20 });
      const zoom = await zoomOf(page);
      const held = await place(page);
      await page.mouse.wheel(0, 60);
      const down = await place(page);
      expect(down.x).toBe(held.x);
      expect(down.y).toBeLessThan(held.y);
      await page.keyboard.down('Shift');
      await page.mouse.wheel(0, 60);
      await page.keyboard.up('Shift');
      const aside = await place(page);
      expect(aside.y).toBe(down.y);
      expect(aside.x).toBeLessThan(down.x);
      expect(await zoomOf(page)).toBe(zoom);
    },
  ],
  [
    'find, group and ungroup',
    'Ctrl+F, Ctrl+G and Ctrl+Shift+G',
    async (page) => {
      await page.keyboard.press('Control+f');
      await page.getByRole('dialog').getByRole('searchbox').fill('mysql');
      await page.getByRole('option', { name: /StatefulSet/ }).waitFor();
      await page.keyboard.type(' stateful');
      await page.keyboard.press('Enter');
      await expect.poll(() => chosen(page).count()).toBe(1);
      await expect.poll(() => api(page).isVisible()).toBe(true);
      await web(page).click({ position: { x: 20, y: 8 }, modifiers: ['Shift'] });
      await expect.poll(() => chosen(page).count()).toBe(2);
      await page.keyboard.press('Control+g');
      await page
        .getByRole('dialog')
        .getByRole('combobox')
        .or(page.getByRole('dialog').getByRole('textbox'))
        .first()
        .fill('checkout');
      await page.keyboard.press('Enter');
      await page.locator('.grouped-name', { hasText: 'checkout' }).first().waitFor();
      await undone(page, /^Undo: group/i).waitFor();
      await choose(page);
      await api(page).click({ position: { x: 20, y: 8 }, modifiers: ['Shift'] });
      await page.keyboard.press('Control+Shift+g');
      await expect.poll(() => page.locator('.grouped-name', { hasText: 'checkout' }).count()).toBe(0);
    },
  ],
  [
    'multi-select',
    'Shift and click',
    async (page) => {
      await choose(page);
      await api(page).click({ position: { x: 20, y: 8 }, modifiers: ['Shift'] });
      await expect.poll(() => chosen(page).count()).toBe(2);
    },
  ],
  [
    'multi-select',
    'by pulling over the paper, all by Ctrl+A, none by Escape',
    async (page) => {
      const box = (await web(page).boundingBox())!;
      await pull(page, { x: box.x - 6, y: box.y - 6 }, { x: box.x + box.width + 6, y: box.y + box.height + 6 }, 'left');
      await expect.poll(() => chosen(page).count()).toBeGreaterThan(0);
      await page.keyboard.press('Control+a');
      await expect.poll(() => chosen(page).count()).toBeGreaterThan(9);
      await page.keyboard.press('Escape');
      await expect.poll(() => chosen(page).count()).toBe(0);
    },
  ],
  ...(['Delete', 'Backspace'] as const).map((key): readonly [string, string, Steps] => [
    'delete',
    key,
    async (page) => {
      await card(page, 'Ingress', 'shop').click({ position: { x: 20, y: 8 } });
      await page.keyboard.press(key);
      await expect.poll(() => card(page, 'Ingress', 'shop').count()).toBe(0);
    },
  ]),
  [
    'copy and paste',
    'Ctrl+C and Ctrl+V, as YAML; Ctrl+X and Ctrl+D besides',
    async (page) => {
      await choose(page);
      await page.keyboard.press('Control+c');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('kind: Deployment');
      await page.keyboard.press('Control+v');
      await card(page, 'Deployment', 'web-copy').waitFor();
      await page.keyboard.press('Control+d');
      await card(page, 'Deployment', 'web-copy-2')
        .or(card(page, 'Deployment', 'web-copy-copy'))
        .waitFor();
    },
  ],
  [
    'duplicate',
    'by pulling with Alt',
    async (page) => {
      const box = (await web(page).boundingBox())!;
      const from = { x: box.x + 40, y: box.y + 10 };
      await page.keyboard.down('Alt');
      await pull(page, from, { x: from.x + 120, y: from.y + 160 }, 'left');
      await page.keyboard.up('Alt');
      await card(page, 'Deployment', 'web-copy').waitFor();
    },
  ],
  [
    'paste YAML onto the canvas',
    'text of another editor is brought in',
    async (page) => {
      await paste(page, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: brought, namespace: shop}\n');
      await card(page, 'ConfigMap', 'brought').waitFor();
    },
  ],
  [
    'undo and redo',
    'Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y',
    async (page) => {
      await choose(page);
      await page.keyboard.press('Control+d');
      const copy = card(page, 'Deployment', 'web-copy');
      await copy.waitFor();
      for (const redo of ['Control+Shift+z', 'Control+y']) {
        await page.keyboard.press('Control+z');
        await expect.poll(() => copy.count()).toBe(0);
        await page.keyboard.press(redo);
        await copy.waitFor();
      }
    },
  ],
  [
    'zoom',
    'Ctrl with plus, minus and 0, and with the wheel',
    async (page) => {
      const start = await zoomOf(page);
      await page.keyboard.press('Control+Equal');
      await expect.poll(() => zoomOf(page)).toBeGreaterThan(start);
      await page.keyboard.press('Control+0');
      await expect.poll(() => zoomOf(page)).toBeCloseTo(1, 2);
      await page.keyboard.press('Control+Minus');
      await expect.poll(() => zoomOf(page)).toBeLessThan(1);
      const at = await paper(page);
      await page.mouse.move(at.x, at.y);
      const before = await zoomOf(page);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -120);
      await page.keyboard.up('Control');
      await expect.poll(() => zoomOf(page)).toBeGreaterThan(before);
    },
  ],
  [
    'show everything, show the selection',
    'Shift+1 and Shift+2',
    async (page) => {
      await page.keyboard.press('Control+0');
      await page.keyboard.press('Shift+Digit1');
      await expect.poll(() => zoomOf(page)).not.toBe(1);
      const whole = await zoomOf(page);
      await choose(page);
      await api(page).click({ position: { x: 20, y: 8 }, modifiers: ['Shift'] });
      await page.keyboard.press('Shift+Digit2');
      await expect.poll(() => zoomOf(page)).toBeGreaterThan(whole);
    },
  ],
  [
    'nudge',
    'arrows, farther with Shift; one step of history',
    async (page) => {
      await page.keyboard.press('Control+0');
      await page.keyboard.press('Shift+Digit1');
      await choose(page);
      const before = await place(page);
      await page.keyboard.press('ArrowDown');
      const near = await place(page);
      expect(near.x).toBe(before.x);
      expect(near.y).toBeGreaterThan(before.y);
      await page.keyboard.press('Shift+ArrowDown');
      const far = await place(page);
      expect(far.y - near.y).toBeGreaterThan((near.y - before.y) * 3);
      await undone(page, /^Undo: move 1/).waitFor();
    },
  ],
  [
    'nudge what is drawn',
    'a chosen note by arrows, its text by F2',
    async (page) => {
      const note = await drawNote(page, 'Ask first');
      const before = await atRest(note);
      await page.keyboard.press('Shift+ArrowRight');
      await expect.poll(async () => (await note.boundingBox())!.x).toBeGreaterThan(before.x);
      await undone(page, /^Undo: move 1/).waitFor();
      await page.keyboard.press('F2');
      await page.getByRole('textbox', { name: 'Text' }).fill('Ask later');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('group', { name: 'Note, Ask later' }).waitFor();
    },
  ],
  [
    'lock',
    'Ctrl+Shift+L',
    async (page) => {
      await choose(page);
      await page.keyboard.press('Control+Shift+l');
      await web(page).locator('.card-lock, [aria-label*="locked"], [title*="locked"]').first().waitFor();
    },
  ],
  [
    'what lies above what',
    'Ctrl+] and Ctrl+[ and with Shift',
    async (page) => {
      const note = await drawNote(page, 'Over');
      const layer = () => note.evaluate((element) => Number(getComputedStyle(element).zIndex));
      const start = await layer();
      await page.keyboard.press('Control+BracketRight');
      await expect.poll(layer).toBe(start + 1);
      await page.keyboard.press('Control+BracketLeft');
      await expect.poll(layer).toBe(start);
      await page.keyboard.press('Control+Shift+BracketLeft');
      await expect.poll(layer).toBeLessThan(start);
      expect(await layer()).toBeLessThan(
        await web(page).evaluate((element) => Number(getComputedStyle(element).zIndex)),
      );
      await page.keyboard.press('Control+Shift+BracketRight');
      await expect.poll(layer).toBeGreaterThanOrEqual(start);
    },
  ],
  ...(['Control+k', 'Control+/'] as const).map((key): readonly [string, string, Steps] => [
    'command palette',
    key,
    async (page) => {
      await page.keyboard.press(key);
      await page.getByRole('dialog').getByRole('searchbox').waitFor();
    },
  ]),
  [
    'only the picture, and the theme',
    'Alt+Z and Alt+Shift+D',
    async (page) => {
      await page.keyboard.press('Alt+z');
      await expect.poll(() => page.locator('.app-inspector').count()).toBe(0);
      await page.keyboard.press('Alt+z');
      await page.locator('.app-inspector').waitFor();
      await page.keyboard.press('Alt+Shift+D');
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
    },
  ],
  [
    'context menu',
    'the right button',
    async (page) => {
      await web(page).click({ button: 'right', position: { x: 20, y: 8 } });
      await page.getByRole('menuitem', { name: /^Duplicate/ }).waitFor();
    },
  ],
  ...(['F2', 'dblclick'] as const).map((how): readonly [string, string, Steps] => [
    'rename',
    how,
    async (page) => {
      await choose(page);
      if (how === 'F2') await page.keyboard.press('F2');
      else await web(page).dblclick({ position: { x: 20, y: 8 } });
      await page.getByRole('dialog').getByRole('textbox').fill('front');
      await page.keyboard.press('Enter');
      await card(page, 'Deployment', 'front').waitFor();
    },
  ]),
  [
    'back to the picture',
    'when nothing of it is in sight',
    async (page) => {
      const at = await paper(page);
      await page.mouse.move(at.x, at.y);
      for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, 900);
      await page.getByRole('button', { name: 'Back to the picture' }).click();
      await expect.poll(() => page.getByRole('button', { name: 'Back to the picture' }).count()).toBe(0);
      await web(page).waitFor();
    },
  ],
];

/** Rows of the table that are elsewhere or not at all, each with its reason. */
const LEFT_OUT = {
  'align, walk, create connected, snap, keys by a word': 'tried in hands.test.ts',
  'view-only (Alt+R)': 'a design that only looks at itself is a picture: it is exported as one',
  'laser pointer, frames (K)': 'presenting is the rehearsal’s: its captions and keys are tried in simulation.test.ts',
  'Ctrl+Shift+P for commands': 'Chromium and Firefox open a private window or print by it',
  'copy as PNG (Shift+Alt+C)': 'tried in exported-pictures.test.ts, which looks at the picture',
  'long press on touch': 'tried in touch.test.ts',
};

describe('what hands expect', () => {
  it('is tried row by row', () => {
    expect(ROWS).toHaveLength(24);
    expect(Object.keys(LEFT_OUT)).toHaveLength(6);
  });

  it.each(ROWS)('%s: %s', { timeout: 90_000 }, (_, __, steps) =>
    site.visit(
      async ({ page }) => {
        page.setDefaultTimeout(10_000);
        await paste(page, shop);
        await web(page).waitFor();
        await page.keyboard.press('Shift+Digit1');
        await atRest(web(page));
        await steps(page);
      },
      { viewport: { width: 1600, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] },
    ),
  );
});
