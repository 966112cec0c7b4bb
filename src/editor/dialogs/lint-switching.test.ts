import { describe, expect, it } from 'vitest';
import { LINTS, lintNamed } from '../../design/lints/index.ts';
import { isSwitchedOn, NO_SWITCHES } from '../../design/lints/switches.ts';
import { chooseGroup, chooseLint, groupChoice } from './lint-switching.ts';

const lint = lintNamed('latest-tag')!;

describe('switching lints', () => {
  it('notes only what differs from the default, and forgets it again', () => {
    const off = chooseLint(lint, false, NO_SWITCHES);
    expect(off).toEqual({ on: [], off: ['latest-tag'] });
    expect(isSwitchedOn(lint, off)).toBe(false);
    expect(chooseLint(lint, true, off)).toEqual(NO_SWITCHES);
  });

  it('turns a group on or off as a whole, and lets one lint of it go the other way', () => {
    const none = chooseGroup(lint.group, 'none', LINTS, chooseLint(lint, false, NO_SWITCHES));
    expect(none).toEqual({ on: [], off: [lint.group] });
    expect(groupChoice(lint.group, none)).toBe('none');
    const but = chooseLint(lint, true, none);
    expect(isSwitchedOn(lint, but)).toBe(true);
    expect(LINTS.filter((one) => one.group === lint.group && isSwitchedOn(one, but))).toEqual([lint]);
    expect(chooseGroup(lint.group, 'default', LINTS, but)).toEqual(NO_SWITCHES);
  });
});
