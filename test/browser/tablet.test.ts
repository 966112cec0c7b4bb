import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PageUnderTest, atRest, card, paste } from '../support/page-under-test.ts';
import { smallTargets } from '../support/small-targets.ts';

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

/** Names of the palette that their stars cover, or of which something is cut off. */
const hiddenNames = (page: Page): Promise<string[]> =>
  page.locator('.palette-row').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const name = row.querySelector('.palette-name')!;
      const words = document.createRange();
      words.selectNodeContents(name);
      const star = row.querySelector('.palette-star')!.getBoundingClientRect();
      const isUnder = [...words.getClientRects()].some((line) => line.right > star.left);
      return isUnder || name.scrollWidth > name.clientWidth ? [name.textContent] : [];
    }),
  );

/** What can be pressed and is beyond the edge of the page or of a pane that does not scroll to it. */
const outOfReach = (page: Page): Promise<string[]> =>
  page.evaluate(({ width, height }) => {
    const scrolls = (style: string) => style === 'auto' || style === 'scroll';
    const clips = (style: string) => style === 'hidden' || style === 'clip';
    const all = document.querySelectorAll('button, a[href], input, [role=tab], [role=radio], [role=switch]');
    return [...all].flatMap((element) => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (box.width <= 1 || style.visibility === 'hidden' || style.clipPath !== 'none') return [];
      if (element.closest('.react-flow__viewport, .react-flow__minimap, .minimap, [aria-hidden=true]')) return [];
      let { left, right, top, bottom } = box;
      const beyond: string[] = [];
      const isBeyondX = (least: number, most: number) => left < least - 1 || right > most + 1;
      const isBeyondY = (least: number, most: number) => top < least - 1 || bottom > most + 1;
      for (let around = element.parentElement; around; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const pane = around.getBoundingClientRect();
        if (pane.width <= 1) return [];
        if (scrolls(overflowX) && isBeyondX(pane.left, pane.right)) ({ left, right } = pane);
        if (scrolls(overflowY) && isBeyondY(pane.top, pane.bottom)) ({ top, bottom } = pane);
        if (clips(overflowX) && isBeyondX(pane.left, pane.right)) beyond.push(around.className);
        if (clips(overflowY) && isBeyondY(pane.top, pane.bottom)) beyond.push(around.className);
      }
      if (isBeyondX(0, width) || isBeyondY(0, height)) beyond.push('page');
      // Another pane lies over one of its ends.
      if (left === box.left && right === box.right && top === box.top && bottom === box.bottom)
        for (const x of [left + 3, right - 3]) {
          const hit = document.elementFromPoint(x, (top + bottom) / 2);
          const label = element.closest('label, .palette-row') ?? element;
          if (hit && !label.contains(hit) && !hit.contains(element)) beyond.push(`under ${hit.className}`);
        }
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return beyond.length > 0 ? [`${element.className} “${name.slice(0, 30)}” beyond ${beyond.join(', ')}`] : [];
    });
  }, page.viewportSize()!);

const expectAtHand = async (page: Page): Promise<void> => {
  expect(await outOfReach(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(page.viewportSize()!.width);
};

describe.each([
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
])('a tablet of $width × $height', (viewport) => {
  it.each(['en-US', 'zh-CN'])(
    'has everything at hand with palette, dock and inspector open, in %s',
    (locale) =>
      site.visit(
        async ({ page }) => {
          await paste(page, shop);
          const web = card(page, 'Deployment', 'web');
          await atRest(web);
          await page.locator('.notice-clean button').tap();
          await expect.poll(() => page.locator('.notice').count()).toBe(0);
          const folded = page.locator('.palette-rail button');
          if (await folded.isVisible()) await folded.tap();
          await page.locator('.palette-row').first().waitFor();
          await expectAtHand(page);
          // Rows beneath “more” too.
          for (const more of await page.locator('.palette-more').all()) await more.tap();
          expect(await hiddenNames(page)).toEqual([]);

          await web.tap({ position: { x: 20, y: 8 } });
          await page
            .getByRole('textbox', { name: /replicas/ })
            .first()
            .waitFor();
          await expectAtHand(page);
          await page.getByRole('tab', { name: /Text|文本/ }).tap();
          await page.locator('.dock .cm-content').waitFor();
          await expectAtHand(page);
        },
        { hasTouch: true, isMobile: true, viewport, locale },
      ),
    120_000,
  );
});
