import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeManifest } from './export.ts';
import { canHoldLayout, parseLayout, stripLayout, writeLayout } from './layout-comment.ts';
import type { LayoutEntry } from './layout-comment.ts';
import { readManifest } from './read.ts';
import { DOCUMENTS } from './testdata/yaml-texts.ts';

const objects = (content: string): unknown =>
  readManifest('a.yaml', content).segments.flatMap((segment) => (segment.type === 'document' ? segment.objects : []));

const WEB: LayoutEntry = { picture: 'application', key: 'Deployment.apps/shop/web', x: 120, y: 80 };
const NODE: LayoutEntry = { picture: 'cluster', key: 'Node//w1', x: -10.5, y: 0, width: 640, height: 480 };
const TEXT = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n';

describe('the layout comment', () => {
  it('is a short line for each card, at the end of the file', () => {
    const text = writeLayout(TEXT, [NODE, WEB], '\n');
    expect(text).toBe(`${TEXT}# drydock:layout v1
# drydock: application Deployment.apps/shop/web @ 120,80
# drydock: cluster Node//w1 @ -10.5,0 640x480
`);
    expect(parseLayout(text)).toEqual({ entries: [WEB, NODE], unknown: [] });
    expect(stripLayout(text)).toBe(TEXT);
  });

  it('changes nothing when it says the same, and goes when nothing is placed', () => {
    const text = `${TEXT}# drydock:layout v1\n\n# drydock: Deployment.apps/shop/web @ 120.0,80\n`;
    expect(writeLayout(text, [WEB], '\n')).toBe(text);
    expect(writeLayout(text, [], '\n')).toBe(TEXT);
    expect(writeLayout(TEXT, [], '\n')).toBe(TEXT);
  });

  it('keeps lines it does not know', () => {
    const text = `${TEXT}# drydock:layout v1\n# drydock: later version of a line\n# mine\n`;
    expect(writeLayout(text, [WEB], '\n')).toBe(
      `${TEXT}# drydock:layout v1\n# drydock: application Deployment.apps/shop/web @ 120,80\n# drydock: later version of a line\n# mine\n`,
    );
  });

  it('is no layout where a document follows, or in the middle of a line', () => {
    expect(parseLayout(`# drydock:layout v1\n${TEXT}`)).toBeUndefined();
    expect(parseLayout(`a: "# drydock:layout v1"\n`)).toBeUndefined();
    expect(parseLayout(`a: |\n  # drydock:layout v1\n`)).toBeUndefined();
  });

  it('is a segment of its own, so that editing the last document does not touch it', () => {
    for (const text of [
      TEXT,
      TEXT.trimEnd(),
      TEXT.replaceAll('\n', '\r\n'),
      `${TEXT.replaceAll('\n', '\r\n').trimEnd()}`,
    ]) {
      const placed = `\ufeff${writeLayout(text, [WEB], text.includes('\r') ? '\r\n' : '\n')}`;
      const file = readManifest('a.yaml', placed);
      expect(file.problems).toEqual([]);
      expect(file.segments[0]?.text).toBe(text);
      expect(writeManifest(file, { layout: 'keep' })).toBe(placed);
      expect(writeManifest(file, { layout: 'drop' })).toBe(`\ufeff${text}`);
    }
  });

  it('does not go into JSON', () => {
    expect(canHoldLayout(readManifest('a.yaml', TEXT))).toBe(true);
    expect(canHoldLayout(readManifest('a.json', '{"apiVersion":"v1","kind":"Pod"}'))).toBe(false);
    expect(canHoldLayout(readManifest('a', 'a\0'))).toBe(false);
  });

  it('comes back for any keys and numbers, leaves the objects as they are, and strips without a trace', () => {
    const coordinate = fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 8);
    const size = fc.integer({ min: 0, max: 1e5 });
    const entry: fc.Arbitrary<LayoutEntry> = fc.oneof(
      fc.record({
        picture: fc.constantFrom('application', 'cluster'),
        key: fc.string({ unit: 'grapheme' }),
        x: coordinate,
        y: coordinate,
      }),
      fc.record({
        picture: fc.constant('cluster'),
        key: fc.string(),
        x: coordinate,
        y: coordinate,
        width: size,
        height: size,
      }),
      fc.record({
        picture: fc.constant('application'),
        key: fc.string().map((word) => `note:${word}`),
        x: coordinate,
        y: coordinate,
        drawn: fc.record({ text: fc.string({ unit: 'binary' }) }),
      }),
    );
    const texts = fc
      .tuple(fc.constantFrom(...DOCUMENTS.slice(0, 5)), fc.nat(3))
      .map(([text, cut]) => text.slice(0, text.length - cut));
    fc.assert(
      fc.property(
        texts,
        fc.uniqueArray(entry, { selector: ({ picture, key }) => `${picture} ${key}`, minLength: 1 }),
        (text, entries) => {
          const placed = writeLayout(text, entries, text.includes('\r\n') ? '\r\n' : '\n');
          expect(new Set(parseLayout(placed)?.entries.map((one) => JSON.stringify(one)))).toEqual(
            new Set(entries.map((one) => JSON.stringify(one))),
          );
          expect(stripLayout(placed)).toBe(text);
          expect(writeLayout(placed, entries, '\n')).toBe(placed);
          expect(objects(placed)).toEqual(objects(text));
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });
});
