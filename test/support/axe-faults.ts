import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds wrong in the page, or in what the selectors name: the rule and the element that breaks it. */
export async function axeFaults(page: Page, ...within: readonly string[]): Promise<readonly string[]> {
  // The page has no frames, and nobody reads what is right: without both axe takes a quarter of its time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  for (const selector of within) axe.include(selector);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
