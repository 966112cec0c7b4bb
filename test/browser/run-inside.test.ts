import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PageUnderTest } from '../support/page-under-test.ts';
import { PATIENCE_MS, rehearseByKeys, settled, why } from '../support/rehearsal-by-keys.ts';
import { shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, PATIENCE_MS);

const caption = (page: Page): Promise<string> =>
  page
    .locator('.sim-caption')
    .textContent()
    .then((words) => words ?? '');

/** Goes on step by step until the caption says it; gives every caption on the way. */
async function stepsUntil(page: Page, words: RegExp, key = 'ArrowRight'): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let steps = 0; steps < 200; steps++) {
    await shown(page);
    const now = await caption(page);
    seen.push(now);
    if (words.test(now)) return seen;
    await page.keyboard.press(key);
  }
  throw new Error(`No step says ${words}:\n${seen.join('\n')}`);
}

describe('a request', () => {
  it(
    'is sent at the step that is shown: the page goes to it, shows its packets, and what came of it',
    () =>
      site.visit(async ({ page }) => {
        await rehearseByKeys(page);
        page.setDefaultTimeout(15_000);
        // In the past, as anything that is done there: it begins a branch.
        await page.getByRole('button', { name: 'Last step' }).click();
        for (let back = 0; back < 3; back++) await page.keyboard.press('ArrowLeft');
        await shown(page);
        await why(page, 'Service/default/web');
        await page.getByRole('button', { name: 'Send a request' }).click();
        await page.locator('.sim-caption').filter({ hasText: 'A request is sent' }).waitFor();
        await shown(page);
        await page.locator('.sim-branches').getByText('1: → web').first().waitFor();
        const requests = page.getByRole('list', { name: 'Requests that were sent' });
        await requests.filter({ hasText: 'on its way' }).waitFor();
        await page.locator('.sim-clock').click();
        const told = await stepsUntil(page, /now has the answer: 200/);
        expect(told.join('\n')).toContain('CoreDNS answers for web.default.svc.cluster.local: DNS NOERROR');
        expect(told.join('\n')).toMatch(/hands the packet to the container/);
        await requests.filter({ hasText: '200' }).waitFor();
        // At the end, without a branch.
        const branches = await page.locator('.sim-branches option').allTextContents();
        await settled(page);
        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        await page.getByRole('button', { name: 'Send a request' }).click();
        await page.locator('.sim-caption').filter({ hasText: 'A request is sent' }).waitFor();
        expect(await page.locator('.sim-branches option').allTextContents()).toEqual(branches);
      }),
    PATIENCE_MS,
  );
});
