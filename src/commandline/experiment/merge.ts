import { readFile } from 'node:fs/promises';
import type { ExperimentResult } from '../../experiment/result.ts';
import { isResult, mergeResults } from '../../experiment/result.ts';
import type { CommandlineIo } from '../command.ts';
import type { ExperimentArguments } from './arguments.ts';
import { codeOf, writeResult } from './write-result.ts';

/** Puts results of shards together; a file may hold several, one a line, as the logs of a Job's Pods do. */
export async function merge({ paths, format }: ExperimentArguments, io: CommandlineIo): Promise<number> {
  const results: ExperimentResult[] = [];
  for (const path of paths) {
    const read = await resultsOf(path, io);
    if (read === undefined) return 2;
    const other = read.find(({ digest }) => digest !== (results[0] ?? read[0])?.digest);
    if (other !== undefined) {
      io.say(io.messages.otherExperiment(path));
      return 1;
    }
    results.push(...read);
  }
  const [first, ...others] = results;
  if (first === undefined) return 2;
  const merged = mergeResults([first, ...others]);
  if ('differ' in merged) {
    io.say(
      merged.differ === 'trial' ? io.messages.otherRow(merged.index) : io.messages.otherExperiment(paths.join(', ')),
    );
    return 1;
  }
  await writeResult(merged.result, format, io);
  const [missing] = merged.missing;
  if (missing === undefined) return codeOf(merged.result.rows);
  io.say(io.messages.missingTrials(merged.missing.length, String(missing)));
  return 1;
}

/** The results in a file; undefined where there is none, which is said. */
async function resultsOf(path: string, io: CommandlineIo): Promise<readonly ExperimentResult[] | undefined> {
  const results: ExperimentResult[] = [];
  try {
    const text = path === '-' ? new TextDecoder().decode(await io.readInput()) : await readFile(path, 'utf8');
    // Besides results a log may hold what was said.
    for (const line of text.split('\n').filter((each) => each.startsWith('{'))) {
      const value: unknown = JSON.parse(line);
      if (isResult(value)) results.push(value);
    }
  } catch (error) {
    io.say(`${path}: ${io.messages.unreadable(error instanceof Error ? error.message : String(error))}`);
    return undefined;
  }
  if (results.length > 0) return results;
  io.say(io.messages.noResult(path));
  return undefined;
}
