import { describe, expect, it } from 'vitest';
import { inFolder } from '../../src/commandline/testing/in-folder.ts';
import { CORPORA, HAS_CORPORA } from './corpora.ts';
import { HAS_KUBECTL } from './kubectl.ts';
import { KUSTOMIZE_CASES } from './kustomize-cases.ts';
import { compared, kustomizeTable } from './kustomize-table.ts';

describe.runIf(HAS_CORPORA && HAS_KUBECTL)('kustomizations of the corpora', () => {
  it('build what kubectl kustomize prints', async () => {
    const rows = await kustomizeTable(CORPORA);
    expect(rows.filter(({ result }) => result === 'different')).toEqual([]);
    const count = (result: string): number => rows.filter((row) => row.result === result).length;
    expect({ equal: count('equal'), bothRefuse: count('both refuse') }).toEqual({ equal: 30, bothRefuse: 17 });
  }, 120_000);
});

describe.runIf(HAS_KUBECTL)('kustomizations that use everything', () => {
  it.each(KUSTOMIZE_CASES)('%s', async (_, files) => {
    await inFolder(files, async (folder) => {
      const row = await compared(folder, 'overlay');
      expect(row.result, row.detail).toMatch(/^(?:equal|both refuse)$/);
    });
  });
});
