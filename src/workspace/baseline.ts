import type { Design } from '../design/design.ts';

/** What changes are measured against: each file as it was when it was last exported, else when it was brought in. */
export interface Baseline {
  /** Whether the design has been exported since it was opened. */
  readonly exported: boolean;
  /** By path, a design that holds the file as it was. */
  readonly files: ReadonlyMap<string, Design>;
}

export const NO_BASELINE: Baseline = { exported: false, files: new Map() };

/** Everything was exported as it stands. */
export function exportedBaseline(design: Design): Baseline {
  return { exported: true, files: new Map([...design.files.keys()].map((path) => [path, design])) };
}

/** Files that came in are the beginning of what becomes of them. */
export function broughtBaseline(before: Baseline, known: Design, joined: Design): Baseline {
  const files = new Map(before.files);
  for (const path of joined.files.keys()) if (!known.files.has(path)) files.set(path, joined);
  return { ...before, files };
}
