import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { preview } from 'vite';
import { beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = join(ROOT, 'docs/example');
/** Two whole editors start on a machine that does other things. */
const WAIT = { timeout: 30_000 };
const outDir = join(ROOT, 'dist/example');

let url: string;
beforeAll(async () => {
  if (!existsSync(join(ROOT, 'dist/library/index.js')))
    throw new Error('The library is not built: run npm run build:library first.');
  execFileSync(
    process.execPath,
    [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', EXAMPLE, '--logLevel', 'error'],
    {
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  const server = await preview({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  server.httpServer.unref();
  url = `http://127.0.0.1:${address.port}/`;
}, 900_000);

const frameOf = async (page: Page, title: string): Promise<Frame> =>
  (await (await page.waitForSelector(`iframe[title="${title}"]`)).contentFrame())!;

it('has declarations that a strict project of somebody else’s reads', () => {
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', EXAMPLE], { stdio: 'inherit' });
});

it('shows two designs on one page that share nothing, tells of edits, and ends its threads with the component', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(url);
    const [shown, edited] = [await frameOf(page, 'Today'), await frameOf(page, 'Your shop')];
    const card = (frame: Frame, kind: string, name: string) =>
      frame.getByRole('group', { name: new RegExp(`^${kind}, ${name}(?:,|$)`) });
    for (const frame of [shown, edited]) await card(frame, 'Deployment', 'web').waitFor({ timeout: 90_000 });
    await page.getByText('2 of 2 accepted; nothing changed').waitFor();
    // Each has its own theme, and only one has tools.
    expect(await shown.locator('html').getAttribute('data-theme')).toBe('light');
    expect(await edited.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await shown.locator('.top-bar').count()).toBe(0);

    await card(edited, 'Deployment', 'web').click();
    await expect.poll(() => page.locator('#chosen').textContent(), WAIT).toBe('Deployment.apps/default/web');
    await edited
      .getByRole('spinbutton', { name: /replicas/i })
      .or(edited.getByLabel(/^replicas/i))
      .first()
      .fill('5');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#yaml').textContent(), WAIT).toContain('replicas: 5');
    // The comment stays, and the text that came back opens nothing anew: the change can be undone.
    expect(await page.locator('#yaml').textContent()).toContain('# Two, so that one may go.');
    await page.getByText('Deployment.apps/default/web changed (1)').waitFor();
    await edited.getByRole('button', { name: /^Undo/ }).click();
    await page.getByText('2 of 2 accepted; nothing changed').waitFor();
    await card(edited, 'Service', 'web').click();
    await page.keyboard.press('Delete');
    await expect.poll(() => page.locator('#yaml').textContent(), WAIT).not.toContain('kind: Service');
    expect(await card(shown, 'Service', 'web').count()).toBe(1);

    await page.getByRole('button', { name: 'Rehearse it' }).click();
    await expect.poll(() => page.locator('#run').textContent(), WAIT).toMatch(/^settled after .* with \d+ Pods$/);
    const before = page.workers().length;
    await page.getByRole('button', { name: 'Put the editor away' }).click();
    await expect.poll(() => page.workers().length, WAIT).toBeLessThan(before);
    expect(await card(shown, 'Deployment', 'web').count()).toBe(1);
    expect(await page.evaluate(async () => [localStorage.length, (await indexedDB.databases()).length])).toEqual([
      0, 0,
    ]);
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
});
