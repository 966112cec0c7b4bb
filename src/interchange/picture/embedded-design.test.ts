import { describe, expect, it } from 'vitest';
import { designInPicture, pngWithDesign, svgWithDesign } from './embedded-design.ts';

const FILES = [
  { path: 'a/web.yaml', content: new TextEncoder().encode('kind: ConfigMap # 船坞 ]]> </design>\n') },
  { path: 'b.yaml', content: new Uint8Array([0, 255, 10]) },
];
/** One red point. */
const PNG = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='),
  (sign) => sign.charCodeAt(0),
);
const svg = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a picture that carries its design', () => {
  it('gives the files back, byte for byte', () => {
    expect(designInPicture(pngWithDesign(PNG, FILES))).toEqual(FILES);
    expect(designInPicture(svg(svgWithDesign('<svg xmlns="http://www.w3.org/2000/svg"></svg>\n', FILES)))).toEqual(
      FILES,
    );
  });

  it('stays the picture it was', () => {
    const whole = pngWithDesign(PNG, FILES);
    const end = PNG.length - 12;
    expect(whole.subarray(0, end)).toEqual(PNG.subarray(0, end));
    expect(whole.subarray(-12)).toEqual(PNG.subarray(-12));
  });

  it.each<readonly [string, Uint8Array]>([
    ['another picture', PNG],
    ['an SVG of somebody else', svg('<svg></svg>')],
    ['a damaged one', svg('<svg><metadata><design xmlns="https://drydock.dev/v1">AAAA</design></metadata></svg>')],
    ['nothing', new Uint8Array()],
    ['a PNG that ends early', pngWithDesign(PNG, FILES).subarray(0, 90)],
  ])('finds nothing in %s', (_, content) => {
    expect(designInPicture(content)).toBeUndefined();
  });
});
