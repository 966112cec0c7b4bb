import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest, atRest, card, paste, typeInDialog } from '../support/page-under-test.ts';

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

/** A page with the shop on it, its layout at rest; ends with no complaint. */
async function withShop(steps: (page: Page) => Promise<void>, options = {}): Promise<void> {
  await site.visit(async ({ page }) => {
    page.setDefaultTimeout(8000);
    await page.getByRole('button', { name: /^(Export|导出)$/ }).waitFor();
    await paste(page, shop);
    await atRest(card(page, 'Deployment', 'web'));
    // Cards outside the view are not in the page.
    await page.keyboard.press('Shift+Digit1');
    await atRest(card(page, 'Deployment', 'web'));
    await steps(page);
  }, options);
}

async function choose(page: Page, kind: string, name: string): Promise<void> {
  await card(page, kind, name).click({ position: { x: 30, y: 8 } });
  await page.getByRole('tab', { name: 'YAML' }).waitFor();
}

describe('editing on the canvas', () => {
  it('keeps broken YAML in the editor with its line, and the design whole', () =>
    withShop(async (page) => {
      await choose(page, 'ConfigMap', 'web-config');
      await page.getByRole('tab', { name: 'YAML' }).click();
      const editor = page.locator('.code-editor .cm-content');
      await editor.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('\n  bad: [');
      await page.keyboard.press('Control+s');
      await page.getByText(/^Line \d+:/).waitFor();
      await page.getByRole('tab', { name: 'Form' }).click();
      await page.getByRole('tab', { name: 'YAML' }).click();
      await page.getByText(/^Line \d+:/).waitFor();
      expect(await editor.innerText()).toContain('bad: [');
      await page.getByRole('button', { name: 'Take my text back' }).click();
      expect(await editor.innerText()).not.toContain('bad: [');
    }));

  it('says at the field why a value is refused, and takes it back with Escape', () =>
    withShop(async (page) => {
      await choose(page, 'Deployment', 'web');
      const replicas = page.getByRole('textbox', { name: /replicas/ }).first();
      await replicas.fill('three');
      await replicas.press('Enter');
      await page.getByText('Must be a whole number.').waitFor();
      await replicas.press('Escape');
      expect(await replicas.inputValue()).toBe('3');
      expect(await page.getByText('Must be a whole number.').count()).toBe(0);
    }));

  it('does not commit a field while an input method is composing', () =>
    withShop(async (page) => {
      await choose(page, 'Deployment', 'web');
      const image = page.getByRole('textbox', { name: /image/ }).first();
      await image.fill('nginx:1.28');
      await image.evaluate((element) =>
        element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true })),
      );
      expect(await page.getByRole('button', { name: /^Undo: .*image/ }).count()).toBe(0);
      await image.press('Enter');
      await page.getByRole('button', { name: /^Undo: .*image/ }).waitFor();
    }));

  it('moves with the arrow keys, many presses in one step', () =>
    withShop(async (page) => {
      await choose(page, 'Ingress', 'shop');
      const before = await atRest(card(page, 'Ingress', 'shop'));
      for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowDown');
      await page.getByRole('button', { name: 'Undo: move 1' }).waitFor();
      const after = await atRest(card(page, 'Ingress', 'shop'));
      expect(after.y).toBeGreaterThan(before.y);
      await page.keyboard.press('Control+z');
      await page.getByRole('button', { name: 'Redo: move 1' }).waitFor();
      await expect
        .poll(async () => Math.abs((await atRest(card(page, 'Ingress', 'shop'))).y - before.y), { timeout: 8000 })
        .toBeLessThan(3);
    }));

  it('shows the lines that an edge comes from, and takes it away', () =>
    withShop(async (page) => {
      const edge = page.getByRole('img', { name: /^Traffic from Ingress shop to Service web$/ });
      const point = await edge.locator('.edge-reach').evaluate((element) => {
        const path = element as SVGPathElement;
        const at = path.getPointAtLength(path.getTotalLength() * 0.2);
        const matrix = path.getScreenCTM()!;
        return { x: at.x * matrix.a + matrix.e, y: at.y * matrix.d + matrix.f };
      });
      await page.mouse.move(point.x, point.y);
      const popover = page.getByRole('tooltip');
      await popover.getByText(/pasted\.yaml, line \d+/).waitFor();
      expect(await popover.innerText()).toContain('name: web');
      await page.mouse.click(point.x, point.y);
      await page.getByRole('complementary').getByRole('button', { name: 'Disconnect' }).click();
      await page
        .getByRole('button', { name: /^Undo: disconnect/ })
        .or(page.getByText(/required/).first())
        .first()
        .waitFor();
    }));

  it('connects without a mouse, shows the lines first, and says why not', () =>
    withShop(async (page) => {
      await choose(page, 'Deployment', 'web');
      await page.getByRole('tab', { name: /Relations/ }).click();
      await page.getByRole('button', { name: 'Connect to…' }).click();
      await typeInDialog(page, 'mysql-root');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Connect web to mysql-root').waitFor();
      expect(await dialog.locator('.diff-added').count()).toBeGreaterThan(0);
      await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
      await page.getByRole('button', { name: 'Undo: connect web to mysql-root' }).waitFor();
      await page.getByRole('button', { name: 'Connect to…' }).click();
      await typeInDialog(page, 'Namespace');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByText('cannot point at').waitFor();
    }));

  it('adds a kind by its short name, and renames it with all that name it', () =>
    withShop(async (page) => {
      await page.keyboard.press('Control+k');
      await typeInDialog(page, 'add cm');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Undo: add ConfigMap configmap' }).waitFor();
      await page.waitForTimeout(600);
      await page.keyboard.press('Shift+Digit1');
      await atRest(card(page, 'ConfigMap', 'web-config'));
      await choose(page, 'ConfigMap', 'web-config');
      await page.keyboard.press('F2');
      await typeInDialog(page, 'Not A Name');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('alert').waitFor();
      await page.getByRole('textbox', { name: 'Name' }).fill('settings');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Undo: rename web-config to settings' }).waitFor();
      await card(page, 'ConfigMap', 'settings').waitFor();
    }));

  it('fills the form of a custom resource from the definition that came with it', () =>
    withShop(async (page) => {
      await paste(
        page,
        [
          'apiVersion: apiextensions.k8s.io/v1',
          'kind: CustomResourceDefinition',
          'metadata: {name: ships.harbour.example}',
          'spec:',
          '  group: harbour.example',
          '  scope: Namespaced',
          '  names: {plural: ships, singular: ship, kind: Ship}',
          '  versions:',
          '    - name: v1',
          '      served: true',
          '      storage: true',
          '      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {masts: {type: integer, maximum: 5}}}}}}',
          '---',
          'apiVersion: harbour.example/v1',
          'kind: Ship',
          'metadata: {name: vasa}',
          'spec: {masts: 3}',
        ].join('\n'),
      );
      await page.getByText('15 objects').first().waitFor();
      // In sight once it has its place.
      await expect
        .poll(
          async () => {
            await page.keyboard.press('Shift+Digit1');
            return card(page, 'Ship', 'vasa').count();
          },
          { timeout: 20_000 },
        )
        .toBe(1);
      await atRest(card(page, 'Ship', 'vasa'));
      await choose(page, 'Ship', 'vasa');
      await page.getByRole('button', { name: /^spec/ }).first().click();
      const masts = page.getByRole('textbox', { name: /masts/ }).first();
      await masts.fill('9');
      await masts.press('Enter');
      await page.getByText(/Must be within/).waitFor();
    }));

  it(
    'has nothing that axe finds wrong in any pane, light or dark, in Chinese',
    () =>
      withShop(
        async (page) => {
          await choose(page, 'Deployment', 'web');
          expect(await axeFaultsOfBothThemes(page)).toEqual([]);
          for (const [tab, pane] of [
            ['YAML', '.inspector'],
            [/关系/, '.inspector'],
            [/表单/, '.inspector'],
            [/文件/, '.dock'],
          ] as const) {
            await page.getByRole('tab', { name: tab }).click();
            await page.waitForTimeout(250);
            expect(await axeFaultsOfBothThemes(page, pane)).toEqual([]);
          }
          for (const opener of [/^搜索或执行…/, /^导出$/, /^快捷键与手势$/]) {
            await page.getByRole('button', { name: opener }).click();
            await page.waitForTimeout(250);
            expect(await axeFaultsOfBothThemes(page, '[role=dialog]')).toEqual([]);
            await page.keyboard.press('Escape');
          }
        },
        { locale: 'zh-CN' },
      ),
    90_000,
  );
});
