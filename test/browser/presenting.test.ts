import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { rehearse } from '../support/rehearsal.ts';
import { PageUnderTest } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

async function openLesson(page: Page, id: string, mode: string): Promise<void> {
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.locator('.lesson-row', { hasText: id }).getByRole('button', { name: mode }).click();
  await page.locator('.lesson-words').waitFor({ timeout: 60_000 });
}

/** On by PageDown to the question that says so. */
async function toQuestion(page: Page, words: string): Promise<Locator> {
  const question = page.getByRole('region', { name: 'Question' });
  await expect
    .poll(
      async () => {
        const text = (await question.isVisible()) ? await question.textContent() : '';
        if (text?.includes(words)) return true;
        await page.keyboard.press('PageDown');
        return false;
      },
      { timeout: 60_000, interval: 100 },
    )
    .toBe(true);
  return question;
}

async function dragBetween(page: Page, from: Locator, to: Locator): Promise<void> {
  const [a, b] = [(await from.boundingBox())!, (await to.boundingBox())!];
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 5 });
  await page.mouse.up();
}

it('leads the hall from a window of its own, which shows notes, what comes next, and answers', () =>
  site.visit(async ({ page }) => {
    await page.getByRole('button', { name: 'Lessons' }).click();
    await page.locator('.lesson-row').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await openLesson(page, 'E2', 'Lecture');
    expect(await axeFaults(page)).toEqual([]);
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Presenter window' }).click();
    const presenter = await opened;
    await presenter.getByText('Write the two numbers on the board').waitFor();
    const words = (region: string): Locator =>
      presenter.getByRole('region', { name: region }).locator('.presenter-words');
    const next = (await words('Next').textContent())!;
    await presenter.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => words('Now').textContent()).toBe(next);
    // Keys of a clicker work in whichever window has them; the answer is there before the hall sees it.
    const hidden = presenter.getByText('The hall does not see it yet.').first();
    for (let press = 0; press < 20 && !(await hidden.isVisible()); press++) await presenter.keyboard.press('PageDown');
    await hidden.waitFor({ timeout: 60_000 });
    expect(await axeFaults(presenter)).toEqual([]);
    await presenter.getByRole('button', { name: 'White screen' }).click();
    await page.locator('.sim-blank-white').waitFor();
    await presenter.getByRole('button', { name: 'Picture again' }).click();
    await page.locator('.sim-blank').waitFor({ state: 'detached' });
    await presenter.getByRole('button', { name: 'Pause' }).click();
    await presenter.getByRole('button', { name: 'From zero' }).click();
    expect(await presenter.getByRole('timer').textContent()).toBe('0:00');
    const closed = presenter.waitForEvent('close');
    await page.getByRole('button', { name: 'Back to the design' }).click();
    await closed;
  }));

it('leads a run that is no lesson as well: what comes next, what led to it, and the next milestone', () =>
  rehearse(site, async (page) => {
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Presenter window' }).click();
    const presenter = await opened;
    const words = (region: string): Locator =>
      presenter.getByRole('region', { name: region }).locator('.presenter-words');
    const next = (await words('Next').textContent())!;
    await presenter.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => words('Now').textContent()).toBe(next);
    await presenter.getByText('Somebody types: kubectl apply -f').waitFor();
    await presenter.getByText(/Pod web-.* is ready/).waitFor();
    await presenter.keyboard.press('End');
    await presenter.getByText('All is settled').waitFor();
    await presenter.getByText('This is the last step.').waitFor();
    expect(await axeFaults(presenter)).toEqual([]);
    const closed = presenter.waitForEvent('close');
    await page.getByRole('button', { name: 'Back to the design' }).click();
    await closed;
  }));

it('leaves the larger part of the hall to the picture when an answer is shown', () =>
  site.visit(
    async ({ page }) => {
      await page.getByRole('button', { name: '课程' }).click();
      await page.locator('.lesson-row', { hasText: 'E2' }).getByRole('button', { name: '听课' }).click();
      await page.locator('.lesson-words').waitFor({ timeout: 60_000 });
      await page.keyboard.press('t');
      const question = page.getByRole('region', { name: '提问' });
      while (!(await question.isVisible())) await page.keyboard.press('PageDown');
      await question.getByRole('button', { name: '显示答案' }).and(page.locator(':enabled')).waitFor();
      await page.keyboard.press('PageDown');
      await question.getByText('模拟器的答案').waitFor();
      const [card, picture] = [await question.boundingBox(), await page.locator('.stage-frame').boundingBox()];
      expect(picture!.height).toBeGreaterThan(card!.height);
      // All of the picture is in sight.
      const last = await page.locator('.sim-box-node').last().boundingBox();
      expect(last!.y + last!.height).toBeLessThanOrEqual(picture!.y + picture!.height + 1);
      expect(await axeFaults(page)).toEqual([]);
    },
    { locale: 'zh-CN' },
  ));

it('has an arrow drawn on the picture, by pointer and by keys', () =>
  site.visit(async ({ page }) => {
    await openLesson(page, 'C7', 'Lecture');
    const question = await toQuestion(page, 'Which arrow comes next?');
    const spot = (name: string): Locator => page.locator(`.pick-spot[title="${name}"]`);
    await spot('kube-apiserver-0').waitFor({ timeout: 60_000 });
    expect(await axeFaults(page)).toEqual([]);
    await dragBetween(page, spot('kube-apiserver-0'), spot('kube-controller-manager'));
    // The box has many controllers in it: which one is asked.
    await question.getByText('That box has several parts.').waitFor();
    await question.getByRole('combobox', { name: 'To' }).selectOption('kube-controller-manager');
    await question.getByRole('button', { name: 'Draw it anew' }).click();
    await spot('kube-apiserver-0').focus();
    await page.keyboard.press('Enter');
    await spot('kube-controller-manager').focus();
    await page.keyboard.press('Enter');
    await question.getByRole('combobox', { name: 'To' }).selectOption('kube-controller-manager');
    await question.getByRole('button', { name: 'Show the answer' }).click();
    await question.getByText('Right.').waitFor();
  }));

it('has a Pod chosen on the picture', () =>
  site.visit(async ({ page }) => {
    await openLesson(page, 'E6', 'Lecture');
    const other = await toQuestion(page, 'Which Pod goes?');
    await page.getByRole('button', { name: 'Choose mysql-0' }).click({ timeout: 60_000 });
    await other.getByRole('button', { name: 'Show the answer' }).click();
    await other.getByText('Not so.').waitFor();
    await other.getByText('The simulator says: mysql-2').waitFor();
  }));

it('draws, lights and zooms on the picture of a model, and forgets with the step', () =>
  site.visit(async ({ page }) => {
    await openLesson(page, 'A1', 'Self-test');
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('d');
    const layer = page.locator('.pen-layer');
    const area = (await layer.boundingBox())!;
    await page.mouse.move(area.x + 100, area.y + 200);
    await page.mouse.down();
    await page.mouse.move(area.x + 300, area.y + 260, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => page.locator('.pen-stroke').count()).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('PageDown');
    await expect.poll(() => page.locator('.pen-stroke').count()).toBe(0);
    await page.keyboard.press('PageUp');
    await expect.poll(() => page.locator('.pen-stroke').count()).toBe(1);
    await page.keyboard.press('e');
    await page.mouse.click(area.x + 200, area.y + 230);
    await expect.poll(() => page.locator('.pen-stroke').count()).toBe(0);
    await page.keyboard.press('c');
    await page.locator('.stage-light').waitFor();
    await page.keyboard.press('z');
    expect(await page.locator('.stage-inner').getAttribute('style')).toContain('scale');
    await page.keyboard.press('Escape');
    expect((await page.locator('.stage-inner').getAttribute('style')) ?? '').not.toContain('scale');
    await page.keyboard.press('h');
    await page.locator('html[data-contrast=high]').waitFor({ state: 'attached' });
    expect(await axeFaults(page)).toEqual([]);
  }));
