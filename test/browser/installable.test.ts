import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serviceWorkerOf } from '../../vite/installable-page.ts';
import { launchChromium } from '../support/chromium.ts';
import { untilWhole } from '../support/page-under-test.ts';

const PAGE = join(import.meta.dirname, '../../dist/page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

let browser: Browser;
let folder: string;
let server: Server;
let isDown = false;
let address: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-'));
  cpSync(PAGE, folder, { recursive: true, filter: (path) => !path.endsWith('drydock.html') });
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://page').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (isDown) return void request.socket.destroy();
    try {
      const body = readFileSync(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no address');
  address = `http://127.0.0.1:${at.port}/`;
  browser = await launchChromium();
}, 900_000);
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts another build where the page is served: another title, and the part with the dialogs under another name. */
function deploy(title: string): void {
  const index = join(folder, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace(/<title>.*<\/title>/, `<title>${title}</title>`));
  writeFileSync(join(folder, 'sw.js'), serviceWorkerOf(folder));
}

/** Waits for a state that a worker is to reach. */
async function reached(page: Page, state: 'waiting' | 'active'): Promise<void> {
  const isThere = (): Promise<boolean> =>
    page.evaluate(async (wanted) => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration?.[wanted]?.state === (wanted === 'active' ? 'activated' : 'installed');
    }, state);
  await expect.poll(isThere, { timeout: 90_000 }).toBe(true);
}

it('is kept whole, works on without a network, and never mixes two builds: a new one opens when all windows are closed', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-US' });
  const complaints: string[] = [];
  const visit = async (): Promise<Page> => {
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on(
      'console',
      (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()),
    );
    await page.goto(address);
    await untilWhole(page);
    return page;
  };
  const first = await visit();
  const manifest = await first.locator('link[rel=manifest]').getAttribute('href');
  expect(await (await first.request.get(address + manifest)).json()).toMatchObject({
    display: 'standalone',
    start_url: './',
  });
  await reached(first, 'active');
  await first.close();

  // Another build is put there while the one that is kept is open: the server no longer has its parts.
  const second = await visit();
  const parts = await second.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((key) => key.startsWith('drydock-page-'));
    return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  });
  const part = parts.find((path) => path.includes('/lessons-dialog-')) ?? '';
  expect(part).not.toBe('');
  expect(parts).not.toContain('/embed.html');
  renameSync(join(folder, part), join(folder, 'assets/lessons-dialog-OTHER.js'));
  deploy('Drydock, the next');
  await second.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await reached(second, 'waiting');
  isDown = true;
  await second.reload();
  await untilWhole(second);
  expect(await second.title()).toBe('Drydock');
  await second.getByRole('button', { name: 'Lessons' }).click();
  await second.getByRole('dialog').getByText('Keep three alive').waitFor();
  await second.close();

  // Every window was closed: the next one is of the new build, still without a network.
  const third = await visit();
  expect(await third.title()).toBe('Drydock, the next');
  expect(await third.evaluate(async () => (await caches.keys()).length)).toBe(1);

  // A build that is only half there is not taken: what is kept stays.
  isDown = false;
  deploy('Drydock, half');
  writeFileSync(join(folder, 'index.html'), readFileSync(join(folder, 'index.html'), 'utf8').replace('half', 'other'));
  const outcome = await third.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return new Promise<string>((resolve) => {
      registration?.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => resolve(installing.state));
      });
      void registration?.update();
    });
  });
  expect(outcome).toBe('redundant');
  await third.reload();
  expect(await third.title()).toBe('Drydock, the next');
  // The page that stands in somebody else's is neither installed nor served from what is kept.
  await third.goto(`${address}embed.html`);
  expect(await third.title()).not.toBe('Drydock, the next');
  expect(await third.locator('link[rel=manifest]').count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
}, 400_000);
