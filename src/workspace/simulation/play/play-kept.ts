import type { ClusterOptions } from '../../../simulator/place-cluster.ts';
import type { ManifestFiles } from '../../../simulator/kubectl/command.ts';
import type { Manifest } from '../../../simulator/script/apply-order.ts';
import { applyLines } from '../../../simulator/script/apply-order.ts';
import type { Script } from '../../../simulator/script/script.ts';
import type { Played } from './play-script.ts';
import { planOf } from '../keep/kept-run.ts';
import { Run } from '../run.ts';

/** Whether a script is that of a run that was kept, to be played as the page plays it. */
export function isKept({ timesFrom, steps, design }: Script): boolean {
  return timesFrom === 'start' || design.length > 0 || steps.some(({ type }) => type === 'lines');
}

/** Plays a kept run to its end; gives the cluster, and how many commands failed. */
export function playKept(
  options: ClusterOptions,
  script: Script,
  manifests: readonly Manifest[],
  files: ManifestFiles,
  say: (text: string) => void,
): Played {
  const run = Run.begin(options);
  run.applyInTurn(applyLines(manifests));
  run.plan(planOf(script, files));
  run.goOn(() => false);
  // The last word of each line is all that it printed.
  const lines = [...new Map(run.printed.map((line) => [line.token, line])).values()];
  for (const { stderr } of lines) if (stderr !== '') say(stderr.trimEnd());
  const failed = lines.filter(({ exitCode }) => exitCode !== 0).length;
  const settled = script.untilMs !== undefined || run.isSettled;
  return { cluster: run.at(run.length), settled, failed, requests: run.sent };
}
