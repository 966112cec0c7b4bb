import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest } from '../support/page-under-test.ts';
import { PATIENCE_MS, ledger, rehearseByKeys, settled } from '../support/rehearsal-by-keys.ts';
import { shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, PATIENCE_MS);

/** Where somebody who wants to look at the screen has its pictures. */
const SHOTS = process.env['DRYDOCK_SHOTS'];
const shot = async (page: Page, name: string) => {
  if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
};

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
/** Sends 20 requests a second to the Service until stopped, then changes the image, and shows the end. */
async function rollout(page: Page, words: { readonly traffic: string; readonly open: string; readonly send: string }) {
  await page.locator('.sim-transport button').nth(4).click();
  await shown(page);
  await ledger(page, words.traffic);
  await page.locator('.traffic').getByRole('button', { name: words.open }).click();
  const form = page.getByRole('dialog', { name: words.open });
  await form.waitFor();
  await shot(page, `form-${words.traffic}`);
  expect(await axeFaults(page, '.dialog')).toEqual([]);
  await form.getByRole('button', { name: words.send, exact: true }).click();
  await page.locator('.traffic-list tbody tr').waitFor();
  await settled(page);
  await page.locator('.sim-transport button').nth(4).click();
  await shown(page);
  await ledger(page, 'kubectl');
  const prompt = page.locator('.sim-prompt input');
  await prompt.fill('set image deployment/web web=web:2');
  await prompt.press('Enter');
  await settled(page);
  await ledger(page, words.traffic);
}
const EN = { traffic: 'Traffic', open: 'Send requests', send: 'Send' };

it(
  'a rollout without a readiness probe loses requests, in seconds that the ledger names and leads to',
  () =>
    site.visit(
      async ({ page }) => {
        await rehearseByKeys(page, WEB);
        page.setDefaultTimeout(30_000);
        await rollout(page, EN);
        await page.locator('.sim-transport button').nth(4).click();
        await shown(page);
        const summary = page.locator('.traffic-summary');
        await shot(page, 'plot-en-light');
        await expect.poll(() => summary.textContent()).toMatch(/ failed \(.+\), sent at \d+:\d\d/);
      },
      { colorScheme: 'light' },
    ),
  PATIENCE_MS,
);
