import { beforeAll, describe, expect, it } from 'vitest';
import { PageUnderTest } from '../support/page-under-test.ts';
import { rehearse, shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

describe('milestones of a run', () => {
  it('are gone to one after the other, forwards and back, and end where all is settled', () =>
    rehearse(site, async (page) => {
      const told: string[] = [];
      const reached = page.locator('.sim-reached');
      for (let at = 0; at < 5; at++) {
        await page.keyboard.press('n');
        await shown(page);
        told.push((await reached.allTextContents()).join('|'));
      }
      const pods = told.filter((words) => /Pod web-\S+ is ready/.test(words));
      expect(pods).toHaveLength(3);
      expect(told.some((words) => words.includes('The rollout of Deployment web is complete'))).toBe(true);
      await page.keyboard.press('Shift+N');
      await shown(page);
      expect((await reached.allTextContents()).join('|')).toBe(told[3]);
      await page.getByRole('button', { name: 'First step' }).click();
      await page.getByRole('button', { name: 'All settled' }).click();
      await shown(page);
      expect((await reached.allTextContents()).join('|')).toContain('All is settled');
      expect(await page.locator('.sim-world .pod-ready').count()).toBe(3);
    }));
});
