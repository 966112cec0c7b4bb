import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, typeInDialog } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

describe('a first visit', () => {
  it('opens on an example with three things to try, ticks them off, and is not repeated once it is closed', async () => {
    const { page, close, complaints } = await site.open({ firstVisit: true });
    const welcome = page.getByRole('region', { name: 'A small shop to begin with' });
    await welcome.waitFor();
    await page.getByRole('group', { name: /^Deployment, web,/ }).waitFor();
    expect(await welcome.getByRole('listitem').count()).toBe(3);
    expect(await axeFaults(page)).toEqual([]);
    await welcome.getByRole('button', { name: 'Show me' }).first().click();
    const replicas = page.getByRole('textbox', { name: /replicas/ }).first();
    await replicas.fill('4');
    await replicas.press('Enter');
    await welcome.getByText('(done)').waitFor({ state: 'attached' });
    await page.locator('.save-saved').waitFor();
    await welcome.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await page.getByRole('group', { name: /^Deployment, web,/ }).waitFor();
    expect(await welcome.count()).toBe(0);
    expect(complaints).toEqual({ errors: [], foreign: [] });
    await close();
  }, 90_000);

  it('finds anything by Ctrl+K, and does it', async () => {
    const { page, close } = await site.open({ firstVisit: true });
    await page.getByRole('group', { name: /^Deployment, web,/ }).waitFor();
    await page.keyboard.press('Control+k');
    await typeInDialog(page, 'mysql-root');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'mysql-root' }).waitFor();
    await page.keyboard.press('Control+k');
    await typeInDialog(page, 'theme');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
    await close();
  }, 60_000);
});
