import { beforeAll, expect, it } from 'vitest';
import { MODELLED, featureGates } from '../../src/simulator/release/feature-gates.ts';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, paste, typeInDialog } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

it('finds a word of former times with an input method, shows what notes say, and what is not shown yet', () =>
  site.visit(
    async ({ page }) => {
      await page.keyboard.press('Control+k');
      await typeInDialog(page, 'glossary');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: '术语与清单' });
      const list = dialog.getByRole('listbox', { name: '术语列表' });
      await list.getByRole('option').first().waitFor();
      expect(await list.getByRole('option').count()).toBe(170);
      // While the input method composes, nothing is looked for.
      const session = await page.context().newCDPSession(page);
      await session.send('Input.imeSetComposition', { text: 'zhu jie', selectionStart: 7, selectionEnd: 7 });
      expect(await list.getByRole('option').count()).toBe(170);
      await session.send('Input.insertText', { text: '主节点' });
      await list.getByText('“主节点”今天叫这个。').waitFor();
      const card = dialog.getByRole('article');
      await card.getByRole('heading', { name: '控制平面' }).waitFor();
      await card.getByText('旧称', { exact: true }).waitFor();
      // What belongs to it leads on.
      await card.getByRole('button', { name: 'API Server' }).click();
      await card.getByText('X33', { exact: false }).first().waitFor();
      await card.getByRole('button', { name: /^打开 C7 课/ }).waitFor();
      expect(await axeFaults(page, '.dialog')).toEqual([]);
      await dialog.getByRole('tab', { name: /讲义 \/ 现状/ }).click();
      await dialog.getByRole('searchbox').fill('X33');
      await dialog
        .getByRole('article', { name: 'X33' })
        .getByText('只有 API server 与 etcd 通信', { exact: false })
        .waitFor();
      expect(await axeFaults(page, '.dialog')).toEqual([]);
      await dialog.getByRole('tab', { name: /清单/ }).click();
      const rows = dialog.getByRole('row').filter({ has: page.getByRole('rowheader') });
      expect(await rows.count()).toBe(170 + 26);
      await dialog.getByText('尚未展示的').click();
      const missing = await rows.count();
      expect(missing).toBeLessThan(60);
      expect(await rows.getByText('尚未').count()).toBe(missing);
      expect(await axeFaults(page, '.dialog')).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    },
    { locale: 'zh-CN', colorScheme: 'dark' },
  ));

it('shows the feature gates of the release, found by name and by what they are', () =>
  site.visit(async ({ page }) => {
    await page.keyboard.press('Control+k');
    await typeInDialog(page, 'feature gates');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Glossary and checklist' });
    await dialog.getByText(`${featureGates().length} gates`, { exact: true }).waitFor();
    await dialog.getByRole('searchbox').fill('inplacepodvertical');
    const row = dialog.getByRole('row', { name: /^InPlacePodVerticalScaling / });
    await row.getByText('locked', { exact: false }).waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual(['GA', '● on · locked', '1.35', '']);
    await dialog.getByRole('searchbox').fill('');
    await dialog.getByRole('button', { name: /^All gates/ }).click();
    await page.getByRole('option', { name: 'That runs go by' }).click();
    const rows = dialog.getByRole('row').filter({ has: page.getByRole('rowheader') });
    const asked = Object.keys(MODELLED).length;
    await dialog.getByText(`${asked} gates`, { exact: true }).waitFor();
    expect(await rows.getByText('A run goes by it').count()).toBe(asked);
    expect(await axeFaults(page, '.dialog')).toEqual([]);
  }));

it('is reached from the lessons, and arrows move through it', () =>
  site.visit(async ({ page }) => {
    const card = page.getByRole('article');
    // A word of former times is enough, anywhere.
    await page.keyboard.press('Control+k');
    await typeInDialog(page, 'predicates');
    await page.getByRole('option', { name: 'Filter' }).waitFor();
    await page.keyboard.press('Enter');
    await card.getByRole('heading', { name: 'Filter', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Lessons' }).click();
    await page.getByRole('button', { name: 'Glossary' }).click();
    await card.getByRole('heading', { name: 'Cloud native', exact: true }).waitFor();
    await page.keyboard.type('probe');
    await card.getByRole('heading', { name: 'Readiness probe' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await card.getByRole('heading', { name: 'Liveness probe' }).waitFor();
    expect(await axeFaults(page, '.dialog')).toEqual([]);
  }));

it('refuses wires that no cluster has, with the reason and where the notes say otherwise', () =>
  site.visit(
    async ({ page }) => {
      await paste(
        page,
        'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: web}]}\n',
      );
      await page.getByRole('radiogroup', { name: '视图' }).getByText('集群').click();
      await page.locator('.frame-node').first().waitFor();
      for (const [menu, part] of [
        ['集群部件', 'kubelet'],
        ['绘制', '用户'],
      ] as const) {
        await page.getByRole('button', { name: menu }).click();
        await page.getByRole('menuitem', { name: part, exact: true }).click();
        await page.keyboard.press('Control+Enter');
        await page.locator('.drawn-actor p', { hasText: part }).waitFor();
      }
      const source = (name: string) => page.locator('.drawn-actor', { hasText: name }).locator('.card-source');
      const etcd = page.locator('.card-component', { hasText: 'etcd' }).locator('.card-target');
      const server = page.locator('.card-component', { hasText: 'kube-apiserver' }).locator('.card-target');
      const toasts = page.locator('.toasts');
      await source('kubelet').dragTo(etcd, { force: true });
      await toasts.getByText('只有 API server 与 etcd 通信').waitFor();
      expect(await page.locator('[data-id^="arrow:"]').count()).toBe(0);
      await source('kubelet').dragTo(server, { force: true });
      await page.locator('[data-id^="arrow:"]').waitFor({ state: 'attached' });
      await source('用户').dragTo(page.locator('.frame-node').nth(1), { force: true });
      await toasts.getByText('用户只与 API server 交互').waitFor();
      await toasts.getByRole('button', { name: '讲义 / 现状 X33' }).click();
      await page.getByRole('article', { name: 'X33' }).waitFor();
      // Far down in the list, and in sight all the same.
      await expect.poll(() => page.getByRole('option', { name: 'kubelet 监听 etcd' }).isVisible()).toBe(true);
      const row = (await page.getByRole('option', { name: 'kubelet 监听 etcd' }).boundingBox())!;
      expect(row.y + row.height).toBeLessThan(720);
    },
    { locale: 'zh-CN' },
  ));
