import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Locator, Page } from 'playwright-core';
import { preview } from 'vite';
import { expect } from 'vitest';
import { launchChromium } from './chromium.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What a page said or did that a healthy page does not. */
export interface Complaints {
  readonly errors: string[];
  /** Requests to anybody but the page's own server. */
  readonly foreign: string[];
}

type Options = BrowserContextOptions & {
  /** Nobody has been welcomed in this browser yet. */
  readonly firstVisit?: boolean;
};

/** A browser of its own, and who empties it. */
interface Profile {
  readonly context: BrowserContext;
  readonly keeper: CDPSession;
}

export interface OpenPage {
  readonly page: Page;
  readonly complaints: Complaints;
  close(): Promise<void>;
}

/** The built page on loopback in a real browser. */
export class PageUnderTest {
  readonly url: string;
  private readonly browser: Browser;
  /** Emptied profiles by their options: one that has been used before starts in half the time, its scripts being compiled. */
  private readonly idle = new Map<string, Profile[]>();

  private constructor(url: string, browser: Browser) {
    this.url = url;
    this.browser = browser;
  }

  /**
   * The page in the browser of this worker, which all its files share: it has compiled the page's scripts once. Both
   * end with the worker.
   */
  static start(): Promise<PageUnderTest> {
    return (ofThisWorker ??= PageUnderTest.launch());
  }

  private static async launch(): Promise<PageUnderTest> {
    if (!existsSync(join(ROOT, 'dist/page/index.html')))
      throw new Error('The page is not built: run npm run build first.');
    const server = await preview({
      root: ROOT,
      logLevel: 'error',
      build: { outDir: 'dist/page' },
      preview: {
        host: '127.0.0.1',
        port: 0,
        strictPort: false,
        // What is built stays as it is while tests run: asking again is a third of opening the page.
        headers: { 'cache-control': 'max-age=31536000, immutable' },
      },
    });
    const address = server.httpServer.address();
    if (address === null || typeof address === 'string') throw new Error('no address');
    server.httpServer.unref();
    return new PageUnderTest(`http://127.0.0.1:${address.port}/`, await launchChromium());
  }

  /** A fresh browser: nothing kept from another but scripts. */
  async open(options: Options = {}): Promise<OpenPage> {
    const key = JSON.stringify(options);
    const profile = this.idle.get(key)?.pop() ?? (await this.newProfile(options));
    const { context } = profile;
    const page = await context.newPage();
    // Parts that nobody asks for are most of the work of opening; first-load.test.ts has them fetched.
    await (await context.newCDPSession(page)).send('Emulation.setDataSaverOverride', { dataSaverEnabled: true });
    const complaints: Complaints = { errors: [], foreign: [] };
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.errors.push(message.text());
    });
    page.on('pageerror', (error) => complaints.errors.push(error.message));
    page.on('request', (request) => {
      const address = request.url();
      if (!address.startsWith(this.url) && !/^(?:blob|data):/.test(address)) complaints.foreign.push(address);
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        // Playwright reads the page, and the page reads nobody: what the policy stops is an error of ours.
        console.error(`policy: ${violatedDirective} ${blockedURI}`);
      });
    });
    await page.goto(this.url);
    await untilWhole(page);
    return { page, complaints, close: () => this.empty(key, profile) };
  }

  private async newProfile({ firstVisit = false, ...options }: Options): Promise<Profile> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 720 },
      locale: 'en-US',
      // It would fetch the whole page once more for every test.
      serviceWorkers: 'block',
      ...options,
    });
    if (!firstVisit) await context.addInitScript(() => localStorage.setItem('drydock.visited', '1'));
    return { context, keeper: await context.newCDPSession(await context.newPage()) };
  }

  /** Closes what a person opened and forgets what the page kept. */
  private async empty(key: string, { context, keeper }: Profile): Promise<void> {
    const [, ...opened] = context.pages();
    await Promise.all(opened.map((page) => page.close()));
    await keeper.send('Storage.clearDataForOrigin', { origin: new URL(this.url).origin, storageTypes: 'all' });
    this.idle.set(key, [...(this.idle.get(key) ?? []), { context, keeper }]);
  }

  /** Opens a fresh browser, takes the steps, and expects that nothing was complained of and nobody else was asked. */
  async visit(steps: (open: OpenPage) => Promise<void>, options: Options = {}): Promise<void> {
    const open = await this.open(options);
    try {
      await steps(open);
      expect(open.complaints).toEqual({ errors: [], foreign: [] });
    } finally {
      await open.close();
    }
  }
}

let ofThisWorker: Promise<PageUnderTest> | undefined;

/** Waits until the page has fetched what is on it, or all of it for who saves no data: keys pressed before would find nobody. */
export async function untilWhole(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('drydock:whole').length > 0);
}

/** The card of an object on the canvas. */
export function card(page: Page, kind: string, name: string): Locator {
  return page.getByRole('group', { name: new RegExp(`^${kind}, ${name}(?:,|$)`) });
}

/** Where something is once it no longer moves: the first, quick layout has given way to the better one. */
export async function atRest(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  let before = { x: -1, y: -1, width: 0, height: 0 };
  for (let same = 0; same < 4;) {
    await locator.page().waitForTimeout(150);
    const box = (await locator.boundingBox()) ?? before;
    same = box.x === before.x && box.y === before.y ? same + 1 : 0;
    before = box;
  }
  return before;
}

/** Types where the dialog that was asked for expects it. */
export async function typeInDialog(page: Page, text: string): Promise<void> {
  await page.locator('[role=dialog] :focus').waitFor();
  await page.keyboard.type(text);
}

/** Pastes text onto the page, as a person does. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.setData('text/plain', content);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, text);
}

/** Drops files onto the page, as a person does. */
export async function dropFiles(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((contents) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(contents)) data.items.add(new File([text], name));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, files);
}
