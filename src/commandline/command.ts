import type { TrialPort } from '../experiment/pool.ts';
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
  /** Starts a thread that runs trials; where left out, trials run one after the other where the command does. */
  openTrials?(): TrialPort;
  /** Calls somebody at Ctrl+C in place of ending the process, until what is given back is called. */
  onInterrupt?(act: () => void): () => void;
}

/** Wrong usage: what is said, and exit code 2. */
export class UsageError extends Error {}
