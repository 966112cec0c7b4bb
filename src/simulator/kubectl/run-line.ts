import { COMMANDS } from './commands.ts';
import type { KubectlCommand, Terminal } from './command.ts';
import { KubectlError } from './command.ts';
import { readFlags } from './flags.ts';
import { shellWords } from './words.ts';

/** Runs one command line; gives the exit code. What it says goes to the terminal. */
export function runLine(terminal: Terminal, line: string): number {
  const args = argsOf(line);
  if (args === undefined) return failed(terminal, 'error: unterminated quoted string');
  const found = commandOf(args);
  if (found === undefined) return failed(terminal, `error: unknown command "${args[0] ?? ''}" for "kubectl"`);
  const flags = readFlags(found.command.takesAnyFlags === true ? [] : found.args, found.command.flags);
  if ('error' in flags)
    return failed(terminal, `error: ${flags.error}\nSee 'kubectl ${found.command.name} --help' for usage.`);
  try {
    return found.command.run(terminal, flags);
  } catch (error) {
    if (error instanceof KubectlError) return failed(terminal, error.message);
    throw error;
  }
}

/** Whether `preloadDescriptions` has to come before the line is run: it prints texts of the API reference. */
export function readsDescriptions(line: string): boolean {
  return commandOf(argsOf(line) ?? [])?.command.readsDescriptions === true;
}

/** The words behind `kubectl`, which may be left out; undefined where a quote does not end. */
function argsOf(line: string): readonly string[] | undefined {
  const words = shellWords(line);
  return words?.[0] === 'kubectl' ? words.slice(1) : words;
}

function failed(terminal: Terminal, message: string): number {
  terminal.err(`${message}\n`);
  return 1;
}

/** The command that the first words name, past flags that may stand before it, with its own words. */
function commandOf(
  args: readonly string[],
): { readonly command: KubectlCommand; readonly args: readonly string[] } | undefined {
  const before: string[] = [];
  let at = 0;
  while (at < args.length && args[at]!.startsWith('-')) {
    before.push(args[at]!);
    if ((args[at] === '-n' || args[at] === '--namespace') && at + 1 < args.length) before.push(args[++at]!);
    at++;
  }
  for (const length of [3, 2, 1]) {
    const name = args.slice(at, at + length).join(' ');
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, args: [...before, ...args.slice(at + length)] };
  }
  return undefined;
}
