import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { untilWhole } from '../support/page-under-test.ts';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launchChromium();
  folder = mkdtempSync(join(tmpdir(), 'drydock-'));
  copyFileSync(join(import.meta.dirname, '../../dist/portable/drydock.html'), join(folder, 'drydock.html'));
}, 900_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('is one file that runs from a disk without a network: a design is drawn and kept, a lesson plays and asks', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'zh-CN', offline: true });
  const page = await context.newPage();
  const complaints: string[] = [];
  const address = pathToFileURL(join(folder, 'drydock.html')).href;
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    if (request.url() !== address && !/^(?:blob|data):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(address);
  await untilWhole(page);
  const web = page.getByRole('group', { name: /^Deployment, web(?:,|$)/ });
  await web.waitFor();
  // Laid out by the kernel in a thread of the thread, and kept once something of it is changed.
  await page.getByRole('button', { name: '关闭' }).first().click();
  await web.click({ position: { x: 20, y: 8 } });
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  // What pointed at it still does.
  const missing = page.getByRole('group', { name: 'Deployment, web, 缺失' });
  await missing.waitFor();
  await page.getByText('已保存').waitFor();
  await page.reload();
  await untilWhole(page);
  await missing.waitFor();
  await page.getByRole('button', { name: '课程' }).click();
  await page.locator('.lesson-row', { hasText: 'C7' }).getByRole('button', { name: '听课' }).click();
  const words = page.locator('.lesson-words');
  await words.getByText('第 1 步').waitFor({ timeout: 60_000 });
  await page.keyboard.press('PageDown');
  await page.getByRole('region', { name: '提问' }).or(words.getByText('第 2 步')).first().waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
