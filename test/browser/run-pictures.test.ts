import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, card } from '../support/page-under-test.ts';
import { rehearse, shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

async function look(page: Page, picture: 'Control plane' | 'Application' | 'Cluster'): Promise<void> {
  await page.getByRole('radiogroup', { name: 'View of the run' }).getByText(picture, { exact: true }).click();
  await shown(page);
}

async function goTo(page: Page, button: 'First step' | 'Last step' | 'All settled'): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await shown(page);
}

/** The Deployment's card with what hangs under it. */
const web = (page: Page) => page.locator('.react-flow__node').filter({ has: page.locator('.category-workload') });

describe('the pictures of a run', { timeout: 120_000 }, () => {
  it('show on the cards what is wanted, there and ready, and the endpoints of a Service, forwards and back', () =>
    rehearse(site, async (page) => {
      await look(page, 'Application');
      await page.getByText('Deployment · not there yet').waitFor();
      await goTo(page, 'All settled');
      await page.getByText('3/3 ready · 3 there').waitFor();
      await page.getByText('Service · 3 ready').waitFor();
      for (const cell of await web(page).locator('.pod-ready').all()) {
        expect(await cell.textContent()).toBe('✓');
        expect(await cell.getAttribute('aria-label')).toMatch(/^default\/web-\S+: ready$/);
      }
      expect(await web(page).locator('.pod-ready').count()).toBe(3);
      expect(await page.locator('.endpoint-ready').count()).toBe(3);
      // On the way back: Pods are created, wait, and are not there.
      const seen = new Set<string>();
      await page.getByRole('slider', { name: 'Step' }).fill('58');
      await page.locator('.sim-clock').click();
      for (let at = 0; at < 28; at++) {
        await page.keyboard.press('PageUp');
        await shown(page);
        const cells = web(page).locator('.pod-cell');
        for (const look of await cells.evaluateAll((all) => all.map((cell) => cell.className))) seen.add(look);
      }
      expect([...seen].sort()).toEqual(['pod-cell pod-creating', 'pod-cell pod-pending']);
      await page.getByText('0/3 ready · 0 there').waitFor();
    }));

  it('show Pods on their Nodes at the same moment', () =>
    rehearse(site, async (page) => {
      await look(page, 'Cluster');
      await page.getByText('every Pod has a Node').waitFor();
      await goTo(page, 'All settled');
      await look(page, 'Cluster');
      const nodes = page.locator('.sim-node-card');
      expect(await nodes.count()).toBe(4);
      expect(await page.locator('.sim-node-card .pod-ready').count()).toBe(3);
      const count = await page.locator('.sim-count').textContent();
      await page.getByRole('button', { name: 'w1', exact: true }).click();
      await shown(page);
      expect(await page.locator('.sim-count').textContent()).toBe(count);
    }));

  it('apply an edit at the step that is shown; what the server refuses is marked on the card and at the field', () =>
    rehearse(site, async (page) => {
      await goTo(page, 'Last step');
      await look(page, 'Application');
      await card(page, 'Deployment', 'web').click();
      const replicas = page.getByRole('textbox', { name: /replicas/ }).first();
      await replicas.fill('5');
      await replicas.press('Enter');
      // It is shown where the server has taken it; nothing moves on by itself.
      await page.getByText('The API server answers kubectl: 200.').waitFor({ timeout: 30_000 });
      await page.getByText(/^3\/[35] ready · 3 there$/).waitFor();
      await goTo(page, 'All settled');
      await page.getByText('5/5 ready · 5 there').waitFor({ timeout: 30_000 });
      expect(await page.getByRole('button', { name: /Branch/ }).count()).toBe(0);
      await replicas.fill('-1');
      await replicas.press('Enter');
      await page.locator('.card-refusal').waitFor({ timeout: 30_000 });
      expect(await page.locator('.card-refusal').textContent()).toContain('not applied');
      expect(await page.locator('.sim-side').textContent()).toContain(
        'Said by the cluster that runs: it still has the object as it was before this change.',
      );
      await page.getByText('5/5 ready · 5 there').waitFor();
      await replicas.fill('2');
      await replicas.press('Enter');
      await page.locator('.card-refusal').waitFor({ state: 'detached', timeout: 30_000 });
      // What somebody else has set meanwhile is a conflict, said on the card and at the field.
      await goTo(page, 'All settled');
      await page.getByRole('tab', { name: 'kubectl' }).click();
      const prompt = page.getByRole('textbox', { name: 'kubectl command' });
      await prompt.fill('scale deployment web --replicas=4');
      await prompt.press('Enter');
      await page.getByText('deployment.apps/web scaled').waitFor({ timeout: 30_000 });
      await goTo(page, 'All settled');
      await page.getByText('4/4 ready · 4 there').waitFor({ timeout: 30_000 });
      await replicas.fill('3');
      await replicas.press('Enter');
      await page.locator('.card-refusal').waitFor({ timeout: 30_000 });
      const field = page.locator('.sim-side').getByText('conflict with "kubectl" with subresource "scale"').first();
      await field.waitFor();
      await page.getByText('4/4 ready · 4 there').waitFor();
      // A button takes the field over, as --force-conflicts does.
      await page.getByText('Somebody else has set spec.replicas, which this object sets too.').waitFor();
      expect(await axeFaults(page, '.sim-side')).toEqual([]);
      await page.getByRole('button', { name: 'Take over' }).click();
      await page.locator('.card-refusal').waitFor({ state: 'detached', timeout: 30_000 });
      await goTo(page, 'All settled');
      await page.getByText('3/3 ready · 3 there').waitFor({ timeout: 30_000 });
    }));

  it('delete from the cluster what is deleted from the design', () =>
    rehearse(site, async (page) => {
      await goTo(page, 'Last step');
      await look(page, 'Application');
      await card(page, 'Service', 'web').click();
      await page.keyboard.press('Delete');
      await page.getByRole('tab', { name: 'kubectl' }).click();
      await page.getByText('service "web" deleted').waitFor({ timeout: 30_000 });
    }));
});
