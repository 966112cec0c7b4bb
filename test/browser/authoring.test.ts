import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PageUnderTest } from '../support/page-under-test.ts';
import { rehearse } from '../support/rehearsal.ts';

let site: PageUnderTest;
let folder: string;
beforeAll(async () => {
  site = await PageUnderTest.start();
  folder = mkdtempSync(join(tmpdir(), 'drydock-'));
}, 900_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a button saves, by its path on this machine. */
async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent('download');
  await press();
  const file = await download;
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

it('makes a lesson from a run: steps are marked, a question is answered by the run, the file opens again and is played', () =>
  rehearse(site, async (page) => {
    await page.getByRole('tab', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'Make a lesson from this run' }).click();
    const pane = page.getByRole('complementary', { name: 'Lesson' });
    const mark = pane.getByRole('button', { name: 'Mark this step' });
    await page.keyboard.press('Home');
    await mark.click();
    await pane.getByText('Marked.').waitFor();
    await page.keyboard.press('End');
    await mark.click();
    await expect.poll(() => pane.locator('.author-steps > li').count()).toBe(2);
    await pane.getByRole('button', { name: 'Ask after it' }).click();
    await pane.getByRole('tab', { name: /^Questions/ }).click();
    // Nothing is asked yet, which is said where it is to be written.
    await pane.getByText('There is no text here yet.').first().waitFor();
    const [ask, explain] = [
      pane.getByRole('group', { name: 'Question' }),
      pane.getByRole('group', { name: 'Said with' }),
    ];
    await ask.getByLabel('English').fill('How many Pods are there?');
    await explain.getByLabel('English').fill('Three.');
    await explain.getByLabel('English').blur();
    await pane.getByText('Not said in Chinese').first().waitFor();
    await pane.getByText('The simulator says: 3').waitFor();
    await pane.getByText(/sentences in one language only/).waitFor();
    const file = await saved(page, () => pane.getByRole('button', { name: 'Save file' }).click());
    expect(readFileSync(file, 'utf8')).toContain('kind: Lesson');
    await pane.getByRole('button', { name: 'Put the lesson away' }).click();

    await page.getByRole('button', { name: 'Lessons' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open a lesson file…' }).click();
    await (await chooser).setFiles(file);
    await page
      .locator('.lesson-row', { hasText: 'Opened from a file' })
      .getByRole('button', { name: 'Lecture' })
      .click();
    await page.locator('.lesson-words').getByText('Step 1 of 2').waitFor({ timeout: 60_000 });
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await page.getByRole('region', { name: 'Question' }).getByText('How many Pods are there?').waitFor();
    await page.keyboard.press('PageDown');
    await page.getByText('The simulator says: 3').waitFor();

    await page.getByRole('button', { name: 'Hand out' }).click();
    const handout = await saved(page, () => page.getByRole('button', { name: 'Save the handout' }).click());
    const paper = readFileSync(handout, 'utf8');
    expect(paper.match(/<figure>/g)).toHaveLength(2);
    expect(paper).toContain('How many Pods are there?');
    expect(paper).not.toContain('Three.');
    const alone = await saved(page, () => page.getByRole('button', { name: 'Save the page' }).click());
    expect(readFileSync(alone, 'utf8')).toContain('id="drydock-lesson"');
  }));
