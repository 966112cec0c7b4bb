import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import packageFacts from '../../../package.json';
import { nameOf } from '../../apimachinery/object.ts';
import { validateDns1123Label } from '../../apimachinery/names.ts';
import { stringAt } from '../../base/json.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { indexedJob } from '../../experiment/indexed-job.ts';
import { writeObject } from '../../manifest/write.ts';
import { UsageError } from '../command.ts';
import type { CommandlineIo } from '../command.ts';
import type { ExperimentArguments } from './arguments.ts';

/** As the Dockerfile says how to make it. */
const IMAGE = `drydock-cli:${packageFacts.version}`;

/** Writes the manifests of an Indexed Job that runs an experiment, one file an object, into a folder. */
export async function writeJob(
  folder: string,
  { image = IMAGE, shards, name: wanted }: ExperimentArguments,
  experiment: Experiment,
  io: CommandlineIo,
): Promise<number> {
  const name = wanted ?? stringAt(experiment.script, 'metadata', 'name') ?? 'experiment';
  // Hostnames of its Pods. Source: pkg/apis/batch/validation/validation.go `validateJobSpec`, 1.36.
  if (validateDns1123Label(`${name}-${shards - 1}`).length > 0) throw new UsageError(`--name ${name}`);
  const { objects, tooLarge } = indexedJob(experiment, { name, shards, image });
  for (const { path, bytes } of tooLarge) io.say(io.messages.tooLargeForJob(path, bytes));
  if (tooLarge.length > 0) return 1;
  await mkdir(folder, { recursive: true });
  for (const object of objects)
    await writeFile(join(folder, `${object.kind.toLowerCase()}-${nameOf(object)}.yaml`), writeObject(object));
  io.say(io.messages.jobWritten(folder, name, shards));
  return 0;
}
