import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { firstLoad } from '../support/first-load.ts';

const PAGE = join(import.meta.dirname, '../../dist/page');
/** Bytes over the wire, gzip, before the first picture: page, styles and the threads it needs. */
const MOST = 350_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
}, 900_000);
afterAll(() => browser?.close());

it.each(['en-US', 'zh-CN'])(
  'a first visit in %s downloads less than 350 kB before its picture stands, the rest after, and then needs no server',
  async (locale) => {
    const { before, after } = await firstLoad(browser, PAGE, locale, async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('searchbox').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('group', { name: /^Deployment, web,/ }).click();
      await page.getByRole('tab', { name: 'YAML' }).click();
      await page.locator('.cm-content').waitFor();
    });
    const bytes = before.reduce((sum, download) => sum + download.bytes, 0);
    expect(before.some(({ path }) => path.includes('document.worker'))).toBe(true);
    expect(bytes, JSON.stringify(before, null, 1)).toBeLessThan(MOST);
    const paths = after.map(({ path }) => path).join('\n');
    for (const part of ['dialog-of-type', 'inspector', 'code-editor', 'simulation-view', 'templates-dialog', 'zip'])
      expect(paths).toContain(`/${part}-`);
  },
  60_000,
);
