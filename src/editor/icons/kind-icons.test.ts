import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatGroupKind } from '../../apimachinery/group-version-kind.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { GENERIC_ICON, KIND_ICONS } from './kind-icons.ts';

describe('kind icons', () => {
  it('gives no two kinds the same picture', () => {
    const icons = Object.values(KIND_ICONS);
    expect(new Set(icons).size).toBe(icons.length);
    expect(icons).not.toContain(GENERIC_ICON);
  });

  it('has a picture for every kind that has a folder, and for no kind that nobody knows', () => {
    const folders = new Set(readdirSync(new URL('../../kinds', import.meta.url)));
    const withFolder = BUILT_IN_KINDS.definitions.filter(({ kind }) => folders.has(kind.toLowerCase()));
    expect(withFolder.map(formatGroupKind).filter((name) => !Object.hasOwn(KIND_ICONS, name))).toEqual([]);
    const known = new Set(BUILT_IN_KINDS.definitions.map(formatGroupKind));
    expect(Object.keys(KIND_ICONS).filter((name) => !known.has(name))).toEqual([]);
  });
});
