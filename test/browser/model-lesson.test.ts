import { beforeAll, expect, it } from 'vitest';
import { PageUnderTest } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

it('leads through A1 by PageDown in a hall, without a cluster, and draws what it says', () =>
  site.visit(
    async ({ page }) => {
      await page.getByRole('button', { name: '课程' }).click();
      await page.locator('.lesson-row', { hasText: 'A1' }).getByRole('button', { name: '听课' }).click();
      const words = page.locator('.lesson-words');
      await words.getByText('第 1 步').waitFor();
      const question = page.getByRole('region', { name: '提问' });
      const seen: string[] = [];
      for (let press = 0; press < 40 && !seen.at(-1)?.includes('回退完成'); press++) {
        if (!(await question.isVisible())) seen.push((await words.textContent()) ?? '');
        await page.keyboard.press('PageDown');
      }
      expect(seen.at(-1)).toContain('回退完成');
      expect(new Set(seen.map((text) => text[0]))).toEqual(new Set('①②③④'));
      // Drift is there for all to see: on the left, and not on the right.
      await page.getByText('3 台中有 3 种').waitFor();
      await page.getByText('3 台中有 1 种').waitFor();
      // The last press led on into the next chapter.
      await words.getByText('流水线').first().waitFor();
      for (let press = 0; press < 2; press++) await page.keyboard.press('PageUp');
      await words.getByText('再启动一次就行').waitFor();
    },
    { locale: 'zh-CN' },
  ));

it('marks an answer in a self-test, and tries beside the lesson what may go wrong', () =>
  site.visit(
    async ({ page }) => {
      await page.getByRole('button', { name: '课程' }).click();
      await page.locator('.lesson-row', { hasText: 'A1' }).getByRole('button', { name: '自测' }).click();
      const question = page.getByRole('region', { name: '提问' });
      await page.locator('.lesson-words').waitFor();
      while (!(await question.isVisible())) await page.keyboard.press('PageDown');
      await question.getByRole('spinbutton').fill('1');
      await question.getByRole('button', { name: '回答' }).click();
      await question.getByText('不对。').waitFor();
      await question.getByText('模拟器的答案：3').waitFor();
      await question.getByText(/轨迹第 \d+ 条/).waitFor();
      await question.getByRole('button', { name: '继续' }).click();
      while (!(await question.isVisible())) await page.keyboard.press('PageDown');
      // Into the order in which they happen: build, start, check, traffic, stop.
      for (const [item, times] of [
        ['构建镜像', 2],
        ['启动新机器', 3],
        ['健康检查', 2],
        ['流量切到新机器', 1],
      ] as const)
        for (let time = 0; time < times; time++) await question.getByRole('button', { name: `${item} 提前` }).click();
      await question.getByRole('button', { name: '回答' }).click();
      await question.getByText('正确。').waitFor();
    },
    { locale: 'zh-CN' },
  ));

it('lets a fault be tried and leads back', () =>
  site.visit(async ({ page }) => {
    await page.getByRole('button', { name: 'Lessons' }).click();
    await page.locator('.lesson-row', { hasText: 'A1' }).getByRole('button', { name: 'Practice' }).click();
    await page.locator('.lesson-words').waitFor();
    await page.getByRole('button', { name: 'Another slip of the hand on the left' }).click();
    await page.getByText('Tried beside the lesson').waitFor();
    await page.keyboard.press('PageDown');
    await page.getByText('2 different of 3').waitFor();
    await page.getByRole('button', { name: 'Back to the lesson' }).click();
    await page.getByText('1 different of 3').first().waitFor();
    // Other numbers, and another picture.
    await page.getByRole('combobox', { name: 'servers' }).selectOption('5');
    await page.getByText('1 different of 5').first().waitFor();
  }));
