import type { Command, CommandRefusal } from '../design/commands/command.ts';
import { showToast } from '../kit/toasts.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { sentence } from './i18n.ts';
import type { Text } from './i18n.ts';

/** Why a command was refused, as a sentence. */
export function refusalText(t: Text, refusal: CommandRefusal): string {
  const { refused, params = {} } = refusal;
  const reason = params['reason'];
  if (refused !== 'command.cannotEditText' || typeof reason !== 'string')
    return sentence(t, 'refusals', refused, params);
  return sentence(t, 'refusals', refused, { ...params, reason: sentence(t, 'manifest', reason, params) });
}

/** Runs a command; a refusal is said on the page, unless it is one of `silent`. */
export function runCommand<Arguments>(
  workspace: Workspace,
  command: Command<Arguments>,
  args: Arguments,
  t: Text,
  silent: readonly CommandRefusal['refused'][] = ['command.noChange'],
): CommandRefusal | undefined {
  const refusal = workspace.run(command, args);
  if (refusal && !silent.includes(refusal.refused)) showToast({ text: refusalText(t, refusal), tone: 'bad' });
  return refusal;
}
