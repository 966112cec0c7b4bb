import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, paste, typeInDialog } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

/** Where somebody who wants to look at the screen has its pictures. */
const SHOTS = process.env['DRYDOCK_SHOTS'];

const shot = async (page: Page, name: string) => {
  if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
};

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27, resources: {requests: {cpu: 1500m}}}]}
`;

it('compares values in threads, shows table and plot, and stops when it is told to', () =>
  site.visit(
    async ({ page }) => {
      await paste(page, WEB);
      await page.getByRole('group', { name: /^Deployment, web,/ }).waitFor();
      await page.getByRole('button', { name: 'File' }).click();
      await page.getByRole('menuitem', { name: 'Experiment' }).click();
      const dialog = page.getByRole('dialog', { name: 'Experiment' });
      await dialog.getByText('The table of results comes here.').waitFor();
      await dialog.getByRole('button', { name: 'Add a field' }).click();
      expect(await dialog.getByRole('combobox', { name: 'Object' }).inputValue()).toBe('Deployment.apps/default/web');
      await dialog.getByRole('textbox', { name: 'Values' }).fill('1, 9');
      await dialog.getByRole('textbox', { name: 'Workers' }).fill('1');
      await dialog.getByRole('textbox', { name: 'Ends after' }).fill('40s');
      await dialog.getByRole('textbox', { name: 'Seeds' }).fill('2');
      await dialog.getByRole('button', { name: 'Run', exact: true }).click();
      await dialog.getByText('4 of 4 runs').waitFor({ timeout: 90_000 });
      const table = dialog.getByRole('table', { name: 'Results of the experiment' });
      const rows = await table.getByRole('row').allInnerTexts();
      expect(rows[0]).toMatch(/^web replicas\s+Settled/);
      // Two of 1500m fit on a worker of four CPUs, with what the system takes.
      expect(rows[1]).toMatch(/^1\s+2 of 2/);
      expect(rows[2]).toMatch(/^9\s+2 of 2[^]*\s7\s/);
      expect(await axeFaults(page, '.dialog')).toEqual([]);
      await shot(page, 'experiment-table-en-light');
      await dialog.locator('.segment', { hasText: 'Plot' }).click();
      await dialog
        .getByRole('img', { name: /by web replicas/ })
        .locator('canvas')
        .waitFor();
      await shot(page, 'experiment-plot-en-light');
      await dialog.locator('.segment', { hasText: 'Every run' }).click();
      expect(await table.getByRole('row').count()).toBe(5);

      await dialog.getByRole('textbox', { name: 'Seeds' }).fill('900');
      await dialog.getByRole('button', { name: 'Run', exact: true }).click();
      await dialog.getByText(/^[1-9]\d* of 1800 runs$/).waitFor({ timeout: 90_000 });
      await dialog.getByRole('button', { name: 'Stop' }).click();
      await dialog.getByText(/^Stopped: [1-9]\d* of 1800 runs are finished and shown\.$/).waitFor();

      // What makes no script is said before anything runs.
      await dialog.getByRole('combobox', { name: 'Object' }).fill('web');
      await page.keyboard.press('Tab');
      await dialog.getByRole('button', { name: 'Run', exact: true }).click();
      await dialog.getByText(/must name an object such as/).waitFor({ timeout: 30_000 });
    },
    { colorScheme: 'light' },
  ));

it('finds the least number of Nodes of each size and says what they cost, in Chinese and dark', () =>
  site.visit(
    async ({ page }) => {
      await paste(page, WEB.replace('replicas: 2', 'replicas: 3'));
      await page.getByRole('group', { name: /Deployment.*web/ }).waitFor();
      await page.keyboard.press('Control+k');
      await typeInDialog(page, '实验');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: '实验' });
      await dialog.locator('.segment', { hasText: '需要几个 Node？' }).click();
      await dialog.getByRole('textbox', { name: '种子数' }).fill('1');
      await dialog.getByRole('textbox', { name: '结束于' }).fill('40s');
      await dialog.getByRole('textbox', { name: '每小时 large' }).fill('0.5');
      await dialog.getByRole('button', { name: '运行', exact: true }).click();
      await dialog.getByText('已完成 3 / 3 次运行').waitFor({ timeout: 90_000 });
      await dialog.getByText('small：3 个工作节点对每个种子都足够，每小时 0.3 USD，每月 219.00。').waitFor();
      await dialog.getByText('large：1 个工作节点对每个种子都足够，每小时 0.5 USD，每月 365.00。').waitFor();
      expect(await axeFaults(page, '.dialog')).toEqual([]);
      await shot(page, 'experiment-nodes-zh-dark');
      await dialog.locator('.segment', { hasText: '图' }).click();
      await dialog.locator('canvas').waitFor();
      await shot(page, 'experiment-plot-zh-dark');
    },
    { locale: 'zh-CN', colorScheme: 'dark' },
  ));
