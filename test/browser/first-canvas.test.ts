import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { changedLines } from '../../src/design/testing/design-of.ts';
import { axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest, card, dropFiles, paste } from '../support/page-under-test.ts';
import type { OpenPage } from '../support/page-under-test.ts';

const demo = readFileSync(new URL('../data/microservices-demo/kubernetes-manifests.yaml', import.meta.url), 'utf8');
const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

const visit = (steps: (open: OpenPage) => Promise<void>, options = {}): Promise<void> => site.visit(steps, options);

/** Waits until the card of the Deployment shows so many marks for its Pods. */
async function podsShown(page: Page, count: number): Promise<void> {
  const marks = card(page, 'Deployment', 'web').locator('.card-pods > *');
  await marks.nth(count - 1).waitFor();
  await marks.nth(count).waitFor({ state: 'detached' });
  expect(await marks.count()).toBe(count);
}

async function downloaded(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

async function openExample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the example' }).click();
  await card(page, 'Deployment', 'web').waitFor();
}

describe('the first canvas', () => {
  it('opens on what to do, and shows the example in one click', () =>
    visit(async ({ page }) => {
      await page.getByText('Bring your manifests into dock').waitFor();
      await openExample(page);
      expect(await page.locator('.react-flow__node .card').count()).toBeGreaterThanOrEqual(8);
      await page.getByText('13 objects').first().waitFor();
      await page.getByText('Secret web-tls does not exist here').waitFor();
    }));

  it('takes files by drop and ends with counts', () =>
    visit(async ({ page }) => {
      await dropFiles(page, { 'kubernetes-manifests.yaml': demo });
      const account = page.getByText('Imported', { exact: true }).locator('..');
      await account.waitFor();
      const text = await account.innerText();
      expect(text).toContain('35 objects');
      expect(text).toContain('3 kinds');
      expect(text).toMatch(/\d+ references/);
    }));

  it('gives the same bytes back when nothing was touched', () =>
    visit(async ({ page }) => {
      await dropFiles(page, { 'kubernetes-manifests.yaml': demo });
      await card(page, 'Service', 'frontend').waitFor();
      expect(await downloaded(page)).toBe(demo);
    }));

  it('changes one line for one field, and takes it back', () =>
    visit(async ({ page }) => {
      await paste(page, shop);
      await card(page, 'Deployment', 'web').click();
      const replicas = page.getByRole('textbox', { name: /replicas/ }).first();
      await replicas.fill('5');
      await replicas.press('Enter');
      await podsShown(page, 5);
      expect(changedLines(shop, await downloaded(page))).toEqual(['-  replicas: 3', '+  replicas: 5']);
      await page.locator('.react-flow__pane').click({ position: { x: 5, y: 5 } });
      await page.keyboard.press('Control+z');
      await podsShown(page, 3);
      expect(await downloaded(page)).toBe(shop);
      await page.keyboard.press('Control+Shift+z');
      await podsShown(page, 5);
    }));

  it('keeps a card where it is put, as one step that undo takes back', () =>
    visit(async ({ page }) => {
      await openExample(page);
      const moved = card(page, 'Ingress', 'shop');
      const before = (await moved.boundingBox())!;
      await page.mouse.move(before.x + 60, before.y + 20);
      await page.mouse.down();
      await page.mouse.move(before.x + 110, before.y + 120, { steps: 6 });
      await page.mouse.up();
      await page.waitForTimeout(400);
      const after = (await moved.boundingBox())!;
      expect(after.y - before.y).toBeGreaterThan(60);
      await page.keyboard.press('Control+z');
      await page.waitForTimeout(400);
      const back = (await moved.boundingBox())!;
      expect(Math.abs(back.y - before.y)).toBeLessThan(3);
    }));

  it('deletes with an account of what breaks', () =>
    visit(async ({ page }) => {
      await openExample(page);
      await card(page, 'Service', 'web').click();
      await page.keyboard.press('Delete');
      const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
      await dialog.waitFor();
      expect(await dialog.innerText()).toContain('One reference would point at nothing');
      await dialog.getByRole('button', { name: /Delete/ }).click();
      await page.getByText('Service web does not exist here').waitFor();
    }));

  it('shows a card’s YAML as it stands in the file', () =>
    visit(async ({ page }) => {
      await openExample(page);
      await card(page, 'Deployment', 'web').click();
      await page.getByRole('tab', { name: 'YAML' }).click();
      await page.locator('.cm-content').waitFor();
      expect(await page.locator('.cm-content').innerText()).toContain('# the headless Service below');
    }));

  it('has nothing that axe finds wrong, light or dark', () =>
    visit(async ({ page }) => {
      const check = async (): Promise<void> => {
        expect(await axeFaultsOfBothThemes(page)).toEqual([]);
      };
      await page.getByText('Bring your manifests into dock').waitFor();
      await check();
      await openExample(page);
      await card(page, 'Deployment', 'web').click();
      await page.getByRole('tab', { name: 'Form' }).waitFor();
      await page.waitForTimeout(300);
      await check();
    }));

  it('speaks Chinese, switched in place and remembered', () =>
    visit(async ({ page }) => {
      await openExample(page);
      await page.getByRole('button', { name: '切换到中文' }).click();
      await page.getByRole('button', { name: '导出' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
      await page.reload();
      await page.getByRole('button', { name: '导出' }).waitFor();
    }));
});

describe('bad input', () => {
  it('reports what does not read, with its line, and keeps the rest', () =>
    visit(async ({ page }) => {
      await dropFiles(page, {
        'broken.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\n---\na: [1, 2\nb: }\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: also-good}\n',
        'bomb.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
          .split('')
          .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
          .join('\n')}\n`,
        'deep.yaml': '['.repeat(20_000),
        'binary.yaml': 'kind: \u0000\u0001',
        'empty.yaml': '',
        'proto.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: proto}\ndata:\n  __proto__: x\n  constructor: y\n',
        'long.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: long}\ndata: {a: "${'x'.repeat(1_000_000)}"}\n`,
        'unknown.yaml': 'apiVersion: example.com/v1\nkind: Whatever\nmetadata: {name: unknown}\n',
        'twice.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: also-good}\n',
      });
      for (const name of ['good', 'also-good', 'proto', 'long', 'unknown'])
        await page.locator('.card', { hasText: name }).first().waitFor();
      await page
        .getByText(/broken\.yaml/)
        .first()
        .waitFor();
      for (const file of ['bomb.yaml', 'deep.yaml', 'binary.yaml'])
        expect(await page.getByText(file).count(), file).toBeGreaterThan(0);
      // The page answers.
      await page.getByRole('button', { name: 'File', exact: true }).click();
      await page.getByRole('menuitem', { name: 'New design' }).waitFor();
      expect(await page.evaluate(() => ({}) as { polluted?: unknown })).toEqual({});
    }));

  it('runs nothing that a manifest holds', () =>
    visit(async ({ page }) => {
      const attack = '<img src=x onerror=window.__xss=1><script>window.__xss=1</script>';
      await paste(
        page,
        [
          'apiVersion: v1',
          'kind: ConfigMap',
          `metadata: {name: ${JSON.stringify(attack)}, namespace: ${JSON.stringify(attack)}, labels: {${JSON.stringify(attack)}: ${JSON.stringify(attack)}}, annotations: {link: "javascript:window.__xss=1"}}`,
          `data: {${JSON.stringify(attack)}: ${JSON.stringify(attack)}}`,
          '---',
          'apiVersion: v1',
          'kind: Pod',
          'metadata: {name: p}',
          `spec: {containers: [{name: c, image: ${JSON.stringify(attack)}, envFrom: [{configMapRef: {name: ${JSON.stringify(attack)}}}]}]}`,
        ].join('\n'),
      );
      await page.locator('.card').first().click();
      for (const tab of ['YAML', 'Relations', 'Form']) await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => (window as { __xss?: number }).__xss)).toBeUndefined();
    }));
});
