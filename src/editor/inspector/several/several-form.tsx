import { Plus, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import '../form/form.css';
import type { JsonValue, Path } from '../../../base/json.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { DesignRecord } from '../../../design/design.ts';
import { Button, IconButton } from '../../../kit/button.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { InfoButton } from '../../../kit/info-button.tsx';
import type { Edit } from '../../../manifest/edit.ts';
import { useText } from '../../i18n.ts';
import { refusalText } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { loadGuide } from '../form/guide-of.ts';
import type { FieldGuide } from '../form/guide-of.ts';
import { CommonControl } from './common-control.tsx';
import { commonFields, commonLabels } from './common-fields.ts';
import type { CommonField } from './common-fields.ts';
import { shortList } from './short-list.ts';

type EditAll = (edits: readonly { readonly record: string; readonly edit: Edit }[], field: Path) => string | undefined;

/** What several objects have in common, edited in all of them as one step. */
export default function SeveralForm({ records }: { readonly records: readonly DesignRecord[] }) {
  const t = useText();
  const workspace = useWorkspace();
  const registry = useWorkspaceState((state) => state.registry);
  const guides = useGuides(records);
  const fields = useMemo(
    () =>
      guides ? commonFields(records, registry, ({ object }, path) => guides.get(guideKey(object))!.schemaAt(path)) : [],
    [records, registry, guides],
  );
  const editAll: EditAll = (edits, field) => {
    const refusal = workspace.run(COMMANDS.editRecords, { edits, field });
    return refusal && refusal.refused !== 'command.noChange' ? refusalText(t, refusal) : undefined;
  };
  if (!guides) return null;
  return (
    <div className="form">
      <section className="form-section" aria-label={t('fields:several.common')}>
        <h3>{t('fields:several.common')}</h3>
        {fields.length === 0 && <p className="quiet">{t('fields:several.none')}</p>}
        {fields.map((field) => (
          <CommonRow key={field.key} field={field} guides={guides} editAll={editAll} />
        ))}
      </section>
      <CommonLabels records={records} editAll={editAll} />
    </div>
  );
}

function CommonRow({
  field,
  guides,
  editAll,
}: {
  readonly field: CommonField;
  readonly guides: Guides;
  readonly editAll: EditAll;
}) {
  const t = useText();
  const { places, path, schema } = field;
  const [first] = places;
  const title = String(path.at(-1));
  const set = (value: JsonValue | undefined) =>
    editAll(
      places.flatMap((place) => {
        if (value === undefined && place.value === undefined) return [];
        const edit: Edit =
          value === undefined ? { op: 'delete', path: place.path } : { op: 'set', path: place.path, value };
        return [{ record: place.record.id, edit }];
      }),
      path,
    );
  return (
    <div className="form-row">
      <div className="form-control">
        <CommonControl field={field} title={title} within={withinOf(path)} onChange={set} />
      </div>
      <div className="form-tools">
        {first && (
          <InfoButton label={t('fields:about', { field: title })}>
            <p className="info-title">
              <code>{title}</code> <span className="quiet">{schema.type}</span>
            </p>
            <p className="info-text" lang="en">
              {guides.get(guideKey(first.record.object))?.describe(first.path) || t('fields:noWords')}
            </p>
          </InfoButton>
        )}
      </div>
    </div>
  );
}

/** Labels by key: how many of the objects bear each, and its value where they agree. */
function CommonLabels({ records, editAll }: { readonly records: readonly DesignRecord[]; readonly editAll: EditAll }) {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const labels = useMemo(() => commonLabels(records), [records]);
  const pathOf = (key: string): Path => ['metadata', 'labels', key];
  const put = (key: string, value: string) =>
    editAll(
      records.map(({ id }) => ({ record: id, edit: { op: 'set', path: pathOf(key), value } as const })),
      pathOf(key),
    );
  const take = (key: string) =>
    editAll(
      records.map(({ id }) => ({ record: id, edit: { op: 'delete', path: pathOf(key) } as const })),
      pathOf(key),
    );
  return (
    <section className="form-section" aria-label="labels">
      <h3>{t('fields:several.labels')}</h3>
      {[...labels].slice(0, MOST_LABELS).map(([key, values]) => {
        const distinct = [...new Set(values)];
        const isCommon = distinct.length === 1 && values.length === records.length;
        return (
          <div key={key} className="form-row">
            <div className="form-control">
              <CommitInput
                label={key}
                hint={
                  values.length < records.length
                    ? t('fields:several.on', { count: values.length, of: records.length })
                    : ''
                }
                mono
                value={isCommon ? (distinct[0] ?? '') : ''}
                placeholder={isCommon ? '' : t('fields:several.mixed', { values: shortList(distinct) })}
                onCommit={(value) => put(key, value)}
              />
            </div>
            <div className="form-tools several-tools">
              <IconButton
                small
                className="form-remove"
                label={t('inspector:removeField', { field: key })}
                icon={<X size={12} />}
                onPress={() => take(key)}
              />
            </div>
          </div>
        );
      })}
      {adding ? (
        <CommitInput
          label={t('fields:several.newLabel')}
          value=""
          mono
          placeholder="key=value"
          // Opened to be answered at once.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onCommit={(text) => {
            const at = text.indexOf('=');
            if (text !== '' && at < 1) return t('fields:selector.form');
            const reason = text === '' ? undefined : put(text.slice(0, at).trim(), text.slice(at + 1).trim());
            if (reason === undefined) setAdding(false);
            return reason;
          }}
        />
      ) : (
        <div className="add-row">
          <Button small look="quiet" onPress={() => setAdding(true)}>
            <Plus size={14} aria-hidden /> {t('fields:selector.add')}
          </Button>
        </div>
      )}
    </section>
  );
}

const MOST_LABELS = 40;

function withinOf(path: Path): string {
  return path
    .slice(0, -1)
    .filter((step) => step !== '*' && step !== 'spec')
    .join(' · ');
}

type Guides = ReadonlyMap<string, FieldGuide>;

function guideKey({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${apiVersion} ${kind}`;
}

/** The guides of all kinds among the objects; undefined until they are there. */
function useGuides(records: readonly DesignRecord[]): Guides | undefined {
  const { store } = useWorkspace();
  const kinds = [...new Set(records.map(({ object }) => guideKey(object)))].sort().join('\n');
  const [loaded, setLoaded] = useState<{ readonly kinds: string; readonly guides: Guides } | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const load = async () => {
      const guides = await Promise.all(
        kinds.split('\n').map(async (key) => {
          const [apiVersion = '', kind = ''] = key.split(' ');
          return [key, await loadGuide({ apiVersion, kind }, store.getState())] as const;
        }),
      );
      if (current) setLoaded({ kinds, guides: new Map(guides) });
    };
    // Without schemas nothing is common but labels.
    load().catch(() => current && setLoaded({ kinds, guides: new Map() }));
    return () => {
      current = false;
    };
  }, [kinds, store]);
  return loaded?.kinds === kinds ? loaded.guides : undefined;
}
