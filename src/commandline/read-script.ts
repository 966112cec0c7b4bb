import type { JsonObject } from '../base/json.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import type { Script } from '../simulator/script/script.ts';
import { readScript } from '../simulator/script/script.ts';
import { scriptIn } from '../workspace/simulation/keep/script-in.ts';
import type { CommandlineIo } from './command.ts';
import { readPaths, saySkipped } from './read-paths.ts';

/** A script, and the object that it was read from. */
export interface GivenScript {
  readonly object: JsonObject;
  readonly script: Script;
}

/** The script of a file; undefined where it cannot be used, and why is said. */
export async function readScriptFile(path: string, io: CommandlineIo): Promise<GivenScript | undefined> {
  const input = await readPaths([path], io);
  saySkipped(input, io);
  const object = scriptIn(input.files);
  if (object === undefined) {
    io.say(io.messages.noScript(path));
    return undefined;
  }
  const { script, problems } = readScript(object, `1.${PINNED_RELEASE}`);
  for (const { id, field, params } of problems) io.say(`${path}: ${field}: ${io.messages.scriptProblem(id, params)}`);
  return problems.length === 0 ? { object: object as unknown as JsonObject, script } : undefined;
}
