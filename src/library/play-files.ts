import { commandlineMessages } from '../locales/commandline.ts';
import { readManifest } from '../manifest/read.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import { NO_SCRIPT } from '../simulator/script/no-script.ts';
import { readScript } from '../simulator/script/script.ts';
import type { Script } from '../simulator/script/script.ts';
import { scriptIn } from '../workspace/simulation/keep/script-in.ts';
import { manifestsToRun } from '../workspace/simulation/play/manifests-to-run.ts';
import { playScript } from '../workspace/simulation/play/play-script.ts';
import { whatMoves } from '../workspace/simulation/play/play-steps.ts';
import type { SimulateOptions, SimulateResult } from './core-types.ts';
import type { DesignFile } from './design-file.ts';

/** Plays files through a simulated cluster; see `simulate`. */
export async function playFiles(
  files: readonly DesignFile[],
  { nodes, seed, untilMs, script }: SimulateOptions,
): Promise<SimulateResult> {
  const played = script === undefined ? NO_SCRIPT : scriptOf(script);
  const said: string[] = [];
  const own = seed ?? played.seed ?? 1;
  const { kinds, manifests } = await manifestsToRun(files.map(({ path, content }) => readManifest(path, content)));
  const { cluster, settled } = playScript(
    { kinds, manifests, script: played, seed: own, nodes, untilMs },
    { say: (text) => said.push(text), progress: () => undefined },
  );
  const all = cluster.objects();
  return {
    release: `1.${PINNED_RELEASE}`,
    seed: own,
    settled,
    moving: settled ? [] : whatMoves(cluster),
    timeMs: cluster.nowMs,
    objects: all.filter(({ kind }) => kind !== 'Event'),
    events: all.filter(({ kind }) => kind === 'Event'),
    traceHash: cluster.trace.digest,
    entries: cluster.trace.length,
    said,
  };
}

function scriptOf(text: string): Script {
  const found = scriptIn([readManifest('script.yaml', text)]);
  const messages = commandlineMessages('en');
  if (found === undefined) throw new Error(messages.noScript('script'));
  const { script, problems } = readScript(found, `1.${PINNED_RELEASE}`);
  if (problems.length > 0) {
    throw new Error(
      problems.map(({ id, field, params }) => `${field}: ${messages.scriptProblem(id, params)}`).join('\n'),
    );
  }
  return script;
}
