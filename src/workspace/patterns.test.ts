import { describe, expect, it } from 'vitest';
import { formatGroupKind, parseGroupKind } from '../apimachinery/group-version-kind.ts';
import { COMMANDS } from '../design/commands/index.ts';
import { parseLayout, stripLayout } from '../manifest/layout-comment.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { PATTERNS } from './patterns.ts';
import { Driver } from './testing/driver.ts';

const NAMED_ICONS = new Set(BUILT_IN_KINDS.definitions.map(formatGroupKind));

describe('patterns of the palette', () => {
  it('are there, each with another name', () => {
    expect(PATTERNS.length).toBeGreaterThanOrEqual(14);
    expect(new Set(PATTERNS.map(({ title }) => title.en)).size).toBe(PATTERNS.length);
    expect(new Set(PATTERNS.map(({ title }) => title['zh-CN'])).size).toBe(PATTERNS.length);
  });

  it.each(PATTERNS)('$id is accepted twice beside itself, without a problem', async (pattern) => {
    expect(NAMED_ICONS).toContain(formatGroupKind(parseGroupKind(pattern.icon)));
    const driver = new Driver();
    const text = await pattern.text();
    for (let time = 0; time < 2; time++) {
      const refusal = driver.workspace.run(COMMANDS.insertManifest, {
        text,
        file: `${pattern.id}.yaml`,
        title: pattern.title.en,
        stem: pattern.stem,
        namespace: 'shop',
        at: { x: 24, y: 60 + 600 * time },
      });
      expect(refusal).toBeUndefined();
    }
    await driver.settled();
    await driver.judged();
    const { design, graph, problems } = driver.state;
    expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const objects = [...design.records.values()];
    // Two copies that share nothing: no reference runs from one to the other.
    const half = new Set(objects.slice(0, objects.length / 2).map(({ id }) => id));
    for (const { from, to } of graph.references) if (to !== null) expect(half.has(from)).toBe(half.has(to));
    // Every card was drawn by hand.
    const cards = objects.filter(({ object }) => object.kind !== 'Namespace' && object.kind !== 'GatewayClass');
    for (const { id, identity } of cards) expect(design.placements.application.has(id), identity).toBe(true);
    expect(parseLayout(text)?.unknown).toEqual([]);
    expect(stripLayout(text)).not.toContain('status: {}');
  });
});
