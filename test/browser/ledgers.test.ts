import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PageUnderTest } from '../support/page-under-test.ts';
import { PATIENCE_MS, ledger, rehearseByKeys, settled } from '../support/rehearsal-by-keys.ts';
import { shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, PATIENCE_MS);

/** Chooses one of a list by its words. */
async function choose(page: Page, list: RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: list }).click();
  await page.getByRole('option', { name: option }).click();
}

/** How many steps the trace shows, of how many. */
async function counts(page: Page): Promise<readonly number[]> {
  const words = await page.locator('.sim-trace .sim-count').textContent();
  return words!.match(/\d+/g)!.map(Number);
}

const rows = (page: Page): Locator => page.locator('.sim-trace .sim-row');

describe('the ledgers of a run', () => {
  it(
    'filter the trace, choose a range, show keys with their history and Events, take kubectl, and are hidden',
    () =>
      site.visit(async ({ page }) => {
        await rehearseByKeys(page);
        page.setDefaultTimeout(15_000);
        await traceFilters(page);
        await timelineRange(page);
        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        await keysWithHistory(page);
        await events(page);
        await terminal(page);
        await hideAndShow(page);
      }),
    PATIENCE_MS,
  );
});

async function traceFilters(page: Page): Promise<void> {
  await ledger(page, /^Trace/);
  const [all] = await counts(page);
  await choose(page, /^Everything Shown/, 'Data plane only');
  const [data] = await counts(page);
  expect(data).toBeGreaterThan(5);
  expect(await rows(page).locator('.sim-tag').allTextContents()).toContain('StartContainer');
  await choose(page, /^Data plane only Shown/, 'Control plane only');
  const [control] = await counts(page);
  expect(control! + data!).toBe(all);
  await choose(page, /Component$/, 'scheduler');
  for (const who of await rows(page).locator('.sim-who').allTextContents()) expect(who).toContain('scheduler');
  await choose(page, /^Control plane only Shown/, 'One Pod’s life');
  await page.getByRole('button', { name: 'Show all steps' }).click();
  await choose(page, /^Everything Shown/, 'One Pod’s life');
  const [life] = await counts(page);
  expect(life).toBeGreaterThan(5);
  expect(life).toBeLessThan(all!);
  await page.getByRole('button', { name: 'Show all steps' }).click();
  expect((await counts(page))[0]).toBe(all);
}

async function timelineRange(page: Page): Promise<void> {
  await ledger(page, 'Timeline');
  const lanes = (await page.locator('.sim-lanes').boundingBox())!;
  const y = lanes.y + 10;
  // A press goes to a step, a drag chooses a range.
  await page.mouse.click(lanes.x + lanes.width / 2, y);
  await shown(page);
  const [step, all] = (await page.locator('.sim-transport .sim-count').textContent())!.match(/\d+/g)!.map(Number);
  expect(Math.abs(step! - all! / 2)).toBeLessThan(3);
  await page.mouse.move(lanes.x + lanes.width * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(lanes.x + lanes.width * 0.5, y, { steps: 3 });
  await page.mouse.up();
  const [from, to] = [
    await page.getByRole('spinbutton', { name: 'Range from step' }).inputValue(),
    await page.getByRole('spinbutton', { name: 'to step' }).last().inputValue(),
  ].map(Number);
  expect(Math.abs(from! - all! / 4)).toBeLessThan(3);
  await ledger(page, /^Trace/);
  expect((await counts(page))[0]).toBe(to! - from! + 1);
  await page.getByRole('button', { name: 'Give the range up' }).click();
  expect((await counts(page))[0]).toBe(all);
}

async function keysWithHistory(page: Page): Promise<void> {
  await ledger(page, 'etcd');
  await page.getByRole('searchbox', { name: 'Find a key' }).fill('deployments/default/web');
  await page.getByRole('button', { name: '/registry/deployments/default/web' }).click();
  const history = page.getByRole('region', { name: 'History of /registry/deployments/default/web' });
  await history.waitFor();
  const newest = (await history.textContent())!;
  expect(newest).toMatch(/readyReplicas: 3/);
  // From nothing, all of it was written.
  await history.getByRole('button', { name: /From revision/ }).click();
  await page.getByRole('option').last().click();
  expect(await history.textContent()).toContain('name: web');
}

async function events(page: Page): Promise<void> {
  await ledger(page, 'Events');
  const table = page.getByRole('region', { name: 'Events' });
  await table.getByText('ScalingReplicaSet').first().waitFor();
  await page.getByRole('searchbox', { name: 'Find in Events' }).fill('Scheduled');
  await expect.poll(() => table.locator('tbody tr').count()).toBe(3);
  await page.getByText('Warnings only').click();
  await expect.poll(() => table.locator('tbody tr').count()).toBe(0);
}

async function terminal(page: Page): Promise<void> {
  await ledger(page, 'kubectl');
  const prompt = page.getByRole('textbox', { name: 'kubectl command' });
  // One candidate is completed, of several what they have in common, and they are shown.
  await prompt.fill('get deploy');
  await prompt.press('Tab');
  await expect.poll(() => prompt.inputValue()).toMatch(/^get deployments?(?:\.apps)? ?$/);
  await prompt.fill('get pods web-');
  await prompt.press('Tab');
  await expect.poll(() => page.locator('.sim-candidates li').count()).toBe(3);
  await prompt.fill('get deployment web');
  await prompt.press('Enter');
  await page.getByText('3/3').waitFor();
  await settled(page);
  await prompt.fill('get nodes');
  await prompt.press('Enter');
  await page.getByText('$ kubectl get nodes').waitFor();
  await prompt.press('ArrowUp');
  expect(await prompt.inputValue()).toBe('get nodes');
  await prompt.press('ArrowUp');
  expect(await prompt.inputValue()).toBe('get deployment web');
  await prompt.press('ArrowDown');
  await prompt.press('ArrowDown');
  expect(await prompt.inputValue()).toBe('');
}

async function hideAndShow(page: Page): Promise<void> {
  const names = ['Timeline', 'Trace', 'Workloads', 'Traffic', 'Events', 'etcd', 'kubectl', 'Why', 'Keep'];
  const toggle = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Ledgers that are shown' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  for (const name of names) {
    await toggle(name);
    await expect.poll(() => page.getByRole('tab', { name: new RegExp(`^${name}`) }).count()).toBe(0);
  }
  await page.locator('.sim-no-ledger').waitFor();
  await toggle('Workloads');
  await page.getByRole('tab', { name: 'Workloads' }).waitFor();
  expect(await page.getByRole('tabpanel', { name: 'Workloads' }).textContent()).toContain('web');
}

describe('the hall', () => {
  it(
    'has one large picture, a counter that is read from afar, captions in both languages or none, and goes by clicker',
    () =>
      site.visit(async ({ page }) => {
        await rehearseByKeys(page);
        page.setDefaultTimeout(15_000);
        await page.locator('.sim-clock').click();
        await page.keyboard.press('t');
        const counter = page.locator('.sim-projector-counter h1');
        await counter.filter({ hasText: /^Step 1 of \d+$/ }).waitFor();
        const size = await counter.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
        expect(size).toBeGreaterThanOrEqual(24);
        expect(await page.getByRole('tab').count()).toBe(0);
        // A clicker has two keys.
        await page.keyboard.press('PageDown');
        await page.keyboard.press('PageDown');
        await counter.filter({ hasText: /^Step 3 of/ }).waitFor();
        await page.keyboard.press('PageUp');
        await counter.filter({ hasText: /^Step 2 of/ }).waitFor();
        // Black, and the picture again.
        await page.keyboard.press('.');
        await page.locator('.sim-blank').waitFor();
        await page.keyboard.press('.');
        await page.locator('.sim-blank').waitFor({ state: 'detached' });
        const caption = page.locator('.sim-caption');
        const words = caption.locator('p').last();
        expect(
          await words.evaluate((element) => parseFloat(getComputedStyle(element).fontSize)),
        ).toBeGreaterThanOrEqual(24);
        expect(await caption.locator('.sim-other').count()).toBe(0);
        await page.keyboard.press('t');
        await choose(page, /Captions$/, 'Both languages');
        await page.keyboard.press('Escape');
        await page.locator('.sim-clock').click();
        await page.keyboard.press('t');
        expect(await caption.locator('.sim-other[lang=zh-CN]').textContent()).toMatch(/API server|etcd|kubectl/);
        await page.keyboard.press('t');
        await choose(page, /Captions$/, 'No captions');
        await page.locator('.sim-clock').click();
        await page.keyboard.press('t');
        await counter.waitFor();
        expect(await caption.count()).toBe(0);
        await page.keyboard.press('Escape');
        await page.getByRole('tab', { name: 'Timeline' }).waitFor();
      }),
    PATIENCE_MS,
  );
});
