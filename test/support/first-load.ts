import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { untilWhole } from './page-under-test.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export interface Download {
  readonly path: string;
  /** Bytes over the wire: the file as gzip makes it at its default level. */
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly asked: number;
}

export interface FirstLoad {
  /** What was asked for before the first card stood on the canvas, workers' own downloads among it. */
  readonly before: readonly Download[];
  /** What the page fetched afterwards by itself. */
  readonly after: readonly Download[];
}

/**
 * Visits a built page for the first time over loopback, and tells apart what it downloads before its first card
 * stands and what it fetches after, and then goes on without the server. Counted by the server, so that workers and what they import are in it.
 */
export async function firstLoad(
  browser: Browser,
  folder: string,
  locale: string,
  offline: (page: Page) => Promise<void>,
): Promise<FirstLoad> {
  const downloads: Download[] = [];
  const server = createServer((request, response) => {
    const asked = performance.timeOrigin + performance.now();
    const path = normalize(new URL(request.url ?? '/', 'http://page').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    let body: Buffer;
    try {
      body = gzipSync(readFileSync(file));
    } catch {
      response.writeHead(404).end();
      return;
    }
    const tag = `"${createHash('sha1').update(body).digest('hex')}"`;
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304).end();
      return;
    }
    downloads.push({ path, bytes: body.length, asked });
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-encoding': 'gzip',
      'cache-control': 'no-cache',
      etag: tag,
    });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    locale,
    // What is kept for a later visit is not of this one.
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const observer = new MutationObserver(() => {
        if (document.querySelector('.react-flow__node-card') === null) return;
        observer.disconnect();
        document.documentElement.dataset['firstCard'] = String(performance.timeOrigin + performance.now());
      });
      observer.observe(document, { childList: true, subtree: true });
    });
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await page.locator('html[data-first-card]').waitFor({ state: 'attached' });
    const first = Number(await page.locator('html').getAttribute('data-first-card'));
    await untilWhole(page);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await offline(page);
    return {
      before: downloads.filter(({ asked }) => asked <= first),
      after: downloads.filter(({ asked }) => asked > first),
    };
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
  }
}
