import { describe, expect, it } from 'vitest';
import { CORPORA, HAS_CORPORA } from './corpora.ts';
import { HAS_KUBECTL } from './kubectl.ts';
import { komposeTable } from './kompose.ts';
import { kustomizeTable } from './kustomize-table.ts';
import { linkTable } from './link-table.ts';

/** A table on standard output, as `npm run interchange` shows it. */
function print(
  title: string,
  rows: readonly { readonly name: string; readonly result: string; readonly detail: string }[],
): void {
  const counts = new Map<string, number>();
  for (const { result } of rows) counts.set(result, (counts.get(result) ?? 0) + 1);
  const lines = rows.map(
    ({ name, result, detail }) =>
      `  ${result.padEnd(20)}${name}${detail === '' ? '' : `\n      ${detail.replaceAll('\n', '\n      ')}`}`,
  );
  const sums = [...counts].map(([result, count]) => `${count} ${result}`).join(', ');
  process.stdout.write(`\n${title}: ${sums}\n${lines.join('\n')}\n`);
}

describe('interchange', () => {
  it.runIf(HAS_CORPORA)('Docker Compose as kompose converts it', async () => {
    const rows = await komposeTable();
    print(
      'Docker Compose, kompose’s own fixtures',
      rows.map(({ name, result, reasons }) => ({ name, result, detail: reasons.join('\n') })),
    );
    expect(rows.some(({ result }) => result === 'failing')).toBe(false);
  });

  it.runIf(HAS_CORPORA && HAS_KUBECTL)(
    'kustomizations as kubectl builds them',
    async () => {
      const rows = await kustomizeTable(CORPORA);
      print('Kustomize, the corpora', rows);
      expect(rows.some(({ result }) => result === 'different')).toBe(false);
    },
    300_000,
  );

  it('links that give the design back', async () => {
    const rows = await linkTable();
    print('Links, the architectures', rows);
    expect(rows.every(({ result }) => result === 'equal')).toBe(true);
  });
});
