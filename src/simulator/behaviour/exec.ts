import type { Behaviour, ExecAnswer } from './behaviour.ts';
import { isWithin } from './behaviour.ts';

const FINE: ExecAnswer = Object.freeze({ command: '' });

/** What a command in a container does: the first answer whose words begin it; it prints nothing and succeeds where none fits. */
export function execAnswer({ exec = [] }: Behaviour, command: readonly string[], sinceStartMs: number): ExecAnswer {
  const line = command.join(' ');
  const found = exec.find(
    (answer) => (line === answer.command || line.startsWith(`${answer.command} `)) && isWithin(answer, sinceStartMs),
  );
  return found ?? FINE;
}
