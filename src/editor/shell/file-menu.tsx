import { ChevronDown } from 'lucide-react';
import { MenuButton } from '../../kit/menu.tsx';
import { useText } from '../i18n.ts';
import { designOf, useWorkspaceStateSoon } from '../workspace-context.ts';
import { actionsOf } from './actions.tsx';
import { useAround } from './use-around.ts';

const ENTRIES = [
  'new',
  'templates',
  'designs',
  'openFiles',
  'openFolder',
  'export',
  'picture',
  'compare',
  'share',
  'experiment',
  'clear',
];

/** Designs and files: what begins one, opens one, brings something in, or is done with all of it. */
export function FileMenu() {
  const t = useText();
  const around = useAround();
  // What can be done changes with the design.
  useWorkspaceStateSoon(designOf);
  const actions = new Map(actionsOf(around).map((action) => [action.id, action]));
  return (
    <MenuButton
      label={t('files:menu')}
      className="button-quiet file-menu"
      entries={ENTRIES.flatMap((id) => {
        const action = actions.get(id);
        if (!action) return [];
        const Icon = action.icon;
        return {
          id,
          label: action.title,
          icon: <Icon size={16} />,
          danger: id === 'clear',
          disabled: !action.enabled,
          onAction: action.run,
        };
      })}
    >
      {t('files:menu')}
      <ChevronDown size={14} aria-hidden />
    </MenuButton>
  );
}
