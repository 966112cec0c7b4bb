import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, paste } from '../support/page-under-test.ts';
import { PATIENCE_MS, ledger, settled, why } from '../support/rehearsal-by-keys.ts';
import { WEB, shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, PATIENCE_MS);

/** Where somebody who wants to look at the screen has its pictures. */
const SHOTS = process.env['DRYDOCK_SHOTS'];
const shot = async (page: Page, name: string) => {
  if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
};

const MANIFESTS = `${WEB.replace('spec: {selector', 'spec: {ipFamilyPolicy: PreferDualStack, selector')}---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: client, image: busybox}]}
`;

interface Words {
  readonly title: RegExp;
  readonly overlay: string;
  readonly routed: string;
  readonly begin: string;
  readonly hops: string;
  readonly rehearse: RegExp;
  readonly wraps: string;
}

const EN: Words = {
  title: /^Network of the run/,
  overlay: 'Overlay',
  routed: 'Routed',
  begin: 'Begin a new run',
  hops: 'Hops',
  rehearse: /^Rehearse$/,
  wraps: 'wraps (VXLAN)',
};
const ZH: Words = {
  title: /^本次运行的网络/,
  overlay: '覆盖网络',
  routed: '路由',
  begin: '开始新的运行',
  hops: '逐跳',
  rehearse: /^演练$/,
  wraps: '封装（VXLAN）',
};

/** Chooses the network of a run, begins it, and looks at the hops of a request to the Service. */
async function choosesAndLooks(page: Page, words: Words, name: string): Promise<void> {
  page.setDefaultTimeout(60_000);
  await page.locator('.empty').waitFor();
  await paste(page, MANIFESTS);
  await page.locator('.card').nth(2).waitFor();
  await page.getByRole('button', { name: words.title }).click();
  const dialog = page.getByRole('dialog', { name: words.title });
  for (const choice of ['nftables', 'IPv4 + IPv6', words.overlay])
    await dialog.getByText(choice, { exact: true }).click();
  await shot(page, `choice-${name}`);
  expect(await axeFaults(page, '.network-dialog')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: words.rehearse }).click();
  await settled(page);
  await shown(page);
  const button = page.getByRole('button', { name: words.title });
  expect(await button.getAttribute('aria-label')).toContain(`nftables, IPv4 + IPv6, ${words.overlay}`);
  await page.keyboard.press('End');
  await shown(page);
  await why(page, 'Service/default/web');
  const ways = page.locator('.why-ways li');
  await ways.first().waitFor();
  expect(await page.locator('.why-detail').textContent()).toContain('DNS AAAA');
  // A Pod of another Node, over the overlay.
  for (let at = 0; at < (await ways.count()); at++) {
    await ways.nth(at).getByText(words.hops, { exact: true }).click();
    await ways.nth(at).locator('.hop-list').waitFor();
    if ((await ways.nth(at).getByText(words.wraps).count()) > 0) break;
    await ways.nth(at).getByText(words.hops, { exact: true }).click();
  }
  const list = page.locator('.why-ways .hop-list');
  expect(await list.textContent()).toContain(words.wraps);
  expect(await list.textContent()).toMatch(/DNAT \[fd00:10:96::[0-9a-f]+\]:80 → \[fd00:10:244:\d::\d\]:80/);
  expect(await axeFaults(page, '.why-detail')).toEqual([]);
  await list.scrollIntoViewIfNeeded();
  await shot(page, `why-${name}`);
}

describe('the network of a run', () => {
  it(
    'is chosen before it begins, and “Why” shows each hop with its headers',
    () =>
      site.visit(async ({ page }) => {
        await choosesAndLooks(page, EN, 'en');
        // The packet of a request, in the envelope of its step.
        await page.locator('.why-send').getByRole('button').last().click();
        await page.locator('.sim-caption').filter({ hasText: 'A request is sent' }).waitFor();
        await settled(page);
        const tab = page.locator('.sim-side').getByRole('tab', { name: 'Hops' });
        for (let steps = 0; steps < 40 && (await tab.count()) === 0; steps++) {
          await page.locator('.sim-clock').click();
          await page.keyboard.press('ArrowRight');
          await shown(page);
        }
        await tab.click();
        expect(await page.locator('.sim-side .hop-list').textContent()).toContain('Ethernet');
        await shot(page, 'envelope-en');
        // Another network begins a new run.
        await page.getByRole('button', { name: EN.title }).click();
        const dialog = page.getByRole('dialog', { name: EN.title });
        expect(await dialog.getByRole('button', { name: EN.begin }).isDisabled()).toBe(true);
        await dialog.getByText('ipvs', { exact: true }).click();
        await dialog.getByText(EN.routed, { exact: true }).click();
        await shot(page, 'another-en');
        await dialog.getByRole('button', { name: EN.begin }).click();
        await settled(page);
        await shown(page);
        const label = await page.getByRole('button', { name: EN.title }).getAttribute('aria-label');
        expect(label).toContain('ipvs, IPv4 + IPv6, Routed');
        await ledger(page, /^Events/);
        await page.getByText('IPVSDeprecation').first().waitFor();
      }),
    PATIENCE_MS,
  );

  it(
    'is chosen in Chinese, in the dark',
    () =>
      site.visit(({ page }) => choosesAndLooks(page, ZH, 'zh-dark'), {
        locale: 'zh-CN',
        colorScheme: 'dark',
        viewport: { width: 1280, height: 720 },
      }),
    PATIENCE_MS,
  );
});
