import type { Page } from 'playwright-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { generatedManifests } from '../bench/generated-manifests.ts';
import { PageUnderTest, dropFiles } from '../support/page-under-test.ts';

// A browser that shares its machine with others takes its time.
vi.setConfig({ testTimeout: 300_000 });

/** Objects that make a file of five megabytes. */
const OBJECTS = 4_900;
/** A derived picture of so much takes its time where others use the machine. */
const PATIENT = { timeout: 30_000 };
/** One undo after the other, each after the picture of the one before. */
const SLOWLY = { ...PATIENT, interval: 3_000 };

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

const text = (page: Page) => page.locator('.dock .cm-content');

it('edits a file of five megabytes as a whole: the picture follows, comments and undo as ever', () =>
  site.visit(async ({ page }) => {
    page.setDefaultTimeout(120_000);
    const file = generatedManifests(OBJECTS);
    expect(file.length).toBeGreaterThan(5_000_000);
    await dropFiles(page, { 'large.yaml': file });
    await page.getByText('Imported', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Text' }).click();
    await text(page).locator('.cm-line', { hasText: 'replicas: 3' }).first().click();
    await page.keyboard.press('End');
    const words = ' # as many as there are zones';
    await page.keyboard.type(words, { delay: 60 });
    const undo = page.getByRole('button', { name: 'Undo: text of large.yaml' });
    await undo.waitFor();

    // The cursor is where it was: what is typed next goes on, and the card shows it once it reads.
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('replicas: 7 # more');
    await expect.poll(() => text(page).innerText(), PATIENT).toContain('  replicas: 7 # more\n  selector:');
    expect(await text(page).innerText()).toContain('# app-0: owned by team-0\n');
    const form = page.getByRole('textbox', { name: /replicas/ }).first();
    await expect.poll(() => form.inputValue(), PATIENT).toBe('7');

    // What does not read is said with its line, and nothing else is lost.
    await page.keyboard.type('\n bad: [');
    await page
      .locator('.dock')
      .getByText(/^Line \d+:/)
      .waitFor();
    await page.locator('.dock').getByRole('button', { name: 'Take my text back' }).click();
    await expect.poll(() => text(page).innerText(), PATIENT).not.toContain('bad: [');
    // Where the machine is slow, what was typed in one go has become more than one change.
    await expect
      .poll(async () => {
        const shown = await text(page).innerText();
        if (!shown.includes(`  replicas: 3${words}\n`)) await undo.click();
        return shown;
      }, SLOWLY)
      .toContain(`  replicas: 3${words}\n`);
    await expect.poll(() => form.inputValue(), PATIENT).toBe('3');
  }));
