import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, card, dropFiles, paste } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

const config = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: "${value}" }\n`;

const marks = (page: Page, side: string) =>
  page
    .getByRole('region', { name: side })
    .locator('.compare-mark')
    .evaluateAll((found) => found.map((one) => [one.getAttribute('aria-label'), one.textContent]));

it('shows what differs from another file side by side, marked, filtered, and from one to the next as YAML', () =>
  site.visit(async ({ page }) => {
    await paste(page, [config('same', '1'), config('other', '5'), config('fresh', '6')].join('---\n'));
    await card(page, 'ConfigMap', 'fresh').waitFor();
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Compare/ }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Other files…' }).click();
    const content = [config('same', '1'), config('other', '3'), config('gone', '2')].join('---\n');
    await (await chooser).setFiles([{ name: 'before.yaml', mimeType: 'text/yaml', buffer: Buffer.from(content) }]);
    await page.getByText('Differences: 3').waitFor();
    expect((await marks(page, 'before.yaml')).sort()).toEqual([
      ['Changed: ConfigMap/default/other', 'C'],
      ['Removed: ConfigMap/default/gone', 'R'],
    ]);
    expect((await marks(page, 'This design')).sort()).toEqual([
      ['Added: ConfigMap/default/fresh', 'A'],
      ['Changed: ConfigMap/default/other', 'C'],
    ]);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Next difference' }).click();
    await page.getByText('1 / 3').waitFor();
    const text = page.getByRole('region', { name: 'YAML of both sides' });
    await expect.poll(() => text.textContent()).toContain('-data: { a: "3" }');
    expect(await text.textContent()).toContain('+data: { a: "5" }');
    await page
      .getByRole('button', { name: /^C Changed|^Changed/ })
      .first()
      .click();
    await page.getByText('Differences: 2').waitFor();
    expect(await marks(page, 'This design')).toEqual([['Added: ConfigMap/default/fresh', 'A']]);
    await page.keyboard.press('Escape');

    // A kustomization is edited as it is, and every overlay shows what becomes of it.
    await dropFiles(page, {
      'kustomization.yaml': 'resources: [web.yaml]\nnamePrefix: prod-\n',
      'web.yaml': config('web', '1'),
    });
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Open as/ })
      .click();
    await page.getByRole('option', { name: 'Files as they are' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
    // What is no object is told of.
    await page.locator('.notices').getByRole('button').first().click();
    await page.getByRole('tab', { name: 'Kustomize' }).click();
    const result = page.locator('.variants-text');
    await expect.poll(() => result.textContent(), { timeout: 20_000 }).toContain('name: prod-web');
    await card(page, 'ConfigMap', 'web').click();
    await page.keyboard.press('F2');
    await page.keyboard.type('shop');
    await page.keyboard.press('Enter');
    await expect.poll(() => result.textContent(), { timeout: 20_000 }).toContain('name: prod-shop');
  }));
