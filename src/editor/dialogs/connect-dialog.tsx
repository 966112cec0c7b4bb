import { useMemo, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { nameOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import type { RecordId } from '../../design/design.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import type { ConnectionChosen } from '../../kinds/kind.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { en } from '../../locales/en/index.ts';
import { meaningsBetween } from '../connecting/meanings.ts';
import type { Meaning } from '../connecting/meanings.ts';
import { sentence, useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { refusalText, runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { ChangedFiles } from './changed-files.tsx';
import { ConnectOptions } from './connect-options.tsx';

interface ConnectDialogProps {
  readonly source: RecordId;
  readonly target: RecordId;
}

/** What an arrow between two objects can mean, whichever end writes it: each meaning with its lines, or why it cannot be. */
export function ConnectDialog({ source, target }: ConnectDialogProps) {
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const meanings = useMemo(
    () => meaningsBetween({ design, registry }, source, target),
    [design, registry, source, target],
  );
  const legal = meanings.filter(({ outcome }) => !isRefusal(outcome));
  const [key, setKey] = useState(legal[0]?.key);
  const [chosen, setChosen] = useState<ConnectionChosen>({});
  const from = design.records.get(source);
  const to = design.records.get(target);
  if (!from || !to) return null;
  const meaning = legal.find((one) => one.key === key) ?? legal[0];
  const args = meaning && { source: meaning.source, target: meaning.target, meaning: meaning.id, chosen };
  const outcome = args && workspace.preview(COMMANDS.connectRecords, args);
  const isReady = outcome !== undefined && !('refused' in outcome);
  const names = { from: visibleText(nameOf(from.object)), to: visibleText(nameOf(to.object)) };
  return (
    <Dialog
      wide
      title={t('dialogs:connectTitle', names)}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{t('shell:cancel')}</Button>
          <Button
            look="primary"
            disabled={!isReady}
            onPress={() => {
              if (!args) return;
              closeDialog();
              runCommand(workspace, COMMANDS.connectRecords, args, t);
            }}
          >
            {t('dialogs:connect')}
          </Button>
        </>
      }
    >
      {meanings.length === 0 && (
        <p>{t('dialogs:connectNothing', { ...names, source: from.object.kind, target: to.object.kind })}</p>
      )}
      {legal.length > 0 && (
        <RadioGroup
          className="meanings"
          value={meaning?.key ?? null}
          onChange={(next) => {
            setKey(next);
            setChosen({});
          }}
        >
          <Label className="field-label">{t('dialogs:connectMeaning')}</Label>
          {legal.map((one) => (
            <Radio key={one.key} value={one.key} className="meaning">
              <span className="meaning-mark" />
              <MeaningWords meaning={one} />
            </Radio>
          ))}
        </RadioGroup>
      )}
      {meaning && meaning.options.length > 0 && (
        <ConnectOptions
          key={meaning.key}
          options={meaning.options}
          chosen={chosen}
          onChange={(id, value) => setChosen((before) => ({ ...before, [id]: value }))}
        />
      )}
      {outcome && 'refused' in outcome && <p className="field-error">{refusalText(t, outcome)}</p>}
      {outcome && !('refused' in outcome) && <ChangedFiles before={design} after={outcome.design} />}
      <Refused meanings={meanings} />
    </Dialog>
  );
}

/** The sentence of a meaning, and what follows from it where that is not plain. */
function MeaningWords({ meaning }: { readonly meaning: Meaning }) {
  const t = useText();
  const why = whyOf(t, meaning);
  return (
    <span className="meaning-words">
      <span>{meaningText(t, meaning)}</span>
      {why && <span className="quiet">{why}</span>}
    </span>
  );
}

function meaningText(t: Text, { id, names }: Meaning): string {
  return t(`connections:${id}`, { from: visibleText(names.from), to: visibleText(names.to) });
}

function whyOf(t: Text, { id }: Meaning): string | undefined {
  return Object.hasOwn(en.connections, `${id}.why`) ? sentence(t, 'connections', `${id}.why`) : undefined;
}

function Refused({ meanings }: { readonly meanings: readonly Meaning[] }) {
  const t = useText();
  const refused = meanings.filter(({ outcome }) => isRefusal(outcome));
  if (refused.length === 0) return null;
  return (
    <section>
      <h3 className="field-label">{t('dialogs:connectRefused')}</h3>
      <ul className="refused-meanings">
        {refused.map((meaning) => (
          <li key={meaning.key}>
            <span>{meaningText(t, meaning)}</span>
            <span className="quiet">{isRefusal(meaning.outcome) && refusalText(t, meaning.outcome)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
