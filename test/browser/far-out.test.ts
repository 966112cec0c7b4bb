import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { generatedManifests } from '../bench/generated-manifests.ts';
import { PageUnderTest, dropFiles } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

it('draws many small cards on one element, of which those under the hand can be taken', async () => {
  const open = await site.open();
  const { page } = open;
  try {
    page.setDefaultTimeout(15_000);
    await page.getByRole('button', { name: /^Export$/ }).waitFor();
    await dropFiles(page, { 'large.yaml': generatedManifests(200) });
    await page.locator('.react-flow__node .card, .far-picture').first().waitFor();
    await page.waitForTimeout(2500);
    await page.keyboard.press('Shift+Digit1');
    await page.locator('.far-picture').waitFor();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(0);
    const pane = (await page.locator('.canvas').boundingBox())!;
    const middle = { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 };
    await page.mouse.move(middle.x - 120, middle.y - 80);
    await page.mouse.down();
    await page.mouse.move(middle.x + 120, middle.y + 80, { steps: 4 });
    await page.mouse.up();
    await page
      .getByText(/^\d+ objects$/)
      .nth(1)
      .waitFor();
    await page.keyboard.press('Escape');
    // The pointer looks for a card, which is then a card like any other. It rests after each step: what a step brings
    // comes a frame or more later, and the next one would take it away again.
    const card = page.locator('.react-flow__node-card').first();
    for (let step = 0; step < 40 && (await card.count()) === 0; step++) {
      await page.mouse.move(middle.x + step * 7, middle.y + step * 3);
      await twoFrames(page);
    }
    const kind = (await card.getAttribute('aria-label'))!.split(',')[0]!;
    await card.click({ position: { x: 6, y: 4 } });
    await page.getByText(new RegExp(`^${kind} · team-`)).waitFor();
    expect(open.complaints).toEqual({ errors: [], foreign: [] });
  } finally {
    await open.close();
  }
});

const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
