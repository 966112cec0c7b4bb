import { useMemo } from 'react';
import { formatGroupKind, parseGroupKind } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import type { RecordId } from '../../design/design.ts';
import type { KindDefinition } from '../../kinds/kind.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { SearchList } from '../../kit/search-list.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { spotBeside } from '../connecting/spot-beside.ts';
import type { Direction } from '../connecting/spot-beside.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { closeDialog, reveal } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

interface CreateConnectedProps {
  readonly to: RecordId;
  readonly direction: Direction;
}

/** Chooses the kind of a new card that is connected to one that is there; the likeliest arrow is drawn with it. */
export function CreateConnectedDialog({ to, direction }: CreateConnectedProps) {
  const t = useText();
  const workspace = useWorkspace();
  const registry = useWorkspaceState((state) => state.registry);
  const record = useWorkspaceState(({ design }) => design.records.get(to));
  const items = useMemo(() => {
    if (!record) return [];
    return joinable(registry, registry.of(record.object)).map((definition) => ({
      id: formatGroupKind(definition),
      label: definition.kind,
      hint: definition.shortNames[0] ?? '',
      words: [definition.resource, ...definition.shortNames, t(`canvas:category.${definition.category}`)],
      icon: <KindIcon kind={definition} category={definition.category} />,
    }));
  }, [registry, record, t]);
  if (!record) return null;
  const create = (id: string): void => {
    const { scene, picture } = workspace.store.getState();
    const at = picture === 'application' ? spotBeside(scene, to, direction) : undefined;
    const args = { to, kind: parseGroupKind(id), picture, ...(at && { at }) };
    if (runCommand(workspace, COMMANDS.addConnected, args, t)) return;
    closeDialog();
    const [added] = workspace.store.getState().selection;
    if (added !== undefined) reveal(added);
  };
  return (
    <Dialog
      title={t('dialogs:createConnectedTitle', { name: visibleText(nameOf(record.object)) })}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
    >
      <SearchList label={t('dialogs:searchKinds')} empty={t('dialogs:noKind')} items={items} onChoose={create} />
    </Dialog>
  );
}

/** Kinds that an arrow can be drawn to or from: first those that this kind points at. */
function joinable(registry: KindRegistry, own: KindDefinition): readonly KindDefinition[] {
  const points = (from: KindDefinition, to: KindDefinition): boolean =>
    (from.connections ?? []).some((connection) =>
      connection.to === 'podTemplate' ? hasPods(to) : registry.canonical(connection.to) === registry.canonical(to),
    );
  const rest = registry.definitions.filter((other) => other !== own);
  const outward = rest.filter((other) => points(own, other));
  return [...outward, ...rest.filter((other) => !outward.includes(other) && points(other, own))];
}

function hasPods(definition: KindDefinition): boolean {
  return definition.podTemplate?.(definition.newObject('a', 'a')) !== undefined;
}
