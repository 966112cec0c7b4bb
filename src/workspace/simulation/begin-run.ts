import type { Design } from '../../design/design.ts';
import { EMPTY_DESIGN } from '../../design/design.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { judgeContextOf } from '../../design/validity.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { readManifest } from '../../manifest/read.ts';
import { optionsAskedBy } from '../../simulator/asked-options.ts';
import { applyLines } from '../../simulator/script/apply-order.ts';
import { topologyOf } from '../../simulator/topology.ts';
import { AppliedDesigns } from './applied-designs.ts';
import { optionsOf, planOf } from './keep/kept-run.ts';
import type { ReadRun } from './keep/kept-run.ts';
import { Run } from './run.ts';
import type { RunNetwork } from './run-network.ts';

export type DesignFiles = readonly { readonly path: string; readonly content: Uint8Array }[];

/** A run at its beginning: its cluster is up, and what its design and its script will do is still to come. */
export interface BegunRun {
  readonly run: Run;
  readonly designs: AppliedDesigns;
  /** First step that belongs to the story: what happens while a cluster comes up does not. */
  readonly first: number;
}

export function readDesignFiles(files: DesignFiles, kinds: KindRegistry): Design {
  const read = files.map(({ path, content }) => readManifest(path, content));
  return addFiles(EMPTY_DESIGN, read, kinds);
}

interface BegunWith {
  readonly seed: number;
  readonly workers: number;
  /** What its network is like, where no script says that. */
  readonly network?: RunNetwork;
  readonly kept: ReadRun | undefined;
}

/** Begins the run of a design; strategies and schemas are there already. `kept` is the script that says what is done. */
export function beginRun(
  files: DesignFiles,
  { seed, workers, network, kept }: BegunWith,
  kinds: KindRegistry,
): BegunRun {
  const design = readDesignFiles(files, kinds);
  const judged = judgeContextOf(design, designRegistry(design, kinds));
  const designs = AppliedDesigns.begin(design);
  const { manifests } = designs.newest;
  const objects = manifests.map(({ object }) => object);
  const topology = topologyOf(objects, workers, { controlPlanes: kept?.script.apiServers });
  const run = Run.begin({
    ...optionsAskedBy(objects),
    ...(kept === undefined
      ? { ...network, seed, kinds: judged, topology }
      : optionsOf(kept.script, seed, judged, topology)),
  });
  const first = run.length + 1;
  run.applyInTurn(applyLines(manifests.filter(({ object }) => object.kind !== 'Node')));
  if (kept !== undefined) run.plan(planOf(kept.script, designs.newest.files));
  return { run, designs, first };
}
