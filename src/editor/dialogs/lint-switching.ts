import { isSwitchedOn } from '../../design/lints/switches.ts';
import type { LintSwitches } from '../../design/lints/switches.ts';
import type { Lint } from '../../design/lints/lint.ts';

/** How a whole group stands. */
export type GroupChoice = 'all' | 'default' | 'none';

export function groupChoice(group: string, { on, off }: LintSwitches): GroupChoice {
  if (on.includes(group)) return 'all';
  return off.includes(group) ? 'none' : 'default';
}

/** A group goes one way, and what was chosen for single lints of it is forgotten. */
export function chooseGroup(
  group: string,
  choice: GroupChoice,
  lints: readonly Lint[],
  { on, off }: LintSwitches,
): LintSwitches {
  const own = new Set<string>([group, ...lints.filter((lint) => lint.group === group).map(({ id }) => id)]);
  const others = { on: on.filter((word) => !own.has(word)), off: off.filter((word) => !own.has(word)) };
  if (choice === 'all') return { ...others, on: [...others.on, group] };
  return choice === 'none' ? { ...others, off: [...others.off, group] } : others;
}

/** One lint goes on or off; where its group or its default says so already, nothing is noted. */
export function chooseLint(lint: Lint, wanted: boolean, { on, off }: LintSwitches): LintSwitches {
  const others = { on: on.filter((word) => word !== lint.id), off: off.filter((word) => word !== lint.id) };
  if (isSwitchedOn(lint, others) === wanted) return others;
  return wanted ? { ...others, on: [...others.on, lint.id] } : { ...others, off: [...others.off, lint.id] };
}
