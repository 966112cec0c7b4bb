import type { Design } from '../design.ts';
import { ownLintsTexts } from '../own-file.ts';
import type { ConfigurationProblem } from './lint-configuration.ts';
import { readLintConfiguration } from './lint-configuration.ts';
import type { LintSwitches } from './switches.ts';

/** What a design itself says about its lints. */
export interface OwnLints {
  /** Undefined where it says nothing. */
  readonly switches: LintSwitches | undefined;
  /** Each with the file that it stands in. */
  readonly problems: readonly (ConfigurationProblem & { readonly path: string })[];
}

const known = new WeakMap<Design['files'], OwnLints>();

/** Reads the documents `kind: Lints` of a design; of several all count. What has faults is not used. */
export function ownLints(design: Design): OwnLints {
  const before = known.get(design.files);
  if (before !== undefined) return before;
  const found = ownLintsTexts(design).map(({ path, text }) => ({ path, ...readLintConfiguration(text) }));
  const switches = found.flatMap((one) => (one.problems.length === 0 ? [one.switches] : []));
  const checks = switches.flatMap((one) => one.checks ?? []);
  const own: OwnLints = {
    switches:
      switches.length === 0
        ? undefined
        : {
            on: switches.flatMap(({ on }) => on),
            off: switches.flatMap(({ off }) => off),
            ...(checks.length === 0 ? {} : { checks }),
          },
    problems: found.flatMap(({ path, problems }) => problems.map((problem) => ({ ...problem, path }))),
  };
  known.set(design.files, own);
  return own;
}

const joined = new WeakMap<OwnLints, WeakMap<LintSwitches, LintSwitches>>();

/** What is asked of a design: what it says itself, but for what a person chose otherwise. */
export function withOwnLints(design: Design, chosen: LintSwitches): LintSwitches {
  const own = ownLints(design);
  if (own.switches === undefined) return chosen;
  // The same value for the same two: much is remembered by it.
  const byChoice = joined.get(own) ?? new WeakMap<LintSwitches, LintSwitches>();
  joined.set(own, byChoice);
  const before = byChoice.get(chosen);
  if (before !== undefined) return before;
  const checks = [...(own.switches.checks ?? []), ...(chosen.checks ?? [])];
  const together: LintSwitches = {
    on: [...own.switches.on.filter((name) => !chosen.off.includes(name)), ...chosen.on],
    off: [...own.switches.off.filter((name) => !chosen.on.includes(name)), ...chosen.off],
    ...(checks.length === 0 ? {} : { checks }),
  };
  byChoice.set(chosen, together);
  return together;
}
