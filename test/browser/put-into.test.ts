import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, atRest, card, paste, typeInDialog } from '../support/page-under-test.ts';

const design = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1.27
---
apiVersion: v1
kind: Pod
metadata: {name: helper}
spec:
  containers:
    - name: helper
      image: busybox:1.37
`;

// A browser that shares its machine with others takes its time.
vi.setConfig({ testTimeout: 120_000 });

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

async function withBoth(
  steps: (page: Page) => Promise<void>,
  options: Parameters<PageUnderTest['visit']>[1] = {},
): Promise<void> {
  await site.visit(async ({ page }) => {
    page.setDefaultTimeout(30_000);
    await page.getByRole('button', { name: /^(Export|导出)$/ }).waitFor();
    await paste(page, design);
    await atRest(card(page, 'Pod', 'helper'));
    await page.keyboard.press('Shift+Digit1');
    await atRest(card(page, 'Pod', 'helper'));
    await steps(page);
  }, options);
}

async function middleOf(page: Page, kind: string, name: string): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await atRest(card(page, kind, name));
  return { x: x + width / 2, y: y + height / 2 };
}

describe('a Pod put into a workload', () => {
  it('is dropped there, shows what that means with its lines, and becomes a container', () =>
    withBoth(async (page) => {
      const from = await middleOf(page, 'Pod', 'helper');
      const to = await middleOf(page, 'Deployment', 'web');
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 });
      await page.mouse.move(to.x, to.y, { steps: 6 });
      await page.mouse.up();
      const dialog = page.getByRole('dialog', { name: 'Put helper into a workload' });
      await dialog.getByText('Its containers become containers of web').waitFor();
      await dialog.locator('.diff-added', { hasText: 'image: busybox:1.37' }).waitFor();
      // The Pod itself goes, and that is shown too.
      await dialog.locator('.diff-removed', { hasText: 'kind: Pod' }).waitFor();
      await dialog.getByText('web runs this Pod instead').click();
      await dialog.locator('.diff-removed', { hasText: 'image: nginx:1.27' }).waitFor();
      expect(await axeFaults(page, '[role=dialog]')).toEqual([]);
      await dialog.getByText('Its containers become containers of web').click();
      await dialog.getByRole('button', { name: 'Put in', exact: true }).click();
      await page.getByRole('button', { name: 'Undo: put helper into web' }).waitFor();
      await expect.poll(() => card(page, 'Pod', 'helper').count()).toBe(0);
      await card(page, 'Deployment', 'web').getByText('nginx:1.27 +1').waitFor();
    }));

  it('is put there by keyboard, and kept when asked to', () =>
    withBoth(async (page) => {
      await card(page, 'Pod', 'helper').click({ position: { x: 30, y: 8 } });
      await page.keyboard.press('Control+k');
      await typeInDialog(page, 'put into');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Put helper into a workload' });
      await dialog.getByText('Its containers become containers of web').waitFor();
      await dialog.getByText('Take helper itself away').click();
      await dialog.getByRole('button', { name: 'Put in', exact: true }).press('Enter');
      await page.getByRole('button', { name: 'Undo: put helper into web' }).waitFor();
      await card(page, 'Deployment', 'web').getByText('nginx:1.27 +1').waitFor();
      expect(await card(page, 'Pod', 'helper').count()).toBe(1);
    }));

  it('may be a sidecar out of the palette, which brings what it points at', () =>
    withBoth(async (page) => {
      const row = page.getByRole('button', { name: /^Pod with a sidecar/ }).first();
      const box = (await row.boundingBox())!;
      const to = await middleOf(page, 'Deployment', 'web');
      await page.mouse.move(box.x + 20, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(400, 300, { steps: 6 });
      await page.mouse.move(to.x, to.y, { steps: 6 });
      await page.mouse.up();
      const dialog = page.getByRole('dialog', { name: 'Put Pod with a sidecar into a workload' });
      await dialog.locator('.diff-added', { hasText: 'name: log-reader' }).waitFor();
      await dialog.getByRole('button', { name: 'Put in', exact: true }).click();
      await page.getByRole('button', { name: 'Undo: put Pod with a sidecar into web' }).waitFor();
      await card(page, 'ConfigMap', 'shipper').waitFor();
      expect(await card(page, 'Deployment', 'shipper').count()).toBe(0);
    }));
});
