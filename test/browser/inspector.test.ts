import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { axeFaults, axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest, atRest, card, paste } from '../support/page-under-test.ts';

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');
const more = `---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec:
  schedule: "0 3 * * mon-fri"
  timeZone: Europe/Berlin
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "busybox:1.37"}]}}}}
---
apiVersion: v1
kind: Secret
metadata: {name: keys, namespace: shop}
data:
  plain: Y2hhbmdlLW1l
  bytes: AAEC
`;

// A browser that shares its machine with others takes its time.
vi.setConfig({ testTimeout: 120_000 });

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

async function withForm(
  [kind, name]: readonly [string, string],
  steps: (page: Page, form: Locator) => Promise<void>,
  options: Parameters<PageUnderTest['visit']>[1] = {},
): Promise<void> {
  await site.visit(
    async ({ page }) => {
      page.setDefaultTimeout(30_000);
      await page.getByRole('button', { name: /^(Export|导出)$/ }).waitFor();
      await paste(page, shop + more);
      // Cards outside the view are not in the page.
      await atRest(card(page, 'Deployment', 'web'));
      await page.keyboard.press('Shift+Digit1');
      await atRest(card(page, kind, name));
      await card(page, kind, name).click({ position: { x: 30, y: 8 } });
      const form = page.locator('.inspector .form');
      await form.waitFor();
      await steps(page, form);
    },
    { timezoneId: 'Asia/Shanghai', ...options },
  );
}

/** Opens a group among the main fields. */
async function openGroup(form: Locator, name: string): Promise<Locator> {
  await form
    .locator('.form-section')
    .first()
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .first()
    .click();
  return form.locator('.form-section').first();
}

/** All objects as they would be saved. */
async function textOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download/ }).click();
  const path = await (await started).path();
  return readFileSync(path, 'utf8');
}

describe('the form of an object', () => {
  it('says what a schedule means and when it is due, by the clock of whoever looks', () =>
    withForm(['CronJob', 'nightly'], async (_, form) => {
      await form.getByText('At 03:00, on Monday to Friday').waitFor();
      const times = await form
        .locator('.schedule-runs time')
        .evaluateAll((all) => all.map((time) => (time as HTMLTimeElement).dateTime));
      expect(times).toHaveLength(5);
      const berlin = new Intl.DateTimeFormat('en-GB', {
        timeZone: 'Europe/Berlin',
        hour: '2-digit',
        minute: '2-digit',
      });
      for (const time of times) {
        expect(berlin.format(new Date(time))).toBe('03:00');
        expect([0, 6]).not.toContain(new Date(time).getUTCDay());
      }
      // Three in Berlin is nine or ten in Shanghai.
      expect(await form.locator('.schedule-runs time').first().innerText()).toMatch(/(09|10):00$/);
      const schedule = form.getByRole('combobox', { name: 'schedule' }).first();
      await schedule.fill('0 3 * * mon-fri-sun');
      await schedule.press('Enter');
      await form
        .getByText(/too many hyphens/)
        .first()
        .waitFor();
      await schedule.fill('@every 90m');
      await schedule.press('Enter');
      await form.getByText('Every 1 hour 30 minutes, from when the CronJob is made').waitFor();
    }));

  it('hides Secrets until they are asked for, and reads and writes them as text and as base64', () =>
    withForm(['Secret', 'keys'], async (page, form) => {
      const data = await openGroup(form, 'data');
      await data.getByText('9 bytes of text').waitFor();
      await data.getByText('3 bytes, binary').waitFor();
      expect(await page.locator('body').innerText()).not.toContain('change-me');
      expect(await page.getByRole('textbox', { name: 'Value of plain' }).count()).toBe(0);
      await data.getByRole('button', { name: 'Show plain' }).click();
      const value = data.getByRole('textbox', { name: 'Value of plain' });
      expect(await value.inputValue()).toBe('change-me');
      await value.fill('密码');
      await value.press('Enter');
      await data.getByText('6 bytes of text').waitFor();
      await data.getByText('base64', { exact: true }).click();
      expect(await data.getByRole('textbox', { name: 'Value of plain' }).inputValue()).toBe('5a+G56CB');
      expect(await textOf(page)).toContain('plain: 5a+G56CB');
    }));

  it('takes the value of a variable from a Secret that is there, by one of its keys', () =>
    withForm(['Deployment', 'web'], async (page, form) => {
      const section = await openGroup(form, 'env');
      await section.getByRole('button', { name: /Where the value of DATABASE_HOST comes from/ }).click();
      await page.getByRole('option', { name: 'Secret key' }).click();
      const variable = section.getByRole('group', { name: 'DATABASE_HOST' });
      await variable.getByRole('button', { name: 'Show what fits name' }).click();
      await page.getByRole('option', { name: /^mysql-root/ }).click();
      await variable.getByRole('button', { name: 'Show what fits key' }).click();
      expect(await page.getByRole('option').allInnerTexts()).toEqual(['password']);
      await page.getByRole('option', { name: 'password' }).click();
      await page.getByRole('button', { name: /^Undo: .*secretKeyRef.key/ }).waitFor();
      expect(await textOf(page)).toMatch(/secretKeyRef:\s+name: mysql-root\s+key: password/);
    }));

  it('says how many Pods a selector selects, and offers labels that are there', () =>
    withForm(['Service', 'web'], async (page, form) => {
      const section = await openGroup(form, 'selector');
      await section.getByText('Selects 3 Pods now:').waitFor();
      await section.getByRole('button', { name: 'Remove app' }).click();
      await section.getByRole('button', { name: 'Show what fits Add label' }).click();
      await page.getByRole('option', { name: /^app=mysql/ }).click();
      await section.getByText('Selects 1 Pod now:').waitFor();
      await section.getByRole('button', { name: /^mysql/ }).waitFor();
    }));

  it('asks a container another way, at a port by its name, and tells the timing in words', () =>
    withForm(['Deployment', 'web'], async (page, form) => {
      const section = await openGroup(form, 'readinessProbe');
      await section.getByText(/First asked 0 seconds after the start, then every 10 seconds/).waitFor();
      await section.getByText('TCP', { exact: true }).click();
      await page.getByRole('button', { name: /^Undo: .*readinessProbe/ }).waitFor();
      expect(await textOf(page)).toMatch(/readinessProbe:\s+tcpSocket:\s+port: http/);
      const failures = section.getByRole('textbox', { name: 'failureThreshold' });
      expect(await failures.getAttribute('placeholder')).toBe('default: 3');
      await failures.fill('6');
      await failures.press('Enter');
      await section.getByText(/After 6 failures in a row, within about 1 minute/).waitFor();
    }));

  it('says what an amount means, and changes its unit', () =>
    withForm(['Deployment', 'web'], async (page, form) => {
      const section = await openGroup(form, 'resources');
      await section.getByText('0.25 cores (250m)').waitFor();
      await section.getByText('256 MiB = 268.44 MB').waitFor();
      await section.getByRole('button', { name: /Unit of requests memory/ }).click();
      await page.getByRole('option', { name: 'Gi', exact: true }).click();
      await section.getByText('256 GiB = 274.88 GB').waitFor();
      const limit = section.getByRole('textbox', { name: 'limits memory' });
      await limit.fill('512m');
      await limit.press('Enter');
      await section.getByText('0.512 of a byte: m means thousandths').waitFor();
    }));

  it('documents a field with its type, default and words, and offers main fields that are not set', () =>
    withForm(['Deployment', 'web'], async (page, form) => {
      await form.getByRole('button', { name: 'About replicas' }).first().click();
      const words = page.getByRole('dialog', { name: 'About replicas' });
      await words.getByText('Number of desired pods').waitFor();
      await expect.poll(() => words.innerText()).toMatch(/integer[\s\S]*fills in 1/);
      await page.keyboard.press('Escape');
      await form.getByText('default: RollingUpdate').waitFor();
      await form.locator('.offered-field').getByRole('button', { name: 'volumes', exact: true }).click();
      await page.getByRole('button', { name: /^Undo: .*volumes/ }).waitFor();
      expect(await textOf(page)).toMatch(/\n {6}volumes:/);
    }));

  it('makes volumes, mounts and rules by boxes that say what they mean, each as an edit of its own lines', () =>
    withForm(['Deployment', 'web'], async (page, form) => {
      await form.locator('.offered-field').getByRole('button', { name: 'volumes', exact: true }).click();
      await page.getByRole('button', { name: /^Undo: .*volumes/ }).waitFor();
      const volumes = await openGroup(form, 'volumes');
      // Begun as an empty list, which is as good as none.
      await volumes.getByRole('button', { name: 'Add volume' }).click();
      await volumes
        .getByRole('button', { name: /^Mount in / })
        .first()
        .click();
      await page.getByRole('button', { name: /^Undo: .*volumeMounts/ }).waitFor();
      await form.locator('.offered-field').getByRole('button', { name: 'tolerations', exact: true }).click();
      await page.getByRole('button', { name: /^Undo: .*tolerations/ }).waitFor();
      const tolerations = await openGroup(form, 'tolerations');
      await tolerations.getByRole('button', { name: 'Add toleration' }).click();
      await tolerations.getByText(/^Puts up with/).waitFor();
      expect(await axeFaults(page, '.inspector')).toEqual([]);
      expect(await textOf(page)).toMatch(/mountPath: \/mnt\/[\s\S]*tolerations:/);
    }));

  it('edits what several objects have in common in all of them, as one step', () =>
    withForm(['Deployment', 'web'], async (page) => {
      await card(page, 'StatefulSet', 'mysql').click({ position: { x: 30, y: 8 }, modifiers: ['Shift'] });
      const replicas = page.getByRole('textbox', { name: 'replicas' });
      await replicas.waitFor();
      expect(await replicas.getAttribute('placeholder')).toBe('mixed: 3, 1');
      await replicas.fill('2');
      await replicas.press('Enter');
      await page.getByRole('button', { name: 'Undo: spec.replicas of 2 objects' }).waitFor();
      await expect.poll(() => replicas.inputValue()).toBe('2');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Undo: spec.replicas of 2 objects' }).click();
      await expect.poll(() => replicas.getAttribute('placeholder')).toBe('mixed: 3, 1');
      expect(await axeFaults(page, '.inspector')).toEqual([]);
    }));

  it('has nothing that axe finds wrong, all groups open, light or dark, in Chinese', () =>
    withForm(
      ['Deployment', 'web'],
      async (page, form) => {
        for (const name of ['env', 'resources', 'readinessProbe', 'ports']) await openGroup(form, name);
        await page.waitForTimeout(400);
        expect(await axeFaultsOfBothThemes(page, '.inspector')).toEqual([]);
        await card(page, 'CronJob', 'nightly').click({ position: { x: 30, y: 8 } });
        await form.locator('.schedule-runs').waitFor();
        expect(await axeFaultsOfBothThemes(page, '.inspector')).toEqual([]);
      },
      { locale: 'zh-CN' },
    ));
});
