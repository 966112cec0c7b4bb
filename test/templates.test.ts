import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drydock } from '../src/commandline/testing/run-in.ts';
import { TEMPLATES } from '../src/workspace/templates.ts';
import { Driver } from '../src/workspace/testing/driver.ts';

const ROOT = join(import.meta.dirname, '../templates/architectures');
const CJK = /\p{Script=Han}/u;
/** What is wrong in a template on purpose: the first visit asks to find it. */
const ON_PURPOSE: Readonly<Record<string, readonly string[]>> = { shop: ['reference.missing'] };

/** The simulated cluster begins without the definitions of the Gateway API, as a real one does: kubectl says so. */
const NEED_DEFINITIONS = ['gateway-routes', 'canary'];

interface Simulated {
  readonly settled: boolean;
  readonly objects: readonly {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly status?: {
      readonly phase?: string;
      readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
  }[];
}

describe('templates of whole designs', () => {
  it('are at least twenty, one a folder, told in two languages', () => {
    expect(TEMPLATES.map(({ id }) => id).sort()).toEqual(readdirSync(ROOT).sort());
    expect(TEMPLATES.length).toBeGreaterThanOrEqual(20);
    for (const { title, summary } of TEMPLATES) {
      expect(`${title['zh-CN']}${summary['zh-CN']}`).toMatch(CJK);
      expect(`${title.en}${summary.en}`).not.toMatch(CJK);
    }
    expect(new Set(TEMPLATES.map(({ title }) => title.en)).size).toBe(TEMPLATES.length);
  });

  it.each(TEMPLATES)(
    '$id is accepted without a problem, and every card of it stands where a hand put it',
    async (template) => {
      const driver = new Driver();
      const text = readFileSync(join(ROOT, template.id, 'design.yaml'), 'utf8');
      const account = await driver.import({ 'design.yaml': text });
      await driver.judged();
      const { design, problems, scene } = driver.state;
      expect(account.skipped).toEqual([]);
      expect(problems.filter(({ severity }) => severity !== 'info').map(({ id }) => id)).toEqual(
        ON_PURPOSE[template.id] ?? [],
      );
      const placed = design.placements.application;
      for (const { id, name, ghost } of scene.cards) if (!ghost) expect(placed.has(id), name).toBe(true);
      for (const { id } of scene.frames) expect(placed.has(id), id).toBe(true);
      // Nothing lies on anything else.
      const boxes = scene.cards.map(({ frame, x, y, width, height, name }) => ({ frame, x, y, width, height, name }));
      for (const [at, a] of boxes.entries()) {
        for (const b of boxes.slice(at + 1)) {
          const apart =
            a.frame !== b.frame ||
            a.x + a.width <= b.x ||
            b.x + b.width <= a.x ||
            a.y + a.height <= b.y ||
            b.y + b.height <= a.y;
          expect(apart, `${a.name} and ${b.name}`).toBe(true);
        }
      }
      for (const [at, a] of scene.frames.entries()) {
        for (const b of scene.frames.slice(at + 1)) {
          const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(apart, `${a.id} and ${b.id}`).toBe(true);
        }
      }
    },
  );

  it.each(TEMPLATES.filter(({ id }) => !(id in ON_PURPOSE)))('$id runs until every Pod is ready', async ({ id }) => {
    const { code, output } = await drydock(['simulate', join(ROOT, id, 'design.yaml')]);
    const { settled, objects } = JSON.parse(output) as Simulated;
    expect({ code, settled }).toEqual({ code: NEED_DEFINITIONS.includes(id) ? 1 : 0, settled: true });
    const waiting = objects.filter(
      ({ kind, status }) =>
        kind === 'Pod' &&
        status?.phase !== 'Succeeded' &&
        !status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    );
    expect(waiting.map(({ metadata }) => metadata.name)).toEqual([]);
  });
});
