import { expect, it } from 'vitest';
import { animatedSvg } from './animated-svg.ts';

const pictures = ['<svg id="a"/>', '<svg id="b"/>', '<svg id="c"/>', '<svg id="d"/>', '<svg id="e"/>'];

it('shows steps in turn, each for as long, and side by side where less motion is wanted', () => {
  const svg = animatedSvg(pictures, 'Run');
  expect(svg.match(/<g class="s s\d">/g)).toHaveLength(5);
  expect(svg).toContain('animation:turn 15s step-end infinite');
  expect(svg).toContain('20.000%{visibility:hidden}');
  expect([...svg.matchAll(/animation-delay:(\d+)s/g)].map(([, at]) => Number(at))).toEqual([0, 3, 6, 9, 12]);
  const still = /@media \(prefers-reduced-motion:reduce\)\{(.*)\}<\/style>/.exec(svg)?.[1] ?? '';
  expect(still).toContain('.s{visibility:visible;animation:none}');
  // Three columns: the fourth begins the second row.
  expect(still).toContain('.s3{transform:translate(0px,180px) scale(0.3333)}');
  expect(still).toContain('.s4{transform:translate(320px,180px) scale(0.3333)}');
});

it('does not move with one step', () => {
  expect(animatedSvg(pictures.slice(0, 1), 'Run')).not.toContain('animation');
});
