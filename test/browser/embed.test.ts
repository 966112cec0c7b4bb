import type { Frame, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { PageUnderTest, card, paste } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

interface News {
  readonly type: string;
  readonly step?: number;
  readonly caption?: string;
  readonly question?: string;
}

/** A page of somebody else's with a field to type in, a frame, and a list of what the frame said. */
async function around(page: Page, address: string): Promise<Frame> {
  const html = `<!doctype html><input id="own"><iframe id="frame" src="${address}" width="960" height="540"></iframe>
    <script>window.said = []; addEventListener('message', ({ data }) => data?.drydock && said.push(data.drydock));</script>`;
  await page.route(`${site.url}around.html`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${site.url}around.html`);
  await page.locator('#own').focus();
  return (await (await page.waitForSelector('#frame')).contentFrame())!;
}

const said = (page: Page): Promise<readonly News[]> =>
  page.evaluate(() => (window as unknown as { said: News[] }).said);
const ask = (page: Page, order: object): Promise<void> =>
  page.evaluate((drydock) => {
    const frame = document.querySelector('iframe')!;
    frame.contentWindow!.postMessage({ drydock }, '*');
  }, order);
const lastStep = async (page: Page): Promise<News | undefined> =>
  (await said(page)).findLast(({ type }) => type === 'step');

it('plays a lesson in a frame, driven by the page around, whose keys stay its own; nothing is kept', () =>
  site.visit(async ({ page }) => {
    const before = await page.evaluate(() => JSON.stringify(localStorage));
    const frame = await around(page, `${site.url}embed.html?lesson=C7&step=3&lang=zh&keys=off&ui=none`);
    await expect.poll(async () => (await lastStep(page))?.step, { timeout: 60_000 }).toBe(3);
    await frame.getByText('第 3 步').waitFor();
    await page.keyboard.type('x y');
    expect(await page.locator('#own').inputValue()).toBe('x y');
    await ask(page, { type: 'goTo', step: 5 });
    await expect.poll(async () => (await lastStep(page))?.step).toBe(5);
    await ask(page, { type: 'back' });
    await expect.poll(async () => (await lastStep(page))?.step ?? 0).toBeLessThanOrEqual(5);
    await ask(page, { type: 'goTo', step: 1 });
    await expect.poll(async () => (await lastStep(page))?.step).toBe(1);
    await ask(page, { type: 'next' });
    await expect.poll(async () => (await lastStep(page))?.question ?? (await lastStep(page))?.step).not.toBe(1);
    await ask(page, { type: 'language', language: 'en' });
    await expect.poll(async () => (await lastStep(page))?.caption ?? '').toMatch(/^[\x20-\x7E]+$/);
    // No bar, no ledgers, no keys of the film: the picture and its words.
    for (const part of ['.top-bar', '.sim-bar', '.sim-ledgers', '.sim-keys', '.sim-side'])
      expect(await frame.locator(part).filter({ visible: true }).count(), part).toBe(0);
    // A key in the frame is left to the page around.
    await frame.locator('.sim-stage').click();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await said(page)).some(({ type }) => type === 'key')).toBe(true);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe(before);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(1);
  }));

it('shows the design of a link in a frame, to be looked at only', () =>
  site.visit(
    async ({ page }) => {
      await paste(page, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shown}\ndata: {a: b}\n');
      await card(page, 'ConfigMap', 'shown').waitFor();
      await page.getByRole('button', { name: 'File' }).click();
      await page.getByRole('menuitem', { name: /Share/ }).click();
      await page.getByRole('button', { name: 'Copy snippet' }).and(page.locator(':enabled')).click();
      const snippet = await page.evaluate(() => navigator.clipboard.readText());
      const address = /src="([^"]+embed\.html[^"]*)"/.exec(snippet)?.[1] ?? '';
      const frame = await around(page, address);
      const shown = frame.getByRole('group', { name: /^ConfigMap, shown/ });
      await shown.click();
      await page.keyboard.press('Delete');
      await page.waitForTimeout(300);
      expect(await shown.count()).toBe(1);
      expect(await frame.locator('.top-bar, .palette, .app-inspector').filter({ visible: true }).count()).toBe(0);
    },
    { permissions: ['clipboard-read', 'clipboard-write'] },
  ));

it('says in its address where a lesson is, and comes back there after a reload', () =>
  site.visit(async ({ page }) => {
    await page.goto(`${site.url}?lesson=c7&step=4`);
    const words = page.locator('.lesson-words');
    await words.getByText(/^Step 4 of/).waitFor({ timeout: 60_000 });
    await page.keyboard.press('PageUp');
    await expect.poll(() => new URL(page.url()).searchParams.get('step')).toBe('3');
    await page.reload();
    await words.getByText(/^Step 3 of/).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Back to the design' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('');
  }));
