import { readManifest } from '../manifest/read.ts';
import { readScript } from '../simulator/script/script.ts';
import { objectOfRun, scriptOfRun } from '../simulator/script/sweep.ts';
import { sizeOfWorkers } from '../simulator/topology.ts';
import { manifestsToRun } from '../workspace/simulation/play/manifests-to-run.ts';
import type { PlayListener, Played } from '../workspace/simulation/play/play-script.ts';
import { playScript } from '../workspace/simulation/play/play-script.ts';
import type { Experiment, ReadExperiment, Trial } from './experiment.ts';
import { RELEASE, namedValues, readExperiment } from './experiment.ts';
import { leastNodes } from './least-nodes.ts';
import type { Measured } from './measure.ts';
import { measure, whetherAllRun } from './measure.ts';
import type { TrialRow } from './row.ts';

const NOBODY: PlayListener = { say: () => undefined, progress: () => undefined };

/** Runs trials of one experiment, in whichever order they are asked for. */
export class TrialRunner {
  private readonly given: Experiment;
  private readonly read: ReadExperiment;
  private readonly input: Awaited<ReturnType<typeof manifestsToRun>>;

  private constructor(given: Experiment, input: Awaited<ReturnType<typeof manifestsToRun>>) {
    this.given = given;
    this.read = readExperiment(given).experiment;
    this.input = input;
  }

  /** Reads the files of an experiment, and loads what judges their objects. */
  static async of(given: Experiment): Promise<TrialRunner> {
    return new TrialRunner(given, await manifestsToRun(given.files.map(({ path, text }) => readManifest(path, text))));
  }

  /** Runs one trial from its beginning to its end. Throws where there is none of that index. */
  run(index: number): TrialRow {
    const { sweep, trials } = this.read;
    const trial = trials[index];
    if (trial === undefined) throw new RangeError(`no trial ${index}`);
    const head = { index, seed: trial.seed, values: namedValues(sweep, trial) };
    if (sweep.leastNodes === undefined) return { ...head, ...this.play(trial).measured };
    const { found, tried } = leastNodes(sweep.leastNodes.most, (workers) => {
      const { played, measured } = this.play(trial, workers);
      return { ...whetherAllRun(played.cluster.objects()), tried: measured };
    });
    return { ...head, ...tried, least: found };
  }

  private play(trial: Trial, workers?: number): { readonly played: Played; readonly measured: Measured } {
    const { sweep } = this.read;
    const { kinds } = this.input;
    const manifests = this.input.manifests.map(({ file, object }) => ({
      file,
      object: objectOfRun(object, sweep, trial),
    }));
    const { script } = readScript(scriptOfRun(this.given.script, sweep, trial), RELEASE);
    const { seed } = trial;
    const ofWorkers =
      workers === undefined
        ? { nodes: undefined }
        : { nodes: workers, size: script.nodeSize ?? sizeOfWorkers(manifests.map(({ object }) => object)) };
    const played = playScript({ kinds, manifests, script, seed, ...ofWorkers, untilMs: undefined }, NOBODY);
    return { played, measured: measure(played, script.prices) };
  }
}
