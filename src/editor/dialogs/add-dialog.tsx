import { useMemo, useState } from 'react';
import { formatApiVersion, formatGroupKind, parseGroupKind } from '../../apimachinery/group-version-kind.ts';
import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { Choice } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { SearchList } from '../../kit/search-list.tsx';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { closeDialog, reveal } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { likelyNamespace, namespacesOf } from './namespaces.ts';

/** Every kind, found by its name, short name or category; choosing one adds it. */
export function AddDialog() {
  const t = useText();
  const workspace = useWorkspace();
  const definitions = useWorkspaceState(({ registry }) => registry.definitions);
  const design = useWorkspaceState((state) => state.design);
  const namespaces = useMemo(() => namespacesOf(design), [design]);
  const [namespace, setNamespace] = useState(() => likelyNamespace(workspace));
  const items = useMemo(
    () =>
      definitions.map((definition) => ({
        id: formatGroupKind(definition),
        label: definition.kind,
        hint: definition.shortNames[0] ?? '',
        more: formatApiVersion(definition.group, definition.version),
        words: [definition.resource, ...definition.shortNames, t(`canvas:category.${definition.category}`)],
        icon: <KindIcon kind={definition} category={definition.category} />,
      })),
    [definitions, t],
  );
  const add = (id: string) => {
    const own = namespace === DEFAULT_NAMESPACE ? {} : { namespace };
    const refusal = runCommand(workspace, COMMANDS.addRecord, { kind: parseGroupKind(id), ...own }, t);
    if (refusal) return;
    closeDialog();
    const [added] = workspace.store.getState().selection;
    if (added !== undefined) reveal(added);
  };
  return (
    <Dialog title={t('dialogs:addTitle')} closeLabel={t('shell:close')} onClose={closeDialog}>
      <Choice
        label={t('dialogs:addNamespace')}
        value={namespace}
        options={namespaces.map((name) => ({ id: name, label: name }))}
        onChange={setNamespace}
      />
      <SearchList label={t('dialogs:searchKinds')} empty={t('dialogs:noKind')} items={items} onChoose={add} />
    </Dialog>
  );
}
