import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest } from '../support/page-under-test.ts';
import { ledger, PATIENCE_MS, rehearseByKeys, settled, why } from '../support/rehearsal-by-keys.ts';
import { shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, PATIENCE_MS);

/** What a press on a button downloads. */
async function downloaded(
  page: Page,
  name: string | RegExp,
): Promise<{ readonly file: string; readonly path: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: PATIENCE_MS }),
    page.getByRole('button', { name }).click(),
  ]);
  return { file: download.suggestedFilename(), path: await download.path() };
}

async function runHash(page: Page): Promise<string> {
  return (await page.getByRole('region', { name: 'This run' }).locator('code').first().textContent()) ?? '';
}

describe('what is kept of a run', () => {
  it(
    'a run is saved and opens again to the same hash; a link opens at its moment; a step and a storyboard are pictures',
    () =>
      site.visit(
        async ({ page }) => {
          await rehearseByKeys(page);
          await page.getByRole('button', { name: 'Last step' }).click();
          await shown(page);
          // Something is done in it, so that there is more to keep than the design.
          await page.locator('.sim-box-scheduler').click();
          await page.getByRole('menuitem', { name: 'The scheduler stops' }).click();
          await settled(page);
          await ledger(page, 'Keep');
          await page
            .locator('.keep-state')
            .filter({ hasText: /[0-9a-f]{16}/ })
            .waitFor();
          const hash = await runHash(page);
          expect(hash).toMatch(/^[0-9a-f]{16}$/);

          const run = await downloaded(page, 'Save the run');
          const script = await readFile(run.path, 'utf8');
          expect(script).toContain('fault: scheduler-stop');
          expect(script).toContain(hash);

          // Any step is a picture.
          await page.getByRole('slider', { name: 'Step' }).fill('20');
          await shown(page);
          const caption = (await page.locator('.sim-caption').textContent())!.replace(/^\d+/, '');
          const svg = await readFile((await downloaded(page, 'SVG')).path, 'utf8');
          expect(svg).toMatch(/^<svg /);
          expect(svg).toContain(caption.slice(0, 40));
          const png = await readFile((await downloaded(page, 'PNG')).path);
          expect(png.subarray(1, 4).toString()).toBe('PNG');
          expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1920, 1080]);

          // Two marked steps make a storyboard in both languages.
          await page.getByRole('button', { name: 'Mark for the storyboard' }).click();
          await page.getByRole('slider', { name: 'Step' }).fill('40');
          await shown(page);
          await page.getByRole('button', { name: 'Mark for the storyboard' }).click();
          await page.getByRole('button', { name: /Which steps/ }).click();
          await page.getByRole('option', { name: '2 marked steps' }).click();
          await page.getByRole('button', { name: /Language of the captions/ }).click();
          await page.getByRole('option', { name: 'English and 中文' }).click();
          const board = await downloaded(page, 'Save as a page');
          const html = await readFile(board.path, 'utf8');
          expect(html.match(/<figure /g)).toHaveLength(2);
          expect(html.match(/<p lang="zh-CN">/g)).toHaveLength(2);
          expect(html).toContain(caption.slice(0, 40));
          expect(html).not.toMatch(/<(?:script|link|img|iframe)|url\(/);

          await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
          await page.getByRole('button', { name: 'Copy a link to this step' }).click();
          await page.getByText('The link carries the whole run').waitFor();
          const link = await page.evaluate(() => navigator.clipboard.readText());
          const now = await page.locator('.sim-caption').textContent();

          // Somebody else opens the file.
          await site.visit(async (other) => {
            await rehearseByKeys(other.page, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n');
            await ledger(other.page, 'Keep');
            const [chooser] = await Promise.all([
              other.page.waitForEvent('filechooser'),
              other.page.getByRole('button', { name: 'Open a run…' }).click(),
            ]);
            await chooser.setFiles({
              name: 'shop.run.yaml',
              mimeType: 'application/yaml',
              buffer: Buffer.from(script),
            });
            await other.page.getByText('The same hash as when it was kept.').waitFor();
            expect(await runHash(other.page)).toBe(hash);
          });
          // And the link, in a browser that has never seen the page.
          await site.visit(async (other) => {
            other.page.setDefaultTimeout(PATIENCE_MS);
            await other.page.goto(link);
            await other.page.reload();
            await settled(other.page);
            await other.page.getByText(now!.replace(/^\d+/, '')).first().waitFor();
            await shown(other.page);
            expect(await other.page.locator('.sim-caption').textContent()).toBe(now);
          });
        },
        { acceptDownloads: true },
      ),
    PATIENCE_MS * 3,
  );
});

/** A design in which something is wrong. */
const TROUBLED = `apiVersion: v1
kind: Pod
metadata: {name: big, labels: {app: big}}
spec: {containers: [{name: a, image: "nginx:1", resources: {requests: {cpu: "100"}}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: small, labels: {app: small}}
spec: {containers: [{name: a, image: "nginx:1", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: small}
spec: {selector: {app: smal}, ports: [{port: 80}]}
`;

describe('why', () => {
  it(
    'says in a sentence what is wrong, goes to the step that proves it, and says when it is mended',
    () =>
      site.visit(async ({ page }) => {
        await rehearseByKeys(page, TROUBLED);
        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        expect(await why(page, 'Pod/default/big')).toContain('3 Insufficient cpu');
        expect(await why(page, 'Service/default/small')).toContain('it selects app=smal, and Pod small has app=small');
        await page.locator('.why-trouble').filter({ hasText: 'Pod/default/big' }).locator('.why-proof').click();
        await shown(page);
        expect(await page.locator('.sim-envelope-head').textContent()).toContain('SCHEDULE');

        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        await ledger(page, 'kubectl');
        const prompt = page.getByRole('textbox', { name: 'kubectl command' });
        await prompt.fill(`patch service small -p '{"spec":{"selector":{"app":"small"}}}'`);
        await prompt.press('Enter');
        await page.getByText('service/small patched').waitFor();
        await settled(page);
        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        // The last step is where all is settled: the rules are written, and a request has its way and its answer.
        expect(await page.getByRole('button', { name: 'All settled' }).isDisabled()).toBe(true);
        expect(await why(page, 'Service/default/small')).toContain('It is as it was meant to be.');
        await page.locator('.why-ways li').waitFor();
        expect(await page.locator('.why-ways li').allTextContents()).toEqual([
          expect.stringMatching(/^110\.244\.\d+\.\d+:80answered by a: 200Hops$/),
        ]);
      }),
    PATIENCE_MS * 2,
  );

  it(
    'axe finds nothing in it, nor in the rest, light or dark, in Chinese',
    () =>
      site.visit(
        async ({ page }) => {
          await rehearseByKeys(page, TROUBLED);
          await page.keyboard.press('End');
          await shown(page);
          const look = async (...within: readonly string[]): Promise<void> => {
            expect(await axeFaultsOfBothThemes(page, ...within)).toEqual([]);
          };
          await why(page, 'Pod/default/big');
          await look();
          await why(page, 'Service/default/small');
          await look('[role=tabpanel]');
          await ledger(page, '保存');
          await look('[role=tabpanel]');
          await page.keyboard.press('Home');
          await shown(page);
          await page.getByRole('tab', { name: '变更', exact: true }).click();
          await page.locator('.sim-box-scheduler').click();
          await page.getByRole('menuitem').first().waitFor();
          await look();
          await page.getByRole('menuitem').first().click();
          await page.getByRole('button', { name: '比较、命名、删除' }).click();
          await page.getByRole('menuitem').first().click();
          await page.locator('.compare-figures').waitFor();
          await look();
        },
        { locale: 'zh-CN' },
      ),
    PATIENCE_MS * 2,
  );
});
