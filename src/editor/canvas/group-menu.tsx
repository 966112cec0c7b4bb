import { Group as GroupIcon } from 'lucide-react';
import { useMemo } from 'react';
import { groupsOf } from '../../scene/view/group-scene.ts';
import { groupLabels } from '../../scene/view/group-labels.ts';
import { MenuButton } from '../../kit/menu.tsx';
import type { MenuEntry } from '../../kit/menu.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { designOf, sceneOf, useWorkspaceState, useWorkspaceStateSoon } from '../workspace-context.ts';
import { useView, view } from './view/view-store.ts';

/** Labels that the menu offers; of more, those that join the fewest cards are left out. */
const MOST_OFFERED = 12;

/** By which label boxes are drawn around cards. */
export function GroupMenu() {
  const t = useText();
  const scene = useWorkspaceStateSoon(sceneOf);
  const design = useWorkspaceStateSoon(designOf);
  const registry = useWorkspaceState((state) => state.registry);
  const isApplication = useWorkspaceState(({ picture }) => picture === 'application');
  const groupBy = useView((seen) => seen.groupBy);
  const labels = useMemo(
    () => groupLabels(scene, { design, registry }).slice(0, MOST_OFFERED),
    [scene, design, registry],
  );
  if (!isApplication || labels.length === 0) return null;
  const by = (key: string | undefined) => () => view.setState({ groupBy: key, foldedGroups: new Set() });
  const fold = (): void => {
    const groups = groupsOf(scene, { design, registry }, groupBy ?? '').values();
    view.setState({ foldedGroups: new Set(groups) });
  };
  const entries: readonly MenuEntry[] = [
    ...labels.map(({ key, cards }) => ({
      id: key,
      label: `${visibleText(key)} (${cards})`,
      onAction: by(key),
    })),
    ...(groupBy === undefined
      ? []
      : [
          { id: 'fold', label: t('canvas:foldGroups'), onAction: fold },
          { id: 'none', label: t('canvas:noGroup'), onAction: by(undefined) },
        ]),
  ];
  return (
    <MenuButton label={t('canvas:groupBy')} className="button-quiet button-small" entries={entries}>
      <GroupIcon size={14} aria-hidden /> {t('canvas:group')}
    </MenuButton>
  );
}
