import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { designInPicture } from '../../src/interchange/picture/embedded-design.ts';
import { axeFaults, axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest, card, paste } from '../support/page-under-test.ts';
import type { OpenPage } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

const visit = (steps: (open: OpenPage) => Promise<void>, options = {}): Promise<void> => site.visit(steps, options);

async function fromMenu(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

async function openTemplate(page: Page, title: string): Promise<void> {
  await fromMenu(page, 'Templates…');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .click();
}

async function savedPicture(page: Page): Promise<Uint8Array> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  return readFileSync(await download.path());
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

async function drop(page: Page, name: string, content: Uint8Array): Promise<void> {
  await page.evaluate(
    ([path, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], path));
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, [...content]] as const,
  );
}

const TOO_LARGE = `apiVersion: v1
kind: Pod
metadata: {name: whale}
spec: {containers: [{name: a, image: "busybox:1.37", resources: {requests: {cpu: "500"}}}]}
`;

describe('templates', () => {
  it('show their pictures and open as designs of one’s own', () =>
    visit(async ({ page }) => {
      await fromMenu(page, 'Templates…');
      const dialog = page.getByRole('dialog');
      await dialog.locator('.gallery-picture img').nth(19).waitFor();
      expect(await dialog.locator('.gallery-card').count()).toBeGreaterThanOrEqual(20);
      expect(await axeFaults(page)).toEqual([]);
      await dialog.getByRole('button', { name: /^Blue and green/ }).click();
      await card(page, 'Deployment', 'web-green').waitFor();
      await page.getByRole('button', { name: 'Blue and green', exact: true }).waitFor();
      await page.locator('.save-saved').waitFor();
    }));
});

describe('pictures', () => {
  it.each([
    ['SVG', 'picture.svg'],
    ['PNG', 'picture.png'],
  ])('of the design as %s opens again, without the values of its Secrets', (format, file) =>
    visit(async ({ page }) => {
      await openTemplate(page, 'MySQL with replicas');
      await card(page, 'Secret', 'mysql').waitFor();
      await fromMenu(page, 'Save a picture…');
      if (format === 'PNG') await choose(page, 'Format', 'PNG');
      const picture = await savedPicture(page);
      const carried = designInPicture(picture) ?? [];
      const text = new TextDecoder().decode(carried[0]?.content);
      expect(text).toContain('kind: StatefulSet');
      expect(text).not.toContain('change-me');
      if (format === 'SVG') {
        const svg = new TextDecoder().decode(picture);
        expect(svg).toContain('>mysql</text>');
        expect(svg).not.toMatch(/<script|\son\w+=|foreignObject|href=/i);
      }
      await fromMenu(page, 'New design');
      await card(page, 'Secret', 'mysql').waitFor({ state: 'detached' });
      await drop(page, file, picture);
      await card(page, 'StatefulSet', 'mysql').waitFor();
    }),
  );

  it('of the Cluster shows how full the Nodes are, and what was drawn', () =>
    visit(async ({ page }) => {
      await openTemplate(page, 'Blue and green');
      await card(page, 'Deployment', 'web-green').waitFor();
      await page.locator('.segment', { hasText: 'Cluster' }).click();
      await page.locator('.fit-bar').first().waitFor();
      await page.getByRole('button', { name: 'Draw' }).click();
      await page.getByRole('menuitem', { name: 'Note' }).click();
      await page.getByRole('textbox', { name: 'Text' }).fill('Two colours share these Nodes');
      await page.keyboard.press('Control+Enter');
      const figures = await page.locator('.fit-figures').first().textContent();
      await fromMenu(page, 'Save a picture…');
      await page.getByText('Carry the design').click();
      const svg = new TextDecoder().decode(await savedPicture(page));
      expect(svg).toContain(`>${figures}</text>`);
      expect(svg).toContain('>Memory</text>');
      expect(svg).toMatch(/<tspan[^>]*>Two colours share these<[^]*<tspan[^>]*>Nodes</);
    }));

  it('of the Cluster names what no Node takes in the language of the page', () =>
    visit(
      async ({ page }) => {
        await page.locator('.empty').waitFor();
        await paste(page, TOO_LARGE);
        await card(page, 'Pod', 'whale').waitFor();
        await page.locator('.segment', { hasText: '集群' }).click();
        await page.locator('.frame-tray').waitFor();
        await page.getByRole('button', { name: '文件', exact: true }).click();
        await page.getByRole('menuitem', { name: '保存图片…' }).click();
        const started = page.waitForEvent('download');
        await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click();
        const svg = readFileSync(await (await started).path(), 'utf8');
        expect(svg).toContain('>没有节点能接收的 Pod</text>');
        expect(svg).not.toContain('>tray</text>');
      },
      { locale: 'zh-CN' },
    ));

  it('is printed whole, on one sheet, and shows no value of a Secret', () =>
    visit(async ({ page }) => {
      await openTemplate(page, 'MySQL with replicas');
      await card(page, 'Secret', 'mysql').waitFor();
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('#root').isVisible()).toBe(false);
      const sheet = page.locator('.print-sheet');
      expect(await sheet.locator('figcaption').textContent()).toBe('MySQL with replicas');
      const names = await sheet.locator('svg text').allTextContents();
      expect(names).toContain('mysql');
      expect(names.join(' ')).not.toContain('change-me');
      await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
      expect(await sheet.count()).toBe(0);
      const pdf = new TextDecoder('latin1').decode(await page.pdf({ format: 'A4', landscape: true }));
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    }));

  /** What another program would get: the size of the PNG on the clipboard, and how many colours it has. */
  const onClipboard = (page: Page) =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      if (!item?.types.includes('image/png')) return undefined;
      const bitmap = await createImageBitmap(await item.getType('image/png'));
      const { width, height } = bitmap;
      const canvas = new OffscreenCanvas(width, height).getContext('2d')!;
      canvas.drawImage(bitmap, 0, 0);
      return {
        width,
        height,
        colours: new Set(new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer)).size,
      };
    });

  it('is copied as PNG by a key, of what is selected, and whole by the dialog', () =>
    visit(
      async ({ page }) => {
        await openTemplate(page, 'Blue and green');
        await card(page, 'Deployment', 'web-green').click({ position: { x: 20, y: 8 } });
        await page.keyboard.press('Alt+Shift+C');
        const copied = page.getByText('The picture is on the clipboard');
        await copied.waitFor();
        const one = (await onClipboard(page))!;
        expect(one.width).toBeGreaterThan(300);
        expect(one.colours).toBeGreaterThan(20);
        await page.evaluate(() => navigator.clipboard.writeText('something else'));
        expect(await onClipboard(page)).toBeUndefined();

        await fromMenu(page, 'Save a picture…');
        await page.getByRole('dialog').getByRole('button', { name: 'Copy as PNG' }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        const whole = (await onClipboard(page))!;
        expect(whole.width * whole.height).toBeGreaterThan(2 * one.width * one.height);
        expect(whole.colours).toBeGreaterThan(20);
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    ));

  it('are chosen in a dialog that axe finds nothing wrong with, light or dark', () =>
    visit(async ({ page }) => {
      await openTemplate(page, 'Blue and green');
      await card(page, 'Deployment', 'web-green').waitFor();
      await page.locator('.save-saved').waitFor();
      for (const entry of ['Save a picture…', 'Recent designs…']) {
        await fromMenu(page, entry);
        await page.getByRole('dialog').waitFor();
        expect(await axeFaultsOfBothThemes(page), entry).toEqual([]);
        await page.keyboard.press('Escape');
      }
    }));

  it('says so when a picture carries nothing', () =>
    visit(async ({ page }) => {
      await drop(page, 'cat.svg', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'));
      await page.getByText('cat.svg is a picture that carries no design.').waitFor();
    }));

  it('of the selection holds nothing else', () =>
    visit(async ({ page }) => {
      await openTemplate(page, 'Blue and green');
      await card(page, 'Deployment', 'web-green').click();
      await fromMenu(page, 'Save a picture…');
      await page.getByText('Only what is selected').click();
      await page.getByText('Carry the design').click();
      const svg = new TextDecoder().decode(await savedPicture(page));
      expect(svg).toContain('web-green');
      expect(svg).not.toContain('web-blue');
    }));
});
