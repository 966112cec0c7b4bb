import type { Page } from 'playwright-core';

/** How long frames took while something went on, in milliseconds. */
export interface FrameTimes {
  readonly p50: number;
  readonly p95: number;
}

export type Motion = 'pan' | 'zoom' | 'drag' | 'rest';

/** Frames of one motion. */
const FRAMES = 90;

/**
 * Plays a motion in the page, one step a frame, and measures the frames. The events are made in the page, so that the
 * pace is that of the page and not that of the line to the browser.
 */
export async function play(page: Page, motion: Motion): Promise<FrameTimes> {
  const times = await page.evaluate(
    async ([what, frames]) => {
      const pane = document.querySelector('.react-flow__pane');
      const bounds = pane?.getBoundingClientRect();
      if (!pane || !bounds) throw new Error('no picture');
      const at = { clientX: bounds.x + bounds.width / 2, clientY: bounds.y + bounds.height / 2, bubbles: true };
      const wheel = (more: WheelEventInit): void => {
        pane.dispatchEvent(new WheelEvent('wheel', { ...at, ...more, cancelable: true }));
      };
      const node = [...document.querySelectorAll('.react-flow__node.draggable')].find((candidate) => {
        const box = candidate.getBoundingClientRect();
        return (
          candidate.querySelector('.frame') === null &&
          box.x > bounds.x &&
          box.y > bounds.y + 80 &&
          box.right < bounds.right &&
          box.bottom < bounds.bottom
        );
      });
      const start = node?.getBoundingClientRect();
      const mouse = (type: string, step: number, target: EventTarget): void => {
        const place = { clientX: (start?.x ?? 0) + 20 + step * 2, clientY: (start?.y ?? 0) + 10 + step };
        target.dispatchEvent(
          new MouseEvent(type, { ...place, bubbles: true, cancelable: true, view: window, button: 0, buttons: 1 }),
        );
      };
      if (what === 'drag' && !node) throw new Error('no card to drag');
      if (what === 'drag' && node) mouse('mousedown', 0, node);
      const took: number[] = [];
      let before = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      for (let step = 0; step < frames; step++) {
        const half = step < frames / 2 ? 1 : -1;
        if (what === 'pan') wheel({ deltaX: 14 * half, deltaY: 9 * half });
        else if (what === 'zoom') wheel({ deltaY: 22 * half, ctrlKey: true });
        else if (what === 'drag') mouse('mousemove', half > 0 ? step : frames - step, window);
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        took.push(now - before);
        before = now;
      }
      if (what === 'drag') mouse('mouseup', 0, window);
      return took;
    },
    [motion, FRAMES] as const,
  );
  return quantiles(times);
}

/** Frames while a person types into whatever has the focus. */
export async function playTyping(page: Page, text: string): Promise<FrameTimes> {
  await page.evaluate(() => {
    const took: number[] = [];
    let before = performance.now();
    const step = (now: number): void => {
      took.push(now - before);
      before = now;
      if ((window as { typing?: boolean }).typing) requestAnimationFrame(step);
    };
    Object.assign(window, { typing: true, took });
    requestAnimationFrame(step);
  });
  await page.keyboard.type(text, { delay: 45 });
  const times = await page.evaluate(() => {
    const { took = [] } = window as { took?: number[] };
    Object.assign(window, { typing: false });
    return took.slice(1);
  });
  return quantiles(times);
}

function quantiles(times: readonly number[]): FrameTimes {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
