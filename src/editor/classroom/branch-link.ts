import { jsonEqual } from '../../base/json.ts';
import { itemsOf } from '../../lessons/authoring/draft.ts';
import { scriptObject } from '../../workspace/simulation/keep/script-in.ts';
import type { Simulation } from '../../workspace/simulation/simulation.ts';
import { packed, unpacked } from '../simulation/keep/moment-link.ts';

/** What somebody tried beside the run of a lesson, as an address carries it; undefined where the run itself is shown. */
export async function packedBranch(simulation: Simulation): Promise<string | undefined> {
  const { branch, branches, seq } = simulation.store.getState();
  if (branch === 0 || branches[branch]?.hash === undefined) return undefined;
  let shared = branches[branch].shared;
  for (let parent = branches[branch].parent; parent; parent = branches[parent]?.parent)
    shared = Math.min(shared, branches[parent]?.shared ?? shared);
  const [own, first] = await Promise.all([
    simulation.ask('script', { title: 'branch' }, { branch, seq }),
    simulation.ask('script', { title: 'branch' }, { branch: 0, seq: 1 }),
  ]);
  if (own === undefined || first === undefined) return undefined;
  const [script, before] = [scriptObject(own), itemsOf(scriptObject(first), 'steps')];
  const steps = itemsOf(script, 'steps');
  const begins = steps.findIndex((step, index) => !jsonEqual(step, before[index]));
  return packed([shared, begins < 0 ? [] : steps.slice(begins), script['until'] ?? null]);
}

/** Does again what an address says was tried. What was cut off on its way is left. */
export function openBranch(text: string, simulation: Simulation): void {
  const found = unpacked(text);
  if (!Array.isArray(found)) return;
  const [seq, steps, until] = found as readonly unknown[];
  if (typeof seq !== 'number' || !Array.isArray(steps)) return;
  const timed = typeof until === 'string' ? { until } : {};
  const script = { apiVersion: 'drydock.dev/v1', kind: 'Script', timesFrom: 'start', ...timed, steps };
  simulation.goTo(seq);
  simulation.follow(JSON.stringify(script));
}
