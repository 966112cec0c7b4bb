import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds wrong in the page, or in what the selectors name: the rule and the element that breaks it. */
export function axeFaults(page: Page, ...within: readonly string[]): Promise<readonly string[]> {
  return faults(page, within, {});
}

/** Rules of axe that look at colours. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
/** How long the page takes to change its colours, in milliseconds. */
const CHANGE_OF_COLOURS_MS = 300;

/** The same of a page in its light theme, and what depends on colour again in the dark one, where all else is the same. */
export async function axeFaultsOfBothThemes(page: Page, ...within: readonly string[]): Promise<readonly string[]> {
  const light = await faults(page, within, {});
  await showTheme(page, 'dark');
  const dark = await faults(page, within, { runOnly: OF_COLOUR });
  await showTheme(page, 'light');
  return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}

async function showTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForTimeout(CHANGE_OF_COLOURS_MS);
}

async function faults(
  page: Page,
  within: readonly string[],
  options: { readonly runOnly?: string[] },
): Promise<readonly string[]> {
  // The page has no frames, and nobody reads what is right: without both axe takes a quarter of its time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], ...options });
  for (const selector of within) axe.include(selector);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
