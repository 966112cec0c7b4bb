import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { dropFiles, PageUnderTest } from '../support/page-under-test.ts';

/** A Deployment that an API server refuses for four reasons, a Service that selects nothing, an object without a fault. */
const FAULTY = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: -1
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: wrong}
    spec:
      containers:
        - name: Web_1
          image: nginx:1.27
        - image: busybox:1.36
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: nothing}
  ports: [{port: 80}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: fine, namespace: shop}
data: {a: "1"}
`;

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

/** A page with the faulty manifests on it, judged; ends with no complaint. */
async function withFaulty(steps: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
  await site.visit(async ({ page }) => {
    page.setDefaultTimeout(8000);
    await page.getByRole('button', { name: /^(Export|导出)$/ }).waitFor();
    await dropFiles(page, { 'faulty.yaml': FAULTY });
    await rows(page).filter({ hasText: 'spec.replicas' }).waitFor();
    await steps(page);
  }, options);
}

const rows = (page: Page): Locator => page.locator('.problem-row');
const rowOf = (page: Page, field: string): Locator =>
  rows(page).filter({
    has: page.locator('.problem-field', { hasText: new RegExp(`^${field.replaceAll(/[.[\]]/g, '\\$&')}$`) }),
  });

describe('the list of problems', () => {
  it('is grouped by object, worst first, and says how many of each', () =>
    withFaulty(async (page) => {
      const groups = page.locator('.problem-group');
      expect(await groups.first().innerText()).toContain('Deployment · shop');
      expect(await groups.first().innerText()).toContain('faulty.yaml:1');
      const before = await rows(page).count();
      await groups.first().click();
      expect(await groups.first().getAttribute('aria-expanded')).toBe('false');
      expect(await rows(page).count()).toBeLessThan(before);
    }));

  it('is narrowed by chips and by typing, and says how much is shown', () =>
    withFaulty(async (page) => {
      await page.getByRole('button', { name: /^API server \d+$/ }).click();
      await page.getByText(/^\d+ of \d+ problems$/).waitFor();
      expect(new Set(await page.locator('.problem-tag').allInnerTexts())).toEqual(new Set(['API server']));
      await page.getByRole('button', { name: /^API server \d+$/ }).click();
      await page.getByRole('searchbox', { name: 'Filter problems' }).fill('selector app=nothing');
      await page.getByText(/^1 of \d+ problems$/).waitFor();
      expect(await rows(page).count()).toBe(1);
      await page.getByRole('searchbox', { name: 'Filter problems' }).fill('no such words');
      await page.getByRole('button', { name: 'Show all' }).click();
      await rows(page).nth(4).waitFor();
    }));

  it('is walked with the keyboard: arrows, Enter goes to the field', () =>
    withFaulty(async (page) => {
      await page.locator('.problem-group').first().focus();
      await page.keyboard.press('ArrowDown');
      expect(await page.locator(':focus').getAttribute('aria-level')).toBe('2');
      await page.keyboard.press('ArrowLeft');
      expect(await page.locator(':focus').getAttribute('aria-level')).toBe('1');
      await page.keyboard.press('ArrowLeft');
      expect(await page.locator(':focus').getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('ArrowRight');
      await rowOf(page, 'spec.replicas').focus();
      await page.keyboard.press('Enter');
      await expectFocused(page, 'replicas');
    }));
});

/** The field of the form that has the focus. */
async function expectFocused(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.activeElement?.closest('.field')?.textContent?.includes(wanted),
    name,
  );
}

describe('going to a problem', () => {
  it('opens the groups on the way, focuses the field, and selects the card', () =>
    withFaulty(async (page) => {
      await rowOf(page, 'spec.template.spec.containers[0].name').click();
      await expectFocused(page, 'name');
      expect(await page.locator(':focus').inputValue()).toBe('Web_1');
      await page.locator('.card-selected', { hasText: 'Deployment' }).waitFor();
    }));

  it('gives a required field that is not set a row to fill, which takes the problem away', () =>
    withFaulty(async (page) => {
      const problem = rowOf(page, 'spec.template.spec.containers[1].name');
      await problem.click();
      await expectFocused(page, 'name');
      await page.keyboard.type('side');
      await page.keyboard.press('Enter');
      await problem.waitFor({ state: 'detached' });
    }));

  it('puts the cursor on the value while the text is open, and leads back from there', () =>
    withFaulty(async (page) => {
      await rowOf(page, 'spec.replicas').click();
      await page.getByRole('tab', { name: 'YAML' }).click();
      const mark = page.locator('.code-editor .cm-lintRange-error', { hasText: '-1' });
      await mark.waitFor();
      await rowOf(page, 'spec.template.spec.containers[0].name').click();
      await page.locator('.code-editor .cm-activeLine', { hasText: 'Web_1' }).waitFor();
      await page.locator('.code-editor .cm-content').press('Control+End');
      await page.locator('.code-editor .cm-lintRange-error', { hasText: 'Web_1' }).hover();
      await page.getByRole('button', { name: 'Show in the list of problems' }).first().click();
      await page.waitForFunction(() => document.activeElement?.textContent?.includes('Web_1'));
      expect(await page.locator(':focus').getAttribute('role')).toBe('treeitem');
    }));

  it('leads from the field in the form back to the list', () =>
    withFaulty(async (page) => {
      await rowOf(page, 'spec.replicas').click();
      await page.locator('.field-problems .problem-line').first().click();
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'treeitem');
      expect(await page.locator(':focus').innerText()).toContain('spec.replicas');
    }));

  it('marks the card with the worst and a number', () =>
    withFaulty(async (page) => {
      const card = page.getByRole('group', { name: /^Deployment, web,.*errors/ });
      expect(await card.locator('.card-mark.tone-bad').innerText()).toMatch(/^\d+$/);
    }));
});

describe('a fix', () => {
  it('shows its lines first, is one step, and undo takes it back', () =>
    withFaulty(async (page) => {
      const problem = rowOf(page, 'spec.template.metadata.labels');
      await problem.getByRole('button', { name: 'Fix…' }).waitFor();
      await problem.focus();
      await page.keyboard.press('f');
      const dialog = page.getByRole('dialog');
      await dialog.locator('.diff-added', { hasText: 'labels: {app: web}' }).waitFor();
      await dialog.locator('.diff-removed', { hasText: 'labels: {app: wrong}' }).waitFor();
      await dialog.getByRole('button', { name: 'Fix', exact: true }).click();
      await problem.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo: fix web' }).click();
      await problem.waitFor();
    }));

  it('is made for all problems of a kind at once', () =>
    withFaulty(async (page) => {
      const writable = rows(page).filter({ hasText: 'may write to its root file system' });
      expect(await writable.count()).toBe(2);
      await writable.first().getByRole('button', { name: 'Fix…' }).click();
      await page.getByText('All 2 problems of this kind').click();
      await page.getByRole('button', { name: 'Fix 2' }).click();
      await writable.first().waitFor({ state: 'detached' });
      expect(await writable.count()).toBe(0);
      await page.getByRole('button', { name: 'Undo: fix 2 problems' }).click();
      await writable.nth(1).waitFor();
    }));

  it('is not the only way: a question of good practice is ignored for one object, or never asked again', () =>
    withFaulty(async (page) => {
      const writable = rows(page).filter({ hasText: 'may write to its root file system' });
      const choose = async (name: string): Promise<void> => {
        await writable.first().hover();
        await writable.first().getByRole('button', { name: 'More for this problem' }).click();
        await page.getByRole('menuitem', { name }).click();
        await writable.first().waitFor({ state: 'detached' });
      };
      await choose('Ignore for this object');
      await page.getByRole('button', { name: /^Undo:/ }).click();
      await writable.first().waitFor();
      await choose("Don't show this again");
      await page.getByRole('button', { name: 'Good practice…' }).click();
      await page.getByRole('button', { name: 'Back to the defaults' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await writable.first().waitFor();
    }));
});

describe('the release that a design is meant for', () => {
  it('decides what is an old API, and is remembered', () =>
    withFaulty(async (page) => {
      await dropFiles(page, {
        'old.yaml':
          'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: old, namespace: shop}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n',
      });
      const old = rows(page).filter({ hasText: 'policy/v1beta1' }).first();
      await old.filter({ hasText: 'Error' }).waitFor();
      await page.getByRole('button', { name: /Kubernetes 1\.36/ }).click();
      await page.getByRole('option', { name: 'Kubernetes 1.24' }).click();
      await old.filter({ hasText: 'Warning' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: /^Export$/ }).waitFor();
      await dropFiles(page, { 'faulty.yaml': FAULTY });
      await page.getByRole('button', { name: /Kubernetes 1\.24/ }).waitFor();
    }));
});

describe('in Chinese', () => {
  it('the sentence is translated, and the server’s own words stand beside it', () =>
    withFaulty(
      async (page) => {
        const text = await rowOf(page, 'spec.replicas').innerText();
        expect(text).toContain('值无效：-1：必须大于或等于 0');
        expect(text).toContain('Invalid value: -1: must be greater than or equal to 0');
      },
      { locale: 'zh-CN' },
    ));
});

describe('what axe finds', () => {
  it('is nothing, light or dark, in Chinese', () =>
    withFaulty(
      async (page) => {
        const look = async (...within: readonly string[]): Promise<void> => {
          expect(await axeFaultsOfBothThemes(page, ...within)).toEqual([]);
        };
        await page.locator('.problem-fix').first().waitFor();
        await look();
        await rowOf(page, 'spec.replicas').click();
        await page.waitForTimeout(2200);
        await look('.inspector');
        await page.locator('.problem-fix').first().click();
        await page.getByRole('dialog').locator('.diff').first().waitFor();
        await look('[role=dialog]');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: '良好实践设置…' }).click();
        await page.getByRole('dialog').locator('.lint').first().waitFor();
        await look('[role=dialog]');
      },
      { locale: 'zh-CN' },
    ));
});
