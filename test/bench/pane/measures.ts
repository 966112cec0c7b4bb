import type { CDPSession, Page } from 'playwright-core';
import { shown } from '../../support/rehearsal.ts';

/** How long frames took while something went on, in milliseconds. */
export interface FrameTimes {
  readonly p50: number;
  readonly p95: number;
}

/** Frames of so long a time, in milliseconds, one after another; what goes on in the page goes on by itself. */
export async function framesDuring(page: Page, forMs: number): Promise<FrameTimes> {
  const times = await page.evaluate(
    (wanted) =>
      new Promise<readonly number[]>((resolve) => {
        const took: number[] = [];
        const beganMs = performance.now();
        let before = beganMs;
        const frame = (): void => {
          const now = performance.now();
          took.push(now - before);
          before = now;
          if (now - beganMs < wanted) requestAnimationFrame(frame);
          else resolve(took.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    forMs,
  );
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** The page as on a machine that is so many times slower; 1: as it is. */
export async function slowDown(session: CDPSession, times: number): Promise<void> {
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
}

/**
 * From a press in the page until the picture is that of the step, in milliseconds: the key, or the slider of steps set to
 * a place. Measured in the page, without the line to the browser.
 */
export async function untilShown(
  page: Page,
  what: { readonly key: string } | { readonly step: number },
): Promise<number> {
  await shown(page);
  return page.evaluate(
    (asked) =>
      new Promise<number>((resolve) => {
        const stage = document.querySelector('.sim-stage')!;
        const beganMs = performance.now();
        const seen = new MutationObserver(() => {
          if (stage.getAttribute('aria-busy') !== 'false') return;
          seen.disconnect();
          resolve(performance.now() - beganMs);
        });
        seen.observe(stage, { attributes: true, attributeFilter: ['aria-busy'] });
        if ('key' in asked) {
          document.body.dispatchEvent(
            new KeyboardEvent('keydown', { key: asked.key, bubbles: true, cancelable: true }),
          );
          return;
        }
        const slider = document.querySelector<HTMLInputElement>('.sim-scrub')!;
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
        set.call(slider, String(asked.step));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    what,
  );
}

export interface AtRest {
  /** Animation frames that the page asked for. */
  readonly frames: number;
  /** Work of the page's thread, in milliseconds. */
  readonly cpuMs: number;
}

/** What a page does that has nothing to do, in so many milliseconds. */
export async function atRestDuring(page: Page, session: CDPSession, forMs: number): Promise<AtRest> {
  await session.send('Performance.enable');
  const taskMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  await page.evaluate(() => {
    const real = window.requestAnimationFrame;
    Object.assign(window, { asked: 0 });
    window.requestAnimationFrame = (callback) => {
      (window as unknown as { asked: number }).asked++;
      return real(callback);
    };
  });
  const before = await taskMs();
  await page.waitForTimeout(forMs);
  const cpuMs = (await taskMs()) - before;
  const frames = await page.evaluate(() => (window as unknown as { asked: number }).asked);
  return { frames, cpuMs };
}
