import { UsageError } from './command.ts';
import type { CommandlineIo } from './command.ts';
import { COMMANDLINE_COMMANDS } from './index.ts';

/** Runs `drydock ARGS…` and gives the exit code. */
export async function runCommandline(args: readonly string[], io: CommandlineIo, version: string): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || asksForHelp(args)) {
    await io.write(io.messages.help(version));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === 'version') {
    await io.write(`${version}\n`);
    return 0;
  }
  const command = await COMMANDLINE_COMMANDS.get(name)?.();
  try {
    if (!command) throw new UsageError(io.messages.unknownCommand(name));
    return await command.run(rest, io);
  } catch (error) {
    if (!(error instanceof UsageError) && !isArgumentError(error)) throw error;
    io.say(error.message);
    io.say(io.messages.seeHelp);
    return 2;
  }
}

/** One page helps with every command; after `--` a word is a path. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).some((word) => word === '--help' || word === '-h');
}

/** What `parseArgs` throws at an option it does not know. */
function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
