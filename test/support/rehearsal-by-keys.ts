import type { Page } from 'playwright-core';
import { paste } from './page-under-test.ts';
import { shown } from './rehearsal.ts';

/** The Deployment of the lesson "the whole journey of kubectl apply", and its Service. */
export const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web:1.0, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

/** How long a machine with other work may take for anything, in milliseconds. */
export const PATIENCE_MS = 240_000;

/** From an empty page to the end of a run, by nothing but keys. */
export async function rehearseByKeys(page: Page, manifests = WEB): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.locator('.empty').waitFor();
  await paste(page, manifests);
  await page.locator('.card').first().waitFor();
  await page.keyboard.press('Control+k');
  const isChinese = (await page.locator('html').getAttribute('lang')) === 'zh-CN';
  await page
    .getByRole('dialog')
    .getByRole('searchbox')
    .fill(isChinese ? '演练' : 'Rehearse');
  await page.keyboard.press('Enter');
  await settled(page);
  await shown(page);
}

/** The run goes no further. */
export async function settled(page: Page): Promise<void> {
  await page
    .getByText(/ · (?:settled|still moving|已稳定|仍在变化) · /)
    .first()
    .waitFor();
}

/** Opens a ledger by its name. */
export async function ledger(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

/** Asks why about an object; gives everything that is said of it. */
export async function why(page: Page, object: string): Promise<string> {
  await ledger(page, /^(?:Why|为什么)$/);
  await page.locator('.why-ask input').fill(object);
  await page.locator('.why-title').filter({ hasText: object }).waitFor();
  await page.locator('.why-sentence').waitFor();
  return (await page.locator('.why-detail').textContent()) ?? '';
}
