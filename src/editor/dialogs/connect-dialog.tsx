import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { nameOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { connectionChoices } from '../../design/commands/connect-records.ts';
import type { ConnectionChoice } from '../../design/commands/connect-records.ts';
import type { CommandOutcome, CommandRefusal } from '../../design/commands/command.ts';
import type { Design, RecordId } from '../../design/design.ts';
import { documentOf } from '../../design/records.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import { Button } from '../../kit/button.tsx';
import { DifferenceView } from '../../kit/difference-view.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { closeDialog, openDialog } from '../page-state.ts';
import { refusalText, runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

interface ConnectDialogProps {
  readonly source: RecordId;
  readonly target: RecordId;
}

/** What an arrow between two objects can mean: each legal meaning with the lines it would write, or why it cannot be. */
export function ConnectDialog({ source, target }: ConnectDialogProps) {
  const t = useText();
  const workspace = useWorkspace();
  const context = useWorkspaceState((state) => state);
  const from = context.design.records.get(source);
  const to = context.design.records.get(target);
  const choices = connectionChoices(context, source, target);
  const legal = choices.filter(({ outcome }) => !isRefusal(outcome));
  const other = connectionChoices(context, target, source).length > 0;
  const [chosen, setChosen] = useState(legal[0]?.id);
  if (!from || !to) return null;
  const names = { from: visibleText(nameOf(from.object)), to: visibleText(nameOf(to.object)) };
  const meaning = legal.find(({ id }) => id === chosen)?.id;
  const outcome = meaning && workspace.preview(COMMANDS.connectRecords, { source, target, meaning });
  const turn = (
    <Button onPress={() => openDialog({ type: 'connect', source: target, target: source })}>
      <ArrowLeftRight size={14} aria-hidden /> {t('dialogs:connectTurn')}
    </Button>
  );
  return (
    <Dialog
      key={`${source} ${target}`}
      wide
      title={t('dialogs:connectTitle', names)}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          {other && legal.length > 0 && turn}
          <Button onPress={closeDialog}>{t('shell:cancel')}</Button>
          <Button
            look="primary"
            disabled={meaning === undefined || outcome === undefined || 'refused' in outcome}
            onPress={() => {
              if (meaning === undefined) return;
              closeDialog();
              runCommand(workspace, COMMANDS.connectRecords, { source, target, meaning }, t);
            }}
          >
            {t('dialogs:connect')}
          </Button>
        </>
      }
    >
      {choices.length === 0 && (
        <p>
          {t(other ? 'dialogs:connectOtherWay' : 'dialogs:connectNothing', {
            ...names,
            source: from.object.kind,
            target: to.object.kind,
          })}
        </p>
      )}
      {legal.length === 0 && other && <div>{turn}</div>}
      {legal.length > 0 && (
        <RadioGroup
          className="meanings"
          value={chosen ?? null}
          onChange={(id) => setChosen(legal.find((choice) => choice.id === id)?.id)}
        >
          <Label className="field-label">{t('dialogs:connectMeaning')}</Label>
          {legal.map(({ id }) => (
            <Radio key={id} value={id} className="meaning">
              <span className="meaning-mark" />
              {t(`connections:${id}`, names)}
            </Radio>
          ))}
        </RadioGroup>
      )}
      <Refused choices={choices} names={names} />
      {outcome && <Preview outcome={outcome} design={context.design} records={[source, target]} />}
    </Dialog>
  );
}

function Refused({
  choices,
  names,
}: {
  readonly choices: readonly ConnectionChoice[];
  readonly names: { from: string; to: string };
}) {
  const t = useText();
  const refused = choices.filter(({ outcome }) => isRefusal(outcome));
  if (refused.length === 0) return null;
  return (
    <ul className="refused-meanings">
      {refused.map(({ id, outcome }) => (
        <li key={id}>
          <span>{t(`connections:${id}`, names)}</span>
          <span className="quiet">{isRefusal(outcome) && refusalText(t, outcome)}</span>
        </li>
      ))}
    </ul>
  );
}

interface PreviewProps {
  readonly outcome: CommandOutcome | CommandRefusal;
  readonly design: Design;
  readonly records: readonly RecordId[];
}

function Preview({ outcome, design, records }: PreviewProps) {
  const t = useText();
  if ('refused' in outcome) return <p className="field-error">{refusalText(t, outcome)}</p>;
  const changes = records.flatMap((id) => {
    const before = design.records.get(id);
    const after = outcome.design.records.get(id);
    if (!before || !after) return [];
    const texts = { before: documentOf(design, before).text, after: documentOf(outcome.design, after).text };
    return texts.before === texts.after ? [] : [{ id, file: before.file, ...texts }];
  });
  return changes.map(({ id, file, before, after }) => (
    <figure key={id} className="preview">
      <figcaption className="quiet">{t('dialogs:writes', { file })}</figcaption>
      <DifferenceView before={before} after={after} label={t('dialogs:writes', { file })} />
    </figure>
  ));
}
