import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { largeCluster } from '../bench/pane/large-cluster.ts';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest } from '../support/page-under-test.ts';
import { WEB, rehearse, shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

const node = (name: string, labels: string) => `apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {${labels}}}
status: {capacity: {cpu: "4", memory: 8Gi, pods: "110"}}
---
`;
const CONTROL_PLANE = ['cp-a', 'cp-b', 'cp-c'].map((name) => node(name, '"node-role.kubernetes.io/control-plane": ""'));

/** Goes to the last step, where all has settled. */
async function toTheEnd(page: Page): Promise<void> {
  await page.keyboard.press('End');
  await shown(page);
}

/** Pixels of the first canvas under a selector that are not empty. */
const inked = (page: Page, selector: string): Promise<number> =>
  page.evaluate((where) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`${where} canvas`)!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, at) => at % 4 === 3 && value > 0).length;
  }, selector);

it('shows three API servers and members of etcd, and a crown on each of the three leaders', () =>
  rehearse(
    site,
    async (page) => {
      await toTheEnd(page);
      const boxes = page.locator('.sim-box');
      for (const number of [0, 1, 2]) {
        expect(await boxes.filter({ hasText: new RegExp(`API server ${number}$`) }).count()).toBe(1);
        expect(await boxes.filter({ hasText: `etcd-${number}` }).count()).toBe(1);
      }
      // One member of etcd, one scheduler and one controller manager lead; the API servers have no leader.
      const leaders = await boxes.filter({ hasText: 'leader' }).allTextContents();
      expect(leaders).toHaveLength(3);
      expect(leaders.filter((text) => text.includes('API server'))).toEqual([]);
      expect(await axeFaults(page, '.sim-stage')).toEqual([]);
    },
    { manifests: CONTROL_PLANE.join('') + node('w1', '') + WEB },
  ));

it('shows more Nodes than there is room for as marks, each Node with what its Pods are, and opens one', () =>
  rehearse(
    site,
    async (page) => {
      await toTheEnd(page);
      await page.getByText('Cluster', { exact: true }).first().click();
      const nodes = page.locator('.sim-dot-node');
      await nodes.first().waitFor();
      expect(await nodes.count()).toBe(44);
      const counts = await nodes.locator('span:not(.visually-hidden)').allTextContents();
      expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBeGreaterThanOrEqual(60);
      expect(await page.locator('.sim-dots h2').count()).toBe(3);
      // A mark for each Pod, of seven pixels a side.
      expect(await inked(page, '.sim-dots')).toBeGreaterThan(60 * 20);
      expect(await axeFaults(page, '.sim-stage')).toEqual([]);
      await nodes.filter({ hasText: 'node-7' }).first().click();
      await page.getByText('kubelet', { exact: false }).first().waitFor();
    },
    { manifests: largeCluster(44, 60) },
  ));
