import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { changedLines } from '../../src/design/testing/design-of.ts';
import { PageUnderTest, card, dropFiles } from '../support/page-under-test.ts';

const demo = readFileSync(new URL('../data/microservices-demo/kubernetes-manifests.yaml', import.meta.url), 'utf8');

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

async function visit(steps: (page: Page) => Promise<void>): Promise<void> {
  await site.visit(
    async ({ page }) => {
      page.setDefaultTimeout(15_000);
      await page.getByRole('button', { name: 'Export', exact: true }).waitFor();
      await steps(page);
    },
    { viewport: { width: 1600, height: 900 } },
  );
}

const edge = (page: Page, words: string): Locator => page.getByRole('img', { name: words });

async function downloaded(page: Page): Promise<string> {
  await page.keyboard.press('Control+s');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Download' }).click(),
  ]);
  await page.keyboard.press('Escape');
  return readFileSync(await download.path(), 'utf8');
}

/** The page with the focus nowhere, and all of the picture in sight. */
async function lookAround(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.waitForTimeout(400);
  await page.keyboard.press('Shift+Digit1');
  await page.waitForTimeout(400);
}

async function add(page: Page, kind: string): Promise<void> {
  await page.keyboard.press('n');
  await page.getByRole('dialog').getByRole('searchbox').fill(kind);
  await page.waitForTimeout(80);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function addConnected(page: Page, arrow: string, kind: string): Promise<void> {
  await page.keyboard.press(`Control+Arrow${arrow}`);
  await page.getByRole('dialog').getByRole('searchbox').fill(kind);
  await page.waitForTimeout(80);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function rename(page: Page, name: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('F2');
  await page.getByRole('dialog').getByRole('textbox').fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await lookAround(page);
}

async function setImage(page: Page, image: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /image/ }).first();
  await field.fill(image);
  await field.press('Enter');
  await lookAround(page);
}

async function pullArrow(page: Page, from: Locator, to: Locator, meaning: RegExp): Promise<void> {
  await from.hover();
  const dot = (await from.locator('.card-source').boundingBox())!;
  const end = (await to.boundingBox())!;
  await page.mouse.move(dot.x + dot.width / 2, dot.y + dot.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 3, end.y + end.height / 2, { steps: 8 });
  await page.mouse.up();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(meaning).click();
  await dialog.locator('.diff-added').first().waitFor();
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

describe('a design from nothing', () => {
  it('is built by drag, connection, form and keyboard, undone to nothing, and redone to the same bytes', () =>
    visit(async (page) => {
      await add(page, 'deploy');
      await rename(page, 'web');
      await setImage(page, 'nginx:1.27');
      await addConnected(page, 'Left', 'svc');
      await rename(page, 'web');
      await addConnected(page, 'Left', 'ing');
      await rename(page, 'shop');
      await add(page, 'sts');
      await rename(page, 'db');
      await setImage(page, 'mysql:8.4');
      await addConnected(page, 'Left', 'svc');
      await rename(page, 'db');
      await add(page, 'cm');
      await rename(page, 'settings');
      await add(page, 'Secret');
      await rename(page, 'db-root');
      await pullArrow(
        page,
        card(page, 'ConfigMap', 'settings'),
        card(page, 'Deployment', 'web'),
        /Every key of settings/,
      );
      await pullArrow(page, card(page, 'Secret', 'db-root'), card(page, 'StatefulSet', 'db'), /Every key of db-root/);
      for (const words of [
        'Traffic from Ingress shop to Service web',
        'Selection by labels from Service web to Deployment web',
        'Selection by labels from Service db to StatefulSet db',
        'Reference by name from Deployment web to ConfigMap settings',
        'Reference by name from StatefulSet db to Secret db-root',
      ])
        await edge(page, words).waitFor({ state: 'attached' });
      const built = await downloaded(page);
      for (const line of ['image: nginx:1.27', 'image: mysql:8.4', 'name: settings', 'name: db-root'])
        expect(built).toContain(line);
      await lookAround(page);
      const cards = page.locator('.react-flow__node .card');
      for (let step = 0; step < 60 && (await page.getByRole('button', { name: /^Undo: / }).count()) > 0; step++)
        await page.keyboard.press('Control+z');
      await expect.poll(() => cards.count(), { timeout: 8000 }).toBe(0);
      for (let step = 0; step < 60 && (await page.getByRole('button', { name: /^Redo: / }).count()) > 0; step++)
        await page.keyboard.press(step % 2 === 0 ? 'Control+y' : 'Control+Shift+z');
      await page.getByText('7 objects').first().waitFor();
      await lookAround(page);
      await expect.poll(() => cards.count(), { timeout: 8000 }).toBe(7);
      expect(await downloaded(page)).toBe(built);
    }));

  it('renames a Service of microservices-demo in every line that names it, and in no other', () =>
    visit(async (page) => {
      await dropFiles(page, { 'kubernetes-manifests.yaml': demo });
      await page.getByText('35 objects').first().waitFor();
      await page.waitForTimeout(2000);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press('Control+f');
      await page.getByRole('dialog').getByRole('searchbox').fill('cartservice Service');
      await page.waitForTimeout(100);
      await page.keyboard.press('Enter');
      await page.getByText(/^Service · default · v1/).waitFor();
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press('F2');
      await page.getByRole('dialog').getByRole('textbox').fill('cart');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Undo: rename cartservice to cart' }).waitFor();
      const lines = changedLines(demo, await downloaded(page));
      const before = lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1));
      const after = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1));
      expect(after).toHaveLength(before.length);
      const changed = before.flatMap((line, at) => (line === after[at] ? [] : [[line.trim(), after[at]?.trim()]]));
      expect(changed).toEqual([['name: cartservice', 'name: cart']]);
    }));
});
