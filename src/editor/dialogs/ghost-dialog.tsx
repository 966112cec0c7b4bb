import { FilePlus2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { refusalText, runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { ChangedFiles } from './changed-files.tsx';

const CREATE = '';

/** What to do about an object that is pointed at and not there: make it, or point at another; each with its lines. */
export function GhostDialog({ identity }: { readonly identity: string }) {
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const graph = useWorkspaceState((state) => state.graph);
  const registry = useWorkspaceState((state) => state.registry);
  const [choice, setChoice] = useState(CREATE);
  const { namespace, name, ...kind } = parseObjectIdentity(identity);
  const others = useMemo(() => {
    const wanted = registry.canonical(kind);
    return [...design.records.values()].filter(
      (record) => record.namespace === namespace && registry.canonical(groupVersionKindOf(record.object)) === wanted,
    );
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the kind and namespace are parts of the identity
  }, [design, registry, identity]);
  const pointing = graph.references.filter(({ toIdentity }) => toIdentity === identity);
  const outcome =
    choice === CREATE
      ? workspace.preview(COMMANDS.createMissing, { identity })
      : workspace.preview(COMMANDS.pointElsewhere, { identity, target: choice });
  return (
    <Dialog
      wide
      title={t('dialogs:ghostTitle', { kind: kind.kind, name: visibleText(name) })}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{t('shell:cancel')}</Button>
          <Button
            look="primary"
            disabled={'refused' in outcome}
            onPress={() => {
              closeDialog();
              if (choice === CREATE) runCommand(workspace, COMMANDS.createMissing, { identity }, t);
              else runCommand(workspace, COMMANDS.pointElsewhere, { identity, target: choice }, t);
            }}
          >
            {t(choice === CREATE ? 'dialogs:ghostCreate' : 'dialogs:ghostPoint')}
          </Button>
        </>
      }
    >
      <section>
        <h3 className="field-label">{t('dialogs:ghostUsedBy')}</h3>
        <ul className="broken-list">
          {pointing.map(({ index, from, declaration }) => {
            const record = design.records.get(from);
            return (
              record && (
                <li key={index}>
                  <b>{visibleText(nameOf(record.object))}</b>
                  <span className="quiet">{record.object.kind}</span>
                  <span>{t(`references:${declaration.type}`)}</span>
                  <code>{formatFieldPath(declaration.field)}</code>
                </li>
              )
            );
          })}
        </ul>
      </section>
      <RadioGroup className="meanings" value={choice} onChange={setChoice}>
        <Label className="field-label">{t('dialogs:ghostChoice')}</Label>
        <Radio value={CREATE} className="meaning">
          <span className="meaning-mark" />
          <FilePlus2 size={14} aria-hidden />
          {t('dialogs:ghostCreateLong', { kind: kind.kind, name: visibleText(name) })}
        </Radio>
        {others.map(({ id, object }) => (
          <Radio key={id} value={id} className="meaning">
            <span className="meaning-mark" />
            {t('dialogs:ghostPointLong', { kind: kind.kind, name: visibleText(nameOf(object)) })}
          </Radio>
        ))}
      </RadioGroup>
      {'refused' in outcome ? (
        <p className="field-error">{refusalText(t, outcome)}</p>
      ) : (
        <ChangedFiles before={design} after={outcome.design} />
      )}
    </Dialog>
  );
}
