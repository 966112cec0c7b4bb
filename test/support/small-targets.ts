import type { Page } from 'playwright-core';

/** Least size of what a finger meets, in CSS pixels. */
const TARGET = 44;

/** Everything outside of the picture that can be pressed, is in sight and is smaller than a finger. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const all = document.querySelectorAll(
      'button, a[href], input, [role=tab], [role=menuitem], [role=radio], [role=switch]',
    );
    return [...all].flatMap((element) => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const isSeen = box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.clipPath === 'none';
      if (!isSeen || element.closest('.react-flow__viewport, .react-flow__minimap, .minimap, [aria-hidden=true]'))
        return [];
      // A field inside a label is pressed by the label.
      const target = (element.closest('label') ?? element).getBoundingClientRect();
      const isSmall = target.height < least - 0.5 || target.width < least - 0.5;
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return isSmall
        ? [`${element.tagName} ${element.className} ${name.slice(0, 30)} ${target.width}x${target.height}`]
        : [];
    });
  }, TARGET);
}
