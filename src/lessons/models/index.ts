import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import { docker } from './docker/docker.ts';
import { host } from './host/host.ts';
import { image } from './image/image.ts';
import { linux } from './linux/linux.ts';
import { playModel } from './model-run.ts';
import type { ModelRun } from './model-run.ts';
import { responsibility } from './responsibility/responsibility.ts';
import { servers } from './servers/servers.ts';

/** Every model, with its state hidden: a lesson knows its name, its acts and what comes of them. */
const MODELS: Readonly<Record<string, (run: JsonObject) => ModelRun>> = {
  [servers.name]: (run) => playModel(servers, run),
  [responsibility.name]: (run) => playModel(responsibility, run),
  [host.name]: (run) => playModel(host, run),
  [linux.name]: (run) => playModel(linux, run),
  [image.name]: (run) => playModel(image, run),
  [docker.name]: (run) => playModel(docker, run),
};

/** Names of the models that there are. */
const MODEL_NAMES: readonly string[] = Object.keys(MODELS);

/** The run of the model that `run.model` names, to its end. Throws, with the field, where it cannot be played. */
export function playModelOf(run: JsonObject): ModelRun {
  const name = stringAt(run, 'model') ?? '';
  const play = MODELS[name];
  if (play === undefined) throw new Error(`run.model: no model ${name}, only ${MODEL_NAMES.join(', ')}`);
  return play(run);
}
