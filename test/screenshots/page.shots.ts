import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { PageUnderTest, atRest, card, paste } from '../support/page-under-test.ts';
import { shown } from '../support/rehearsal.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/pictures/screens');
const shop = readFileSync(join(ROOT, 'templates/architectures/shop/design.yaml'), 'utf8');
/** The shop with a Secret and a claim that are not there. */
const withGhosts = `${shop}---
apiVersion: apps/v1
kind: Deployment
metadata: {name: mailer, namespace: shop}
spec:
  selector: {matchLabels: {app: mailer}}
  template:
    metadata: {labels: {app: mailer}}
    spec:
      containers:
        - name: mailer
          image: mailer:1
          envFrom: [{secretRef: {name: smtp-login}}]
      volumes:
        - name: queue
          persistentVolumeClaim: {claimName: outbox}
`;

let site: PageUnderTest;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  site = await PageUnderTest.start();
});

interface Look {
  readonly language?: 'en' | 'zh-CN';
  readonly colours?: 'light' | 'dark';
}

/** Takes the steps on the shop, or another text, and keeps what is then to be seen as `docs/pictures/screens/<name>.webp`. */
function shot(
  name: string,
  { language = 'en', colours = 'light' }: Look,
  text: string,
  steps: (page: Page) => Promise<void>,
) {
  it(name, () =>
    site.visit(
      async ({ page }) => {
        page.setDefaultTimeout(60_000);
        await paste(page, text);
        await atRest(card(page, 'Deployment', 'web'));
        await steps(page);
        // What came by a press goes, and what fades in is there.
        await page.mouse.move(640, 40);
        await page.waitForTimeout(1500);
        const session = await page.context().newCDPSession(page);
        const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
        const picture = Buffer.from(data, 'base64');
        writeFileSync(join(FOLDER, `${name}.webp`), picture);
        expect(picture.length).toBeGreaterThan(10_000);
      },
      { locale: language === 'en' ? 'en-US' : 'zh-CN', colorScheme: colours, reducedMotion: 'reduce' },
    ),
  );
}

const toCluster = async (page: Page): Promise<void> => {
  await page
    .getByText(/^(?:Cluster|集群)$/)
    .first()
    .click();
  await page.locator('.fit-bar').first().waitFor();
};
const wait = (): Promise<void> => Promise.resolve();

for (const language of ['en', 'zh-CN'] as const) {
  for (const colours of ['light', 'dark'] as const) {
    shot(`application-${language}-${colours}`, { language, colours }, shop, wait);
    shot(`cluster-${language}-${colours}`, { language, colours }, shop, toCluster);
  }
}

shot('connect', {}, shop, async (page) => {
  await card(page, 'Deployment', 'web').click({ position: { x: 20, y: 8 } });
  await page.keyboard.press('Control+Shift+E');
  await page.getByRole('dialog').getByRole('searchbox').fill('mysql-root');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').locator('.difference, .preview').first().waitFor();
});
shot('ghosts', {}, withGhosts, async (page) => {
  await card(page, 'Secret', 'smtp-login').waitFor();
  await card(page, 'Deployment', 'mailer').click({ position: { x: 20, y: 8 } });
  await page.keyboard.press('Shift+Digit2');
});
shot('gallery', {}, shop, async (page) => {
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Templates…' }).click();
  await page.getByRole('dialog').locator('.gallery-picture img').nth(19).waitFor();
});
shot('groups', {}, shop, async (page) => {
  await page.keyboard.press('Shift+Digit1');
  await card(page, 'Deployment', 'web').click({ position: { x: 20, y: 8 } });
  await card(page, 'Service', 'web').click({ position: { x: 20, y: 8 }, modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await page.getByRole('combobox', { name: 'Name of the group' }).fill('front');
  await page.keyboard.press('Enter');
  await page.locator('.grouped').first().waitFor();
});
shot('rehearsal', {}, shop, async (page) => {
  await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
  await page
    .getByText(/ · settled · /)
    .first()
    .waitFor();
  await shown(page);
  for (let reached = 0; reached < 3; reached++) {
    await page.getByRole('button', { name: /^Next milestone/ }).click();
    await shown(page);
  }
});
