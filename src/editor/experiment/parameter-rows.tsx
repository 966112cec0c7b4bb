import { Plus, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { DraftParameter } from '../../experiment/draft.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import { CommitInput } from '../../kit/commit-input.tsx';
import { SuggestInput } from '../../kit/suggest-input.tsx';
import { useText } from '../i18n.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { changeDraft, draft } from './draft-state.ts';
import { knownFields } from './known-fields.ts';

/** Kinds that hold no field worth varying. */
const STILL = new Set(['Namespace', 'ServiceAccount', 'ConfigMap', 'Secret']);

/** What varies: a field of an object or of the run, and its values. */
export function ParameterRows() {
  const t = useText();
  const parameters = useStore(draft, (state) => state.parameters);
  const design = useWorkspaceState((state) => state.design);
  const records = [...design.records.values()].filter(({ object }) => !STILL.has(object.kind));
  const objectOf = (identity: string) => records.find((record) => record.identity === identity)?.object;
  const put = (index: number, part: Partial<DraftParameter>): undefined =>
    void changeDraft({ parameters: parameters.map((row, at) => (at === index ? { ...row, ...part } : row)) });
  const addFirst = () => {
    const scaled = records.find(({ object }) => knownFields(object).some(({ id }) => id === 'spec.replicas'));
    const isNew = scaled !== undefined && !parameters.some(({ object }) => object === scaled.identity);
    const row = isNew
      ? { object: scaled.identity, field: 'spec.replicas', values: '1, 2, 4' }
      : { object: '', field: 'topology.nodes', values: '1, 3' };
    changeDraft({ parameters: [...parameters, row] });
  };
  return (
    <section aria-labelledby="experiment-varied">
      <h3 id="experiment-varied">{t('experiment:varied')}</h3>
      {parameters.length === 0 && <p className="quiet">{t('experiment:noneVaried')}</p>}
      {parameters.map(({ object, field, values }, index) => (
        // Rows have no name of their own, and are only added at the end.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="experiment-parameter">
          <SuggestInput
            label={t('experiment:object')}
            labelHidden
            placeholder={t('experiment:ofTheRun')}
            openLabel={t('experiment:known')}
            value={object}
            options={() => records.map(({ identity }) => ({ id: identity }))}
            onCommit={(next) => put(index, { object: next.trim() })}
          />
          <IconButton
            small
            label={t('experiment:remove', { name: field })}
            icon={<Trash2 size={14} />}
            onPress={() => changeDraft({ parameters: parameters.filter((_, at) => at !== index) })}
          />
          <SuggestInput
            label={t('experiment:field')}
            labelHidden
            placeholder={t('experiment:field')}
            openLabel={t('experiment:known')}
            value={field}
            options={() => knownFields(objectOf(object))}
            onCommit={(next) => put(index, { field: next.trim() })}
          />
          <CommitInput
            label={t('experiment:values')}
            labelHidden
            mono
            placeholder={t('experiment:valuesHint')}
            value={values}
            onCommit={(next) => put(index, { values: next.trim() })}
          />
        </div>
      ))}
      <Button small onPress={addFirst}>
        <Plus size={14} aria-hidden />
        {t('experiment:add')}
      </Button>
    </section>
  );
}
