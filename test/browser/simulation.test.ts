import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest } from '../support/page-under-test.ts';
import { rehearse as inRehearsal, shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

const rehearse = (steps: (page: Page) => Promise<void>, options = {}): Promise<void> =>
  inRehearsal(site, steps, options);

/** What the stage says of the cluster and of the step. */
async function stage(page: Page): Promise<string> {
  await shown(page);
  return page.evaluate(() =>
    ['.sim-caption', '.sim-world', '.sim-world .pod-cell']
      .flatMap((part) => [...document.querySelectorAll(part)])
      .map(({ textContent }) => textContent)
      .join('\n'),
  );
}

describe('the rehearsal', () => {
  it(
    'walks a Deployment from kubectl to ready Pods and back by keyboard, and is the same both ways',
    () =>
      rehearse(async (page) => {
        expect(await page.locator('.sim-caption').textContent()).toContain('kubectl apply');
        const there = [await stage(page)];
        for (;;) {
          const [now, all] = (await page.locator('.sim-count').textContent())!.split(' of ').map(Number);
          if (now === all) break;
          await page.keyboard.press('PageDown');
          there.push(await stage(page));
        }
        expect(there.length).toBeGreaterThan(60);
        expect(there.join('\n')).toContain('The scheduler chooses Node');
        expect(await page.locator('.sim-world .pod-ready').count()).toBe(3);
        for (let at = there.length - 2; at >= 0; at--) {
          await page.keyboard.press('ArrowLeft');
          expect(await stage(page), `step ${at + 1}`).toBe(there[at]);
        }
      }),
    120_000,
  );

  it('shows what a message carries, what led to it, and goes there', () =>
    rehearse(async (page) => {
      await page.getByRole('tab', { name: /^Trace/ }).click();
      await page.getByRole('searchbox', { name: 'Search steps' }).fill('POST Pod');
      await page
        .getByRole('button', { name: /Replicaset controller asks/ })
        .first()
        .click();
      await page.getByText('Because of').waitFor();
      const head = page.locator('.sim-envelope-head');
      expect(await head.textContent()).toContain('/api/v1/namespaces/default/pods');
      expect(await head.textContent()).toContain('201');
      await page.getByRole('tab', { name: 'Body' }).click();
      await page.locator('.sim-body').first().waitFor();
      expect(await page.locator('.sim-body').first().textContent()).toContain('generateName: web-');
      await page.locator('.sim-clock').click();
      await page.keyboard.press('[');
      await shown(page);
      expect(await page.locator('.sim-caption').textContent()).toContain('ReplicaSet');
    }));

  it('gives kubectl a cluster to talk to, and begins a branch where that is in the past', () =>
    rehearse(async (page) => {
      await page.getByRole('tab', { name: 'kubectl' }).click();
      const prompt = page.getByRole('textbox', { name: 'kubectl command' });
      await page.getByRole('button', { name: 'Last step' }).click();
      await prompt.fill('kubectl get deployments');
      await prompt.press('Enter');
      await page.getByText('3/3').waitFor();
      await page.getByRole('button', { name: 'First step' }).click();
      await shown(page);
      await prompt.fill('get nodes');
      await prompt.press('Enter');
      await page.getByRole('button', { name: /Branch/ }).waitFor();
      await page.getByText('$ kubectl get nodes').waitFor();
    }));

  it('opens what kubectl edits in an editor, and goes on when it is saved', { timeout: 120_000 }, () =>
    rehearse(async (page) => {
      await page.getByRole('tab', { name: 'kubectl' }).click();
      const prompt = page.getByRole('textbox', { name: 'kubectl command' });
      await page.getByRole('button', { name: 'Last step' }).click();
      await prompt.fill('edit deployment web');
      await prompt.press('Enter');
      const editor = page.getByRole('textbox', { name: 'Text to edit' });
      await editor.waitFor();
      const text = await editor.inputValue();
      expect(text).toContain("# Please edit the object below. Lines beginning with a '#' will be ignored,");
      await editor.fill(text.replace('replicas: 3', 'replicas: 5'));
      await page.getByRole('button', { name: 'Save and close' }).click();
      await page.getByText('deployment.apps/web edited').waitFor();
      expect(await editor.count()).toBe(0);
      await page.getByRole('button', { name: 'Last step' }).click();
      await prompt.fill('get deployments');
      await prompt.press('Enter');
      await page.getByText('5/5').waitFor({ timeout: 30_000 });
      await prompt.fill('get pods -w');
      await prompt.press('Enter');
      await page.getByRole('button', { name: 'Stop (Ctrl+C)' }).click();
      await page.getByRole('button', { name: 'Stop (Ctrl+C)' }).waitFor({ state: 'detached' });
    }),
  );

  it(
    'a Node that loses power is marked as such, and its Pods go elsewhere in time',
    () =>
      rehearse(async (page) => {
        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        const node = page
          .locator('.sim-box-node')
          .filter({ has: page.locator('.pod-ready') })
          .first();
        const name = (await node.locator('b').textContent())!;
        await node.click();
        await page.getByRole('menuitem', { name: 'The machine loses power', exact: true }).click();
        const lost = page.locator('.sim-box-node').filter({ hasText: name }).filter({ hasText: 'Ready: Unknown' });
        for (let tries = 0; tries < 40 && (await lost.count()) === 0; tries++) {
          await page.getByRole('button', { name: 'Last step' }).click();
          await page.waitForTimeout(500);
        }
        await page
          .getByText(/settled|still moving/)
          .first()
          .waitFor({ timeout: 60_000 });
        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        expect(await page.locator('.sim-world .pod-ready').count()).toBeGreaterThanOrEqual(3);
      }),
    120_000,
  );

  it('nothing is scheduled while it pauses', () =>
    rehearse(async (page) => {
      const timers = await page.evaluate(async () => {
        let asked = 0;
        const real = window.requestAnimationFrame;
        window.requestAnimationFrame = (callback) => {
          asked++;
          return real(callback);
        };
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return asked;
      });
      expect(timers).toBe(0);
    }));

  it('has nothing that axe finds, light or dark, in Chinese', () =>
    rehearse(
      async (page) => {
        expect(await axeFaultsOfBothThemes(page)).toEqual([]);
        for (const tab of [/时间线/, /轨迹/, /工作负载/, /kubectl/]) {
          await page.getByRole('tab', { name: tab }).click();
          expect(await axeFaultsOfBothThemes(page, '[role=tabpanel]')).toEqual([]);
        }
      },
      { locale: 'zh-CN' },
    ));
});
