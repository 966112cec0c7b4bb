import { beforeAll, expect, it } from 'vitest';
import { axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest, card } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

it('leads through C7 by PageDown in a hall, and asks before it shows', () =>
  site.visit(
    async ({ page }) => {
      await page.getByRole('button', { name: '课程' }).click();
      await page.locator('.lesson-row', { hasText: 'C7' }).getByRole('button', { name: '听课' }).click();
      const words = page.locator('.lesson-words');
      await words.getByText('第 1 步').waitFor({ timeout: 60_000 });
      await page.keyboard.press('t');
      const seen: string[] = [];
      const question = page.getByRole('region', { name: '提问' });
      const chapter = words.locator('b');
      for (let press = 0; press < 120 && !seen.at(-1)?.includes('EndpointSlice 控制器'); press++) {
        if (await question.isVisible()) {
          // Before the answer is shown nothing of it is on the page.
          if (!(await question.getByText('模拟器的答案').isVisible()))
            await question.getByRole('button', { name: '显示答案' }).and(page.locator(':enabled')).waitFor();
        } else seen.push(`${await chapter.textContent()} ${await words.textContent()}`);
        await page.keyboard.press('PageDown');
      }
      expect(seen.at(-1)).toContain('EndpointSlice 控制器把就绪 Pod 的地址');
      expect(new Set(seen.map((text) => text[0]))).toEqual(new Set('①②③④⑤⑥⑦⑧⑨'));
      await page.keyboard.press('Escape');
    },
    { locale: 'zh-CN' },
  ));

it('marks an answer wrong or right in a self-test, and cites the trace', () =>
  site.visit(
    async ({ page }) => {
      await page.getByRole('button', { name: '课程' }).click();
      await page.locator('.lesson-row', { hasText: 'C7' }).getByRole('button', { name: '自测' }).click();
      const question = page.getByRole('region', { name: '提问' });
      await page.locator('.lesson-words').waitFor({ timeout: 60_000 });
      // The first question: what is broken is any of three, told by kubectl alone.
      await page.keyboard.press('PageDown');
      await question.getByText('$ kubectl get').waitFor({ timeout: 60_000 });
      await question.getByRole('radio').first().check();
      await question.getByRole('button', { name: '回答' }).click();
      await question.getByText(/正确。|不对。/).waitFor();
      await question.getByText(/轨迹第 \d+ 条/).waitFor();
      await question.getByRole('button', { name: '继续' }).click();
      // On to how many Pods there are when kubectl is done.
      while (!(await question.isVisible())) await page.keyboard.press('PageDown');
      const number = question.getByRole('spinbutton');
      await number.fill('3');
      await question.getByRole('button', { name: '回答' }).click();
      await question.getByText('不对。').waitFor();
      await question.getByText('模拟器的答案：0').waitFor();
      await question.getByRole('button', { name: '继续' }).click();
      while (!(await question.isVisible())) await page.keyboard.press('PageDown');
      await question.getByLabel('从', { exact: true }).selectOption('kube-apiserver');
      await question.getByLabel('到', { exact: true }).selectOption('kube-controller-manager');
      await question.getByRole('button', { name: '回答' }).click();
      await question.getByText('正确。').waitFor();
    },
    { locale: 'zh-CN' },
  ));

it('has an exam day whose report axe finds nothing wrong with, light or dark', { timeout: 240_000 }, () =>
  site.visit(
    async ({ page }) => {
      await page.getByRole('button', { name: '课程' }).click();
      await page.getByRole('button', { name: '从示例开始' }).click();
      await card(page, 'Deployment', 'web').waitFor();
      await page.getByRole('button', { name: '课程' }).click();
      await page.getByRole('button', { name: '用当前设计考试' }).click();
      const report = page.getByRole('dialog', { name: '考试日' });
      await report.locator('.exam-table tbody tr').nth(4).waitFor({ timeout: 120_000 });
      expect(await axeFaultsOfBothThemes(page, '[role=dialog]')).toEqual([]);
    },
    { locale: 'zh-CN' },
  ),
);
