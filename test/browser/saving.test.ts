import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, needChromium } from '../support/chromium.ts';
import { PageUnderTest, card, paste } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

/** Times the browser is killed; the bench of a long evening has fifty. */
const RUNS = Number(process.env['DRYDOCK_KILLS'] ?? 5);

const NOTES = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: notes
spec:
  replicas: 0
  selector:
    matchLabels: {app: notes}
  template:
    metadata:
      labels: {app: notes}
    spec:
      containers:
        - {name: notes, image: "nginx:1.27"}
`;
const saved = (page: Page): Promise<void> => page.locator('.save-saved').waitFor();

/** Writes a number into the replicas as a person does in the form. */
async function write(page: Page, step: number): Promise<void> {
  const field = page.getByRole('textbox', { name: /replicas/ }).first();
  await field.fill(String(step));
  await field.press('Enter');
}

async function shownStep(page: Page): Promise<number> {
  await card(page, 'Deployment', 'notes').click();
  return Number(
    await page
      .getByRole('textbox', { name: /replicas/ })
      .first()
      .inputValue(),
  );
}

async function openNotes(page: Page): Promise<void> {
  await paste(page, NOTES);
  await card(page, 'Deployment', 'notes').click();
  await page
    .getByRole('textbox', { name: /replicas/ })
    .first()
    .waitFor();
}

describe('work is never lost', () => {
  it('is there again after a reload and in the next visit, with its name', async () => {
    const { page, close, complaints } = await site.open();
    await openNotes(page);
    await write(page, 7);
    await page.getByRole('button', { name: 'pasted', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name of the design' }).fill('My notes');
    await page.keyboard.press('Enter');
    await saved(page);
    await page.reload();
    expect(await shownStep(page)).toBe(7);
    await page.getByRole('button', { name: 'My notes' }).waitFor();
    expect(complaints).toEqual({ errors: [], foreign: [] });
    await close();
  });

  it('is there when the page is closed at once after a change', async () => {
    const { page, close } = await site.open();
    await openNotes(page);
    await saved(page);
    await write(page, 5);
    await page.close();
    const next = await page.context().newPage();
    await next.goto(site.url);
    expect(await shownStep(next)).toBe(5);
    await close();
  });

  it('is there after the browser was killed, at most a second old', { timeout: 60_000 + RUNS * 20_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drydock-killed-'));
    const launch = (): Promise<BrowserContext> =>
      chromium.launchPersistentContext(folder, {
        executablePath: needChromium(),
        args: [...CHROMIUM_ARGS],
        locale: 'en-US',
      });
    const random = xoroshiro128plus(2026);
    try {
      for (let run = 0; run < RUNS; run++) {
        const context = await launch();
        const page = context.pages()[0] ?? (await context.newPage());
        await page.goto(site.url);
        if (run === 0) {
          await page.evaluate(() => localStorage.setItem('drydock.visited', '1'));
          await page.reload();
          await openNotes(page);
        } else await card(page, 'Deployment', 'notes').click();
        const log: { readonly step: number; readonly atMs: number }[] = [];
        const stopAfterMs = uniformInt(random, 300, 2_500);
        const beganMs = performance.now();
        for (let step = run * 100 + 1; performance.now() - beganMs < stopAfterMs; step++) {
          await write(page, step);
          log.push({ step, atMs: performance.now() });
          await page.waitForTimeout(uniformInt(random, 0, 120));
        }
        const killedMs = performance.now();
        await killed(page);
        await context.close().catch(() => undefined);
        const again = await launch();
        const reopened = again.pages()[0] ?? (await again.newPage());
        await reopened.goto(site.url);
        const found = await shownStep(reopened);
        const owed = log.findLast(({ atMs }) => killedMs - atMs > 1_000)?.step ?? 0;
        expect(found, `run ${run}`).toBeGreaterThanOrEqual(owed);
        expect(found, `run ${run}`).toBeLessThanOrEqual(log.at(-1)?.step ?? 0);
        await again.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says that there is no room, keeps what was kept, and offers the files', async () => {
    const { page, close } = await site.open();
    await openNotes(page);
    await saved(page);
    await page.evaluate(() => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
    });
    await write(page, 9);
    const banner = page.getByRole('alert').filter({ hasText: 'no room left' });
    await banner.waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      banner.getByRole('button', { name: 'Download the files' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('pasted.yaml');
    await page.reload();
    expect(await shownStep(page)).toBe(0);
    await close();
  });

  it('opens what reads where a store was damaged', async () => {
    const { page, close } = await site.open();
    await openNotes(page);
    await saved(page);
    await write(page, 3);
    await saved(page);
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const open = indexedDB.open('drydock');
          open.addEventListener('success', () => {
            const transaction = open.result.transaction('revisions', 'readwrite');
            const cursor = transaction.objectStore('revisions').openCursor(null, 'prev');
            cursor.addEventListener('success', () => {
              if (cursor.result) cursor.result.update({ ...(cursor.result.value as object), files: 'gone' });
            });
            transaction.addEventListener('complete', () => resolve());
            transaction.addEventListener('abort', () => reject(transaction.error));
          });
        }),
    );
    await page.reload();
    expect(await shownStep(page)).toBe(0);
    await close();
  });

  it('follows from tab to tab', async () => {
    const { page, close } = await site.open();
    await openNotes(page);
    await saved(page);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await card(other, 'Deployment', 'notes').click();
    await write(page, 4);
    await other.locator('input[value="4"]').waitFor();
    await write(other, 6);
    await page.locator('input[value="6"]').waitFor();
    await close();
  });

  it('keeps every design, and finds them among the recent ones', async () => {
    const { page, close } = await site.open();
    await openNotes(page);
    await saved(page);
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New design' }).click();
    await card(page, 'Deployment', 'notes').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Recent designs…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^pasted/ })
      .click();
    await card(page, 'Deployment', 'notes').waitFor();
    await close();
  });
});

describe('files', () => {
  it('are written back to where they came from', async () => {
    const { page, close, complaints } = await site.open();
    // A file of the browser's own disk stands for one that a person picks.
    await page.evaluate(async (text) => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('notes.yaml', { create: true });
      const stream = await handle.createWritable();
      await stream.write(text);
      await stream.close();
      Object.assign(window, { showOpenFilePicker: () => Promise.resolve([handle]) });
    }, NOTES);
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open files…' }).click();
    await card(page, 'Deployment', 'notes').click();
    await write(page, 8);
    await page.getByRole('button', { name: 'Undo: spec.replicas of notes' }).waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('button', { name: 'Save back to the files' }).click();
    await page.getByText('1 file was written.').waitFor();
    const written = await page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      return (await (await folder.getFileHandle('notes.yaml')).getFile()).text();
    });
    expect(written).toBe(NOTES.replace('replicas: 0', 'replicas: 8'));
    expect(complaints).toEqual({ errors: [], foreign: [] });
    await close();
  });

  it('of a folder go back into it, with those that are new; none is written over that was never opened', async () => {
    const { page, close } = await site.open();
    await page.evaluate(async (text) => {
      const disk = await navigator.storage.getDirectory();
      const folder = await disk.getDirectoryHandle('app', { create: true });
      const base = await folder.getDirectoryHandle('base', { create: true });
      for (const [inside, name, content] of [
        [base, 'notes.yaml', text],
        [folder, 'README.md', 'read me'],
      ] as const) {
        const stream = await (await inside.getFileHandle(name, { create: true })).createWritable();
        await stream.write(content);
        await stream.close();
      }
      Object.assign(window, { showDirectoryPicker: () => Promise.resolve(folder) });
    }, NOTES);
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open a folder…' }).click();
    await card(page, 'Deployment', 'notes').click();
    await write(page, 8);
    await paste(page, 'apiVersion: v1\nkind: Namespace\nmetadata: {name: later}\n');
    await page
      .getByRole('button', { name: 'Undo: paste' })
      .or(page.getByRole('button', { name: /^Undo: paste/ }))
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('button', { name: 'Save back to the files' }).click();
    await page.getByText(/files? (?:was|were) written/).waitFor();
    const onDisk = await page.evaluate(async () => {
      const read = async (folder: FileSystemDirectoryHandle, path: string): Promise<[string, string][]> => {
        const all: [string, string][] = [];
        // Types of the DOM do not know that folders are walked.
        const entries = (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
        for await (const entry of entries) {
          if (entry.kind === 'directory')
            all.push(...(await read(entry as FileSystemDirectoryHandle, `${path}${entry.name}/`)));
          else all.push([path + entry.name, await (await (entry as FileSystemFileHandle).getFile()).text()]);
        }
        return all;
      };
      const disk = await navigator.storage.getDirectory();
      return read(await disk.getDirectoryHandle('app'), '');
    });
    const files = new Map(onDisk);
    expect(files.get('README.md')).toBe('read me');
    expect(files.get('base/notes.yaml')).toContain('replicas: 8');
    expect([...files.values()].join('')).toContain('name: later');
    await close();
  });

  it('come as one, or one for each object, with the command that applies them', async () => {
    const { page, close } = await site.open();
    await paste(page, `${NOTES}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: later}\n`);
    await card(page, 'Deployment', 'notes').waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('kubectl apply -f pasted.yaml').waitFor();
    await dialog.getByRole('button', { name: 'Files' }).click();
    await page.getByRole('option', { name: /^One file for each/ }).click();
    await dialog.getByText('1-namespace-later.yaml').waitFor();
    await dialog.getByText('2-deployment-notes.yaml').waitFor();
    await dialog.getByText('kubectl apply -R -f manifests/').waitFor();
    await close();
  });
});

/** Ends the browser as a power cut does: nothing in it gets to say goodbye. */
async function killed(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await Promise.race([
    session.send('Browser.crash' as 'Browser.close').catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, 1_000)),
  ]);
}
