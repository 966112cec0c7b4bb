import { sameItems } from '../../base/same-items.ts';
import { BookA, CopyPlus, Ellipsis, FolderInput, PackagePlus, Pencil, Replace, Trash2 } from 'lucide-react';
import { lazy, memo, Suspense, useDeferredValue, useMemo, useState } from 'react';
import './inspector.css';
import { formatGroupKind } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { isDrawnKey } from '../../design/drawn.ts';
import type { DesignRecord, RecordId } from '../../design/design.ts';
import { IconButton } from '../../kit/button.tsx';
import { KIND_CARDS } from '../../lessons/glossary/kind-cards.ts';
import { MenuButton } from '../../kit/menu.tsx';
import type { MenuEntry } from '../../kit/menu.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { fixText } from '../dialogs/fix-words.tsx';
import { askToDelete } from '../dialogs/ask-to-delete.ts';
import { hotkeyLabel } from '../hotkeys.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { openDialog, page, usePage } from '../page-state.ts';
import type { PageState } from '../page-state.ts';
import { useConversions } from '../problems/use-conversions.ts';
import { runCommand } from '../run-command.ts';
import { useRefusedProblems, withRefused } from '../simulation/refused-problems.ts';
import { TakeOver } from '../simulation/take-over.tsx';
import { problemsOf, useWorkspace, useWorkspaceState, useWorkspaceStateSoon } from '../workspace-context.ts';
import { ArrowPane } from './arrow-pane.tsx';
import { EdgePane } from './edge-pane.tsx';
import { Overview } from './overview.tsx';
import { SeveralPane } from './several/several-pane.tsx';
import { RelationsPane } from './relations/relations-pane.tsx';
import { YamlPane } from './yaml/yaml-pane.tsx';

/** Schemas, widgets and all: loaded when the first object is selected. */
const FormPane = memo(lazy(() => import('./form/form-pane.tsx')));

/** What is selected, in full: one object, one edge, several objects, or how to read the picture. */
export function Inspector() {
  const selection = useWorkspaceState((state) => state.selection);
  const edge = usePage((state) => state.edge);
  const [only] = selection;
  if (edge !== undefined && selection.size === 0)
    return isDrawnKey(edge) ? <ArrowPane id={edge} /> : <EdgePane id={edge} />;
  if (only === undefined) return <Overview />;
  return selection.size === 1 ? <RecordPane id={only} /> : <SeveralPane selection={selection} />;
}

function RecordPane({ id }: { readonly id: RecordId }) {
  const t = useText();
  const record = useWorkspaceState(({ design }) => design.records.get(id));
  const shown = useQuietly(record);
  const problems = useWorkspaceStateSoon(problemsOf);
  const refused = useRefusedProblems(id);
  const found = useMemo(
    () =>
      withRefused(
        problems.filter((problem) => problem.record === id),
        refused,
      ),
    [problems, refused, id],
  );
  const own = useSame(found);
  const relations = useWorkspaceState(({ graph }) => graph.outgoing(id).length + graph.incoming(id).length);
  const tab = usePage((state) => state.inspectorTab);
  if (!record || !shown) return <Overview />;
  return (
    <div className="inspector">
      <RecordHead record={shown} />
      <TakeOver record={shown} />
      <Tabs
        label={t('shell:inspector')}
        selected={tab}
        onSelect={(next) => page.setState({ inspectorTab: next as PageState['inspectorTab'] })}
        tabs={[
          {
            id: 'form',
            title: t('inspector:form'),
            content: (
              <Suspense fallback={null}>
                <FormPane key={id} record={shown} problems={own} />
              </Suspense>
            ),
          },
          { id: 'yaml', title: t('inspector:yaml'), content: <YamlPane key={id} record={record} /> },
          { id: 'relations', title: t('inspector:relations'), count: relations, content: <RelationsPane id={id} /> },
        ]}
      />
    </div>
  );
}

/**
 * An object as it is shown here. What is changed here is shown at once; what was changed elsewhere, in slices of time
 * between which a person may go on there.
 */
function useQuietly(now: DesignRecord | undefined): DesignRecord | undefined {
  const soon = useDeferredValue(now);
  const [shown, setShown] = useState(now);
  const isHere = document.activeElement?.closest('.inspector') !== null;
  // Never back to what it was before: a list that has just been opened in it would close.
  const next = isHere || soon === now || shown?.id !== now?.id ? now : shown;
  if (next !== shown) setShown(next);
  return next;
}

/** The list as it was while a new one holds the same. */
function useSame<Value>(list: readonly Value[]): readonly Value[] {
  const [kept, setKept] = useState(list);
  const isSame = sameItems(kept, list);
  if (!isSame) setKept(list);
  return isSame ? kept : list;
}

const RecordHead = memo(function RecordHead({ record }: { readonly record: DesignRecord }) {
  const t = useText();
  const workspace = useWorkspace();
  const definition = useWorkspaceState(({ registry }) => registry.of(record.object));
  const { object, namespace } = record;
  const name = visibleText(nameOf(object)) || t('inspector:unnamed');
  const move: MenuEntry = {
    id: 'move',
    label: t('commands:move'),
    icon: <FolderInput size={14} />,
    onAction: () => openDialog({ type: 'move', records: [record.id] }),
  };
  const putInto: MenuEntry = {
    id: 'putInto',
    label: t('dialogs:putIntoMenu'),
    icon: <PackagePlus size={14} />,
    onAction: () => openDialog({ type: 'putInto', source: { record: record.id } }),
  };
  const card = KIND_CARDS[formatGroupKind(definition)];
  const glossary: MenuEntry = {
    id: 'glossary',
    label: t('glossary:title'),
    icon: <BookA size={14} />,
    onAction: () => openDialog({ type: 'glossary', at: { tab: 'cards', ...(card !== undefined && { item: card }) } }),
  };
  const conversions = useConversions(record.id) ?? [];
  const entries: readonly MenuEntry[] = [
    ...conversions.map((fix): MenuEntry => ({
      id: 'convert',
      label: t('inspector:convert', { what: fixText(t, fix) }),
      icon: <Replace size={14} />,
      onAction: () => openDialog({ type: 'convert', record: record.id }),
    })),
    {
      id: 'duplicate',
      label: t('commands:duplicate'),
      icon: <CopyPlus size={14} />,
      hotkey: hotkeyLabel('Mod+D'),
      onAction: () => runCommand(workspace, COMMANDS.duplicateRecords, { records: [record.id] }, t),
    },
    ...(namespace === '' ? [] : [move]),
    ...(definition.podTemplate?.(object)?.specPath.length === 1 ? [putInto] : []),
    ...(card === undefined ? [] : [glossary]),
    {
      id: 'delete',
      label: t('commands:delete'),
      icon: <Trash2 size={14} />,
      hotkey: 'Delete',
      danger: true,
      onAction: () => askToDelete(workspace, [record.id], t),
    },
  ];
  const parts = [object.kind, namespace === '' ? t('canvas:cluster') : namespace, object.apiVersion];
  return (
    <header className="inspector-head">
      <KindIcon kind={definition} category={definition.category} size="large" />
      <div className="inspector-words">
        <h2>{name}</h2>
        <p className="quiet">{parts.map(visibleText).join(' · ')}</p>
      </div>
      <div className="inspector-actions">
        <IconButton
          small
          label={t('commands:rename')}
          hotkey="F2"
          icon={<Pencil size={14} />}
          onPress={() => openDialog({ type: 'rename', record: record.id })}
        />
        <MenuButton label={t('inspector:more')} className="button-quiet button-icon button-small" entries={entries}>
          <Ellipsis size={14} aria-hidden />
        </MenuButton>
      </div>
    </header>
  );
});
