import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PageUnderTest } from '../support/page-under-test.ts';
import { PATIENCE_MS, rehearseByKeys, settled, why } from '../support/rehearsal-by-keys.ts';
import { shown } from '../support/rehearsal.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, PATIENCE_MS);

const caption = (page: Page): Promise<string> =>
  page
    .locator('.sim-caption')
    .textContent()
    .then((words) => words ?? '');

/** Goes on step by step until the caption says it; gives every caption on the way. */
async function stepsUntil(page: Page, words: RegExp, key = 'ArrowRight'): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let steps = 0; steps < 200; steps++) {
    await shown(page);
    const now = await caption(page);
    seen.push(now);
    if (words.test(now)) return seen;
    await page.keyboard.press(key);
  }
  throw new Error(`No step says ${words}:\n${seen.join('\n')}`);
}

describe('a request', () => {
  it(
    'is sent at the step that is shown: the page goes to it, shows its packets, and what came of it',
    () =>
      site.visit(async ({ page }) => {
        await rehearseByKeys(page);
        page.setDefaultTimeout(15_000);
        // In the past, as anything that is done there: it begins a branch.
        await page.getByRole('button', { name: 'Last step' }).click();
        for (let back = 0; back < 3; back++) await page.keyboard.press('ArrowLeft');
        await shown(page);
        await why(page, 'Service/default/web');
        await page.getByRole('button', { name: 'Send a request' }).click();
        await page.locator('.sim-caption').filter({ hasText: 'A request is sent' }).waitFor();
        await shown(page);
        await page.locator('.sim-branches').getByText('1: → web').first().waitFor();
        const requests = page.getByRole('list', { name: 'Requests that were sent' });
        await requests.filter({ hasText: 'on its way' }).waitFor();
        await page.locator('.sim-clock').click();
        const told = await stepsUntil(page, /now has the answer: 200/);
        expect(told.join('\n')).toContain('CoreDNS answers for web.default.svc.cluster.local: DNS NOERROR');
        expect(told.join('\n')).toMatch(/hands the packet to the container/);
        await requests.filter({ hasText: '200' }).waitFor();
        // At the end, without a branch.
        const branches = await page.locator('.sim-branches option').allTextContents();
        await settled(page);
        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        await page.getByRole('button', { name: 'Send a request' }).click();
        await page.locator('.sim-caption').filter({ hasText: 'A request is sent' }).waitFor();
        expect(await page.locator('.sim-branches option').allTextContents()).toEqual(branches);
      }),
    PATIENCE_MS,
  );
});

/** A Pod with a disk of a driver that attaches, mounts for the Node and mounts for the Pod. */
const WITH_DISK = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: disk}
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: disk, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  initContainers: [{name: prepare, image: "busybox:1"}]
  containers: [{name: db, image: "postgres:17", volumeMounts: [{name: data, mountPath: /data}]}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
`;

/** The box of the picture in which a message begins or ends. */
const lit = (page: Page): Promise<readonly string[]> =>
  page.locator('.sim-box.sim-lit').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('data-pick') ?? ''));

describe('what is inside', () => {
  it(
    'of the controller manager, of a Node, and of what its storage driver is called for',
    () =>
      site.visit(async ({ page }) => {
        await rehearseByKeys(page, WITH_DISK);
        page.setDefaultTimeout(15_000);
        await page.getByRole('button', { name: 'Look inside controller manager' }).click();
        await page.getByText('Inside controller manager').waitFor();
        expect(await page.locator('.sim-box-controller').count()).toBeGreaterThan(30);
        await page.locator('.sim-clock').click();
        const bound = await stepsUntil(page, /^\d*Persistentvolume-binder controller/);
        expect(bound.length).toBeGreaterThan(3);
        expect(await lit(page)).toContain('persistentvolume-binder-controller');
        await page.getByRole('button', { name: 'The whole control plane' }).click();

        // The Node on which the Pod comes to run.
        const chosen = (await stepsUntil(page, /The scheduler chooses Node/)).at(-1)!;
        const node = /chooses Node (\S+) for/.exec(chosen)![1]!;
        await page.getByRole('button', { name: `Look inside ${node}`, exact: true }).click();
        await page.getByText(`Inside ${node}`).waitFor();
        await page.locator('.sim-clock').click();
        for (const call of ['NodeStageVolume', 'NodePublishVolume']) {
          await stepsUntil(page, new RegExp(`${call}\\.$`));
          expect(await lit(page)).toEqual([`kubelet/${node}`, `csi/${node}`]);
        }
        const volume = page.getByRole('list', { name: 'Volumes' }).getByRole('listitem');
        await volume.filter({ hasText: /^pvc-.*mounted on the Node · default\/db$/ }).waitFor();
        await stepsUntil(page, /has the container of Pod db started/);
        expect(await lit(page)).toEqual([`kubelet/${node}`, `containerd/${node}`]);
        await page.getByRole('button', { name: 'Last step' }).click();
        await shown(page);
        const pod = page.getByRole('list', { name: 'Pods' }).getByRole('listitem').filter({ hasText: 'db' }).first();
        expect(await pod.textContent()).toMatch(/prepareinit.*ended · Completed · exit code 0.*dbrunning · ready/);
        expect(await pod.textContent()).not.toContain('pause');
        await page.getByText('Pause containers').click();
        await pod.filter({ hasText: 'pause (sandbox 0)' }).waitFor();
      }),
    PATIENCE_MS,
  );
});
