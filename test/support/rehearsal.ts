import type { Page } from 'playwright-core';
import type { PageUnderTest } from './page-under-test.ts';
import { paste } from './page-under-test.ts';

/** A Deployment of three Pods and its Service. */
export const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

/** Runs a design in a simulated cluster until all is settled, shows the first step, and takes the steps. */
export async function rehearse(
  site: PageUnderTest,
  steps: (page: Page) => Promise<void>,
  { manifests = WEB, ...options }: Parameters<PageUnderTest['visit']>[1] & { readonly manifests?: string } = {},
): Promise<void> {
  await site.visit(async ({ page }) => {
    await page.locator('.empty').waitFor();
    await paste(page, manifests);
    await page.locator('.card').nth(1).waitFor();
    await page.getByRole('button', { name: /^(?:Rehearse|演练)$/ }).click();
    await page
      .getByText(/settled|已稳定/)
      .first()
      .waitFor({ timeout: 60_000 });
    await shown(page);
    await steps(page);
  }, options);
}

/** The picture is that of the step. */
export async function shown(page: Page): Promise<void> {
  await page.locator('.sim-stage[aria-busy=false]').waitFor();
}
