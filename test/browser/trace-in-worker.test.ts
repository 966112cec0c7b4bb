import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import type { PreviewServer } from 'vite';
import { build, preview } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { launchChromium } from '../support/chromium.ts';
import { hashesOf } from '../support/play-run.ts';
import { randomRun } from '../support/random-run.ts';

const RUNS = 6;

let folder: string;
let server: PreviewServer;
let browser: Browser;

/** The simulator as a worker of a page, built as the page is. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-trace-'));
  const common = { configFile: false, root: folder, logLevel: 'error' } as const;
  const worker = JSON.stringify(`${join(import.meta.dirname, '../support/trace.worker.ts')}?worker`);
  await writeFile(join(folder, 'main.js'), `import Worker from ${worker};\nglobalThis.TraceWorker = Worker;\n`);
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><link rel="icon" href="data:," /><title>trace</title><script type="module" src="/main.js"></script>',
  );
  await build({ ...common, worker: { format: 'es' }, build: { outDir: 'dist', target: 'es2022' } });
  server = await preview({ ...common, build: { outDir: 'dist' }, preview: { host: '127.0.0.1', port: 0 } });
  browser = await launchChromium();
  await preloadKinds();
}, 900_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

it('the same runs have the same traces in a worker of the browser and in Node, straight and from a checkpoint', async () => {
  const runs = fc.sample(randomRun, { numRuns: RUNS, seed: 7 });
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  const there = await page.evaluate(
    (given) =>
      new Promise<unknown>((resolve, reject) => {
        const { TraceWorker } = globalThis as unknown as { readonly TraceWorker: new () => Worker };
        const worker = new TraceWorker();
        worker.addEventListener('message', ({ data }) => resolve(data));
        worker.addEventListener('error', ({ message }) => reject(new Error(message)));
        worker.postMessage(JSON.parse(given));
      }),
    JSON.stringify(runs),
  );
  const here = runs.map(hashesOf);
  expect(there).toEqual(here);
  for (const { straight, again } of here) expect(again).toBe(straight);
  expect(new Set(here.map(({ straight }) => straight)).size).toBe(RUNS);
}, 300_000);
