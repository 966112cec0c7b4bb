import { useMemo, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { nameOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import type { PutSource } from '../../design/commands/put-into.ts';
import type { Design, DesignRecord, RecordId } from '../../design/design.ts';
import type { PutInto } from '../../design/put-into.ts';
import { Button } from '../../kit/button.tsx';
import { Choice, Toggle } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { DifferenceLines } from '../../kit/difference-view.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import type { PutIntoRequest } from '../page-state.ts';
import { refusalText, runCommand } from '../run-command.ts';
import { exportedBaseline } from '../../workspace/baseline.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { fileChanges } from '../dock/files-as-text/file-changes.ts';

const WAYS = ['containers', 'template'] as const satisfies readonly PutInto[];

/** A Pod, or a pattern, that is put into a workload: what that can mean, with its exact lines; done only when a person says so. */
export default function PutIntoDialog({ source, workload: given }: PutIntoRequest) {
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const workloads = useWorkloads(source);
  const [chosen, setChosen] = useState<RecordId | undefined>(given);
  const [how, setHow] = useState<PutInto>('containers');
  const [takeAway, setTakeAway] = useState(true);
  const workload = chosen ?? workloads[0]?.id;
  const from = 'record' in source ? design.records.get(source.record) : undefined;
  const target = workload === undefined ? undefined : design.records.get(workload);
  const what = 'title' in source ? source.title : from ? visibleText(nameOf(from.object)) : '';
  const args = useMemo(() => {
    if (workload === undefined) return undefined;
    const put: PutSource = 'record' in source ? { record: source.record, takeAway } : source;
    return { source: put, workload, how };
  }, [source, workload, how, takeAway]);
  const outcome = useMemo(
    () => args && workspace.preview(COMMANDS.putInto, args),
    // A design that changed gives another outcome.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [args, workspace, design],
  );
  const isReady = outcome !== undefined && !('refused' in outcome);
  const names = { what, workload: target ? visibleText(nameOf(target.object)) : '' };
  return (
    <Dialog
      wide
      title={t('dialogs:putIntoTitle', { what })}
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
              runCommand(workspace, COMMANDS.putInto, args, t);
            }}
          >
            {t('dialogs:putInto')}
          </Button>
        </>
      }
    >
      {workloads.length === 0 && <p>{t('dialogs:putIntoNothing')}</p>}
      {given === undefined && workloads.length > 0 && (
        <Choice
          label={t('dialogs:putIntoWorkload')}
          value={workload ?? null}
          options={workloads.map(({ id, object }) => ({
            id,
            label: `${visibleText(nameOf(object))} · ${object.kind}`,
          }))}
          onChange={setChosen}
        />
      )}
      {target && (
        <RadioGroup
          className="meanings"
          value={how}
          onChange={(next) => setHow(WAYS.find((way) => way === next) ?? 'containers')}
        >
          <Label className="field-label">{t('dialogs:putIntoMeaning')}</Label>
          {WAYS.map((way) => (
            <Radio key={way} value={way} className="meaning">
              <span className="meaning-mark" />
              <span className="meaning-words">
                <span>{t(`dialogs:putInto.${way}`, names)}</span>
                <span className="quiet">{t(`dialogs:putInto.${way}.why`, names)}</span>
              </span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      {from && <Toggle label={t('dialogs:putIntoTakeAway', { what })} value={takeAway} onChange={setTakeAway} />}
      {outcome && 'refused' in outcome && <p className="field-error">{refusalText(t, outcome)}</p>}
      {outcome && !('refused' in outcome) && <Changes before={design} after={outcome.design} />}
    </Dialog>
  );
}

/** Every line that comes and goes, those of documents that go as a whole too. */
function Changes({ before, after }: { readonly before: Design; readonly after: Design }) {
  const t = useText();
  const changes = useMemo(() => fileChanges(exportedBaseline(before), after), [before, after]);
  return changes.map(({ path, lines }) => (
    <figure key={path} className="preview">
      <figcaption className="quiet">{t('dialogs:writes', { file: path })}</figcaption>
      <DifferenceLines lines={lines()} label={t('dialogs:writes', { file: path })} />
    </figure>
  ));
}

/** What has a template of Pods and is none itself; those in the Pod's own namespace. */
function useWorkloads(source: PutIntoRequest['source']): readonly DesignRecord[] {
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  return useMemo(() => {
    const from = 'record' in source ? design.records.get(source.record) : undefined;
    return [...design.records.values()].filter((record) => {
      const template = registry.of(record.object).podTemplate?.(record.object);
      return template && template.specPath.length > 1 && (!from || from.namespace === record.namespace);
    });
  }, [design, registry, source]);
}
