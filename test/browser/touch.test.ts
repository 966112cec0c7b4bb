import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { PageUnderTest, atRest, card, paste } from '../support/page-under-test.ts';
import { smallTargets } from '../support/small-targets.ts';

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

interface Finger {
  readonly x: number;
  readonly y: number;
}

/** Fingers that go down, move in steps and are lifted, as the browser gets them from a screen. */
async function fingers(session: CDPSession, steps: readonly (readonly Finger[])[]): Promise<void> {
  const points = (places: readonly Finger[]) => places.map(({ x, y }, id) => ({ x, y, id }));
  const [first, ...rest] = steps;
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(first!) });
  for (const places of rest)
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(places) });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

const between = (from: Finger, to: Finger, count = 8): Finger[] =>
  Array.from({ length: count + 1 }, (_, at) => ({
    x: from.x + ((to.x - from.x) * at) / count,
    y: from.y + ((to.y - from.y) * at) / count,
  }));

const zoomOf = (page: Page): Promise<number> =>
  page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform).a);

it(
  'a finger draws, connects, moves the paper and pinches; everything that it meets is 44 pixels',
  { timeout: 240_000 },
  () =>
    site.visit(
      async ({ page }) => {
        const session = await page.context().newCDPSession(page);
        await paste(page, shop);
        const web = card(page, 'Deployment', 'web');
        await atRest(web);
        expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
        expect(await smallTargets(page)).toEqual([]);

        const pane = (await page.locator('.react-flow__pane').boundingBox())!;
        const middle = { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 };
        const corner = { x: pane.x + pane.width - 60, y: pane.y + pane.height - 120 };

        // From the palette onto the paper.
        const item = page.locator('[data-item="kind:ConfigMap"], .palette-item', { hasText: 'ConfigMap' }).first();
        await item.scrollIntoViewIfNeeded();
        const from = (await item.boundingBox())!;
        const start = { x: from.x + 40, y: from.y + from.height / 2 };
        await fingers(
          session,
          between(start, corner, 12).map((place) => [place]),
        );
        await card(page, 'ConfigMap', 'configmap').waitFor();

        // One finger moves the paper.
        const before = await atRest(web);
        const free = { x: corner.x, y: pane.y + 24 };
        await fingers(
          session,
          between(free, { x: free.x - 60, y: free.y + 40 }).map((place) => [place]),
        );
        const after = await atRest(web);
        expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeGreaterThan(30);

        // Two fingers that part come nearer.
        const zoom = await zoomOf(page);
        const apart = (distance: number): Finger[] => [
          { x: middle.x - distance, y: middle.y },
          { x: middle.x + distance, y: middle.y },
        ];
        await fingers(session, [apart(30), apart(50), apart(70), apart(90), apart(110)]);
        await expect.poll(() => zoomOf(page)).toBeGreaterThan(zoom * 1.3);

        // A tap on the dot of one card and on another connects them.
        await page.keyboard.press('Shift+Digit1');
        await atRest(web);
        await web.tap({ position: { x: 20, y: 8 } });
        await web.locator('.card-source').tap();
        await card(page, 'ConfigMap', 'web-config').tap({ position: { x: 20, y: 8 } });
        await page.getByRole('dialog').waitFor();
      },
      { hasTouch: true, isMobile: true, viewport: { width: 1280, height: 800 } },
    ),
);
