import { beforeAll, describe, expect, it } from 'vitest';
import { preloadKinds } from '../../simulator/testing/built-in-kinds.ts';
import type { Frame } from './frame.ts';
import { frameOf } from './frame.ts';
import { changedFrame, frameChange } from './frame-change.ts';
import { after, deployment, service } from './testing/small-cluster.ts';

beforeAll(preloadKinds);

const WANTED = new Set(['Deployment/default/web', 'Service/default/web']);

/** Moments of a run, every so many steps, forwards and then back. */
function moments(): readonly Frame[] {
  const cluster = after(20, [deployment('web', 3), service('web', { app: 'web' })]);
  const last = cluster.steps;
  const steps = Array.from({ length: 120 }, (_, index) => last - 10 * index);
  return [...steps.toReversed(), ...steps].map((step) => {
    cluster.seekSteps(step);
    return frameOf(cluster, WANTED);
  });
}

describe('a moment told by what differs from the one before', () => {
  it('is that moment, forwards and back, and what has not changed is the same value', () => {
    let shown: Frame | undefined;
    let kept = 0;
    let told = 0;
    for (const frame of moments()) {
      const change = structuredClone(frameChange(shown, frame));
      const next = changedFrame(shown, change);
      expect(next).toEqual(frame);
      for (const [index, node] of next.nodes.entries()) if (shown?.nodes[index] === node) kept++;
      told += change.nodes?.filter((item) => typeof item !== 'number').length ?? 0;
      shown = next;
    }
    expect(kept).toBeGreaterThan(500);
    expect(told).toBeGreaterThan(10);
    expect(told).toBeLessThan(kept / 4);
  });

  it('is told whole to who has none, and in a few words where nothing is another', () => {
    const [frame] = moments();
    expect(changedFrame(undefined, frameChange(undefined, frame!))).toEqual(frame);
    expect(Object.keys(frameChange(frame, structuredClone(frame!))).toSorted()).toEqual(['revision', 'timeMs']);
  });
});
