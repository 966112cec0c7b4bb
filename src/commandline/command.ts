import type { CommandlineMessages } from '../locales/commandline.ts';

/** One command of `drydock`, one file each. */
export interface CommandlineCommand {
  /** Runs with what follows the command's name. Gives the exit code: 0 good, 1 refused, 2 wrong usage or nothing readable. */
  run(args: readonly string[], io: CommandlineIo): Promise<number>;
}

/** The world as a command sees it; tests give another one. */
export interface CommandlineIo {
  /** Results. Waits until the reader keeps up. */
  write(text: string | Uint8Array): Promise<void>;
  /** Progress and messages. */
  say(text: string): void;
  readInput(): Promise<Uint8Array>;
  readonly messages: CommandlineMessages;
}

/** Wrong usage: what is said, and exit code 2. */
export class UsageError extends Error {}
