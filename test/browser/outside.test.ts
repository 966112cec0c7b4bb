import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, card, dropFiles } from '../support/page-under-test.ts';
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

const COMPOSE = `services:
  web:
    image: nginx:1.27
    ports: ["8080:80"]
    depends_on: [db]
    logging: {driver: syslog}
  db:
    image: mysql:8.4
    expose: [3306]
    volumes: [data:/var/lib/mysql]
volumes: {data: {}}
`;
const DUMP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
  resourceVersion: "4711"
  uid: 11111111-2222-3333-4444-555555555555
data: {mode: fast}
`;

describe('files of other tools', () => {
  it('show what becomes of a compose file before it comes in', () =>
    visit(async ({ page }) => {
      await dropFiles(page, { 'compose.yaml': COMPOSE });
      const dialog = page.getByRole('dialog');
      await dialog.getByText('logging has no form in Kubernetes').waitFor();
      await dialog.getByText('5 objects').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Open', exact: true }).click();
      await card(page, 'Deployment', 'web').waitFor();
      await card(page, 'PersistentVolumeClaim', 'data').waitFor();
    }));

  it('clean what kubectl printed of a cluster, and say what went', () =>
    visit(async ({ page }) => {
      await dropFiles(page, { 'dump.yaml': DUMP });
      const dialog = page.getByRole('dialog');
      await dialog.getByText('metadata that the server writes was taken away: metadata.uid').waitFor();
      await dialog.getByRole('button', { name: 'Open', exact: true }).click();
      await card(page, 'ConfigMap', 'settings').waitFor();
    }));

  it('are written for them, too', () =>
    visit(async ({ page }) => {
      await dropFiles(page, { 'a.yaml': DUMP.replaceAll(/ {2}(?:uid|resourceVersion).*\n/g, '') });
      await card(page, 'ConfigMap', 'settings').waitFor();
      await fromMenu(page, 'Export');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /Format/ }).click();
      await page.getByRole('option', { name: 'kind cluster' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Save for it' }).click(),
      ]);
      expect(readFileSync(await download.path(), 'utf8')).toContain('kind create cluster --config kind.yaml');
      await dialog.getByText('No Node is drawn').waitFor();
      expect(await axeFaults(page)).toEqual([]);
    }));
});

describe('a shared link', () => {
  it('opens beside what is there, with its password where it has one', () =>
    visit(async ({ page, complaints }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await dropFiles(page, { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\n' });
      await card(page, 'ConfigMap', 'shared').waitFor();
      await fromMenu(page, 'Share a link…');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('img', { name: 'QR code of the link' }).waitFor();
      expect(await axeFaults(page)).toEqual([]);
      const plain = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
      await dialog.getByLabel('Password').fill('open sesame');
      await expect
        .poll(() => dialog.getByRole('textbox', { name: 'Link' }).inputValue(), { timeout: 30_000 })
        .toContain('#e1.');
      const locked = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
      await page.keyboard.press('Escape');

      await fromMenu(page, 'New design');
      await dropFiles(page, { 'mine.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\n' });
      await card(page, 'ConfigMap', 'mine').waitFor();
      await page.locator('.save-saved').waitFor();
      // The pointer rests on a button whose name comes up; what is said about it must not take the dialog's Escape.
      await page.getByRole('button', { name: 'Fold the palette' }).hover();
      await page.getByRole('tooltip').waitFor();
      await page.evaluate((hash) => (location.hash = hash), new URL(locked).hash);
      await dialog.getByLabel('Password').fill('wrong');
      await dialog.getByRole('button', { name: 'Unlock' }).click();
      await dialog.getByText('Wrong password').waitFor();
      await dialog.getByLabel('Password').press('Escape');
      await expect.poll(() => page.evaluate(() => location.hash), { timeout: 10_000 }).toBe('');

      await page.evaluate((hash) => (location.hash = hash), new URL(plain).hash);
      await dialog.getByRole('img', { name: 'Picture of the shared design' }).waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await card(page, 'ConfigMap', 'mine').waitFor();
      await dialog.getByRole('button', { name: 'Open as a new design' }).click();
      await card(page, 'ConfigMap', 'shared').waitFor();
      await fromMenu(page, 'Recent designs…');
      expect(await page.getByRole('dialog').locator('.design-list > li').count()).toBe(3);
      expect(complaints.foreign).toEqual([]);
    }));
});
