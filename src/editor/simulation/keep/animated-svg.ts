import { PICTURE, escaped } from './step-svg.ts';

/** How long a step stands, in seconds: time to read its caption, and far from a flash. */
const STANDS_S = 3;

/**
 * Pictures of steps as one that shows them in turn, again and again. Where somebody wants less motion, nothing moves: all
 * of them stand side by side.
 */
export function animatedSvg(pictures: readonly string[], title: string): string {
  const { width, height } = PICTURE;
  const columns = Math.max(1, Math.ceil(Math.sqrt(pictures.length)));
  const whole = pictures.length * STANDS_S;
  const share = percent(1 / Math.max(1, pictures.length));
  const places = pictures.map((_, index) => {
    const [x, y] = [(index % columns) * (width / columns), Math.floor(index / columns) * (height / columns)];
    return `.s${index}{transform:translate(${Math.round(x)}px,${Math.round(y)}px) scale(${(1 / columns).toFixed(4)})}`;
  });
  const turns = pictures.map((_, index) => `.s${index}{animation-delay:${index * STANDS_S}s}`);
  const motion =
    pictures.length < 2
      ? ''
      : `.s{visibility:hidden;animation:turn ${whole}s step-end infinite}${turns.join('')}@keyframes turn{0%{visibility:visible}${share}{visibility:hidden}100%{visibility:hidden}}@media (prefers-reduced-motion:reduce){.s{visibility:visible;animation:none}${places.join('')}}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${motion}</style>`,
    `<rect width="${width}" height="${height}" fill="#f4f6f9"/>`,
    ...pictures.map((picture, index) => `<g class="s s${index}">\n${picture}\n</g>`),
    '</svg>',
  ].join('\n');
}

function percent(part: number): string {
  return `${(part * 100).toFixed(3)}%`;
}
