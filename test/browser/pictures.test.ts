import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest, card, paste } from '../support/page-under-test.ts';

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');
const LARGE = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: large, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: large}}
  template:
    metadata: {labels: {app: large}}
    spec: {containers: [{name: a, image: "a:1", resources: {requests: {cpu: "12"}}}]}
`;

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

async function withShop(steps: (page: Page) => Promise<void>, options = {}): Promise<void> {
  await site.visit(
    async ({ page }) => {
      page.setDefaultTimeout(8000);
      await page.getByRole('button', { name: /^(Export|导出)$/ }).waitFor();
      await paste(page, shop + LARGE);
      await page.waitForTimeout(1200);
      await page.keyboard.press('Shift+Digit1');
      await page.waitForTimeout(500);
      await steps(page);
    },
    { viewport: { width: 1600, height: 900 }, ...options },
  );
}

const picture = (page: Page, name: RegExp): Locator => page.locator('.segment', { hasText: name });

async function pull(page: Page, from: Locator, to: { readonly x: number; readonly y: number }): Promise<void> {
  const box = (await from.boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

const styleOf = (locator: Locator, property: string): Promise<string> =>
  locator.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

describe('two pictures of one design', () => {
  it('shows where Pods would run, which fit nowhere and why, and leads a workload to a Node', () =>
    withShop(async (page) => {
      expect(await styleOf(page.locator('.frame-name').first(), 'border-top-width')).toBe('0px');
      await picture(page, /^Cluster$/).click();
      await page.getByText('The design has no Nodes.').waitFor();
      // Its style comes with it, also for who saves data, as every test does.
      await expect.poll(() => styleOf(page.locator('.node-facts').first(), 'position')).toBe('absolute');
      await page
        .getByText('0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient cpu.')
        .waitFor();
      await page.getByRole('button', { name: 'Larger workers' }).click();
      await page.getByRole('button', { name: 'Larger workers' }).click();
      await page.getByText('16 CPU · 64 GiB each').waitFor();
      await expect.poll(() => page.getByText('Insufficient cpu').count()).toBe(0);
      await page.getByRole('button', { name: 'More workers' }).click();
      await page.getByText('w4').waitFor();
      await page.keyboard.press('Shift+Digit1');
      await page.waitForTimeout(500);
      const mysql = page.getByRole('group', { name: /^StatefulSet, mysql/ });
      const isOnFirst =
        (await mysql.boundingBox())!.x < (await page.getByText('w2', { exact: true }).boundingBox())!.x - 40;
      const name = isOnFirst ? 'w3' : 'w1';
      const node = (await page.getByText(name, { exact: true }).boundingBox())!;
      await pull(page, mysql, { x: node.x + 20, y: node.y + 110 });
      const dialog = page.getByRole('dialog');
      await dialog.getByText(`Connect mysql to ${name}`).waitFor();
      await dialog.getByText(/would rather go to a Node/).click();
      await dialog.locator('.diff-added', { hasText: 'preferredDuringSchedulingIgnoredDuringExecution' }).waitFor();
      await dialog.getByText(/goes only to Nodes/).click();
      await dialog.locator('.diff-added', { hasText: `kubernetes.io/hostname: ${name}` }).waitFor();
      await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
      await page.getByRole('button', { name: `Undo: connect mysql to ${name}` }).waitFor();
      expect(await page.getByText('The design has no Nodes.').count()).toBe(0);
      await picture(page, /^Application$/).click();
      await card(page, 'Ingress', 'shop').waitFor();
      await page.getByText('19 objects').first().waitFor();
    }));

  it('keeps in sight what keeps cards out of sight', () =>
    withShop(async (page) => {
      const filter = async (words: string): Promise<void> => {
        await page.getByRole('button', { name: 'Filter', exact: true }).click();
        await page.getByRole('dialog').getByRole('searchbox').fill(words);
        await page.waitForTimeout(100);
        await page.keyboard.press('Enter');
      };
      await filter('Service');
      await expect.poll(() => card(page, 'Deployment', 'web').count()).toBe(0);
      await filter('Deployment');
      await card(page, 'Deployment', 'web').waitFor();
      await page.getByText('4 of 14 cards').waitFor();
      await page.getByRole('button', { name: 'Take away: Kind Service' }).click();
      await page.getByText('2 of 14 cards').waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      await card(page, 'ConfigMap', 'web-config').waitFor();
      await card(page, 'Ingress', 'shop').click({ position: { x: 20, y: 8 } });
      await page.keyboard.press('f');
      await page.getByRole('button', { name: 'Take away: Focus shop' }).waitFor();
      await expect.poll(() => card(page, 'StatefulSet', 'mysql').count()).toBe(0);
      await page.keyboard.press('f');
      await card(page, 'StatefulSet', 'mysql').waitFor();
      await page.getByRole('button', { name: 'Fold shop' }).click();
      await page.getByText(/12 cards · 6 Pods/).waitFor();
      await page.getByRole('button', { name: 'Unfold shop' }).click();
      await page.getByRole('button', { name: 'Fold applications' }).click();
      await page
        .getByText(/application · \d cards/)
        .first()
        .waitFor();
    }));

  it('draws what is no object, and takes it back', () =>
    withShop(async (page) => {
      const draw = async (what: string): Promise<void> => {
        await page.getByRole('button', { name: 'Draw', exact: true }).click();
        await page.getByRole('menuitem', { name: what, exact: true }).click();
      };
      await draw('User');
      const field = page.getByRole('textbox', { name: 'Text' });
      await field.fill('顾客');
      // Enter of an input method picks a word and ends nothing.
      await field.evaluate((element) =>
        element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 229, bubbles: true })),
      );
      await field.waitFor();
      await field.press('Control+Enter');
      const actor = page.getByRole('group', { name: 'Outside, 顾客' });
      await actor.hover();
      const dot = (await actor.locator('.card-source').boundingBox())!;
      const ingress = (await card(page, 'Ingress', 'shop').boundingBox())!;
      await page.mouse.move(dot.x + dot.width / 2, dot.y + dot.height / 2);
      await page.mouse.down();
      await page.mouse.move(ingress.x + 60, ingress.y + 20, { steps: 8 });
      await page.mouse.up();
      const arrow = page.getByRole('img', { name: 'Drawn arrow from Outside, 顾客 to Ingress shop' });
      await arrow.waitFor({ state: 'attached' });
      await draw('Legend');
      await draw('Title');
      await page.keyboard.type('The shop');
      await page.keyboard.press('Control+Enter');
      await actor.click({ position: { x: 10, y: 10 } });
      await page.keyboard.press('Delete');
      await page.getByRole('button', { name: 'Undo: erase 1 drawn' }).waitFor();
      expect(await arrow.count()).toBe(0);
      for (let step = 0; step < 7; step++) await page.keyboard.press('Control+z');
      await expect.poll(() => page.locator('.drawn').count()).toBe(0);
    }));

  it('makes what is missing on its card, or points at something else', () =>
    withShop(async (page) => {
      await page.getByRole('button', { name: 'Point elsewhere' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Point them at Secret mysql-root').click();
      await dialog.locator('.diff-added', { hasText: 'name: mysql-root' }).waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Create it' }).click();
      await page.getByRole('button', { name: 'Undo: add Secret web-tls' }).waitFor();
      await card(page, 'Secret', 'web-tls').waitFor();
    }));

  it('has nothing that axe finds wrong, light or dark, in Chinese', () =>
    withShop(
      async (page) => {
        await page.getByRole('button', { name: '绘制', exact: true }).click();
        await page.getByRole('menuitem', { name: '便签', exact: true }).click();
        await page.keyboard.press('Escape');
        expect(await axeFaultsOfBothThemes(page)).toEqual([]);
        await page.keyboard.press('Control+Shift+f');
        await page.getByRole('dialog').waitFor();
        await page.waitForTimeout(300);
        expect(await axeFaultsOfBothThemes(page, '[role=dialog]')).toEqual([]);
        await page.keyboard.press('Escape');
        await picture(page, /^集群$/).click();
        await page.waitForTimeout(1200);
        expect(await axeFaultsOfBothThemes(page)).toEqual([]);
      },
      { locale: 'zh-CN' },
    ));
});
