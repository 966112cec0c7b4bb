import { describe, expect, it } from 'vitest';
import { GENERIC_ICON, KIND_ICONS } from './kind-icons.ts';

describe('kind icons', () => {
  it('gives every kind a picture of its own', () => {
    const icons = Object.values(KIND_ICONS);
    expect(new Set(icons).size).toBe(icons.length);
    expect(icons).not.toContain(GENERIC_ICON);
  });
});
