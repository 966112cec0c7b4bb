import type { CommandRefusal } from '../../../design/commands/command.ts';
import { Button } from '../../../kit/button.tsx';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { refusalText } from '../../run-command.ts';

/** Why a text is not taken over, where, and the way back. Stands beneath the text: it comes and goes while somebody types. */
export function DraftProblem({
  refusal,
  onRevert,
}: {
  readonly refusal: CommandRefusal;
  readonly onRevert: () => void;
}) {
  const t = useText();
  const { line, message } = draftProblem(t, refusal);
  return (
    <div className="yaml-problem" role="alert">
      <p>
        {line !== undefined && <b>{t('inspector:line', { line })} </b>}
        {message}
      </p>
      <p className="quiet">{t('inspector:draftKept')}</p>
      <Button small onPress={onRevert}>
        {t('inspector:revert')}
      </Button>
    </div>
  );
}

export function draftProblem(t: Text, refusal: CommandRefusal): { readonly line?: number; readonly message: string } {
  const line = refusal.params?.['line'];
  return { message: refusalText(t, refusal), ...(typeof line === 'number' && { line }) };
}
