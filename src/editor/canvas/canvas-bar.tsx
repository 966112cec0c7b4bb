import { Boxes, Filter as FilterIcon, Hand, MousePointer2, Server, StickyNote } from 'lucide-react';
import { ToggleButton } from 'react-aria-components';
import { CLUSTER_PARTS, OUTSIDERS } from '../../design/drawn.ts';
import { MenuButton } from '../../kit/menu.tsx';
import { Button } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { ActorIcon } from './drawn/actor-icon.tsx';
import { useDraw } from './drawn/use-draw.ts';
import { GroupMenu } from './group-menu.tsx';
import { hands, useHands } from './hands/hands-state.ts';
import { ViewChips } from './view/view-chips.tsx';
import { useView, view } from './view/view-store.ts';

/** The tools of the picture: pointer or hand, filters, folding, and what can be drawn beside the objects. */
export function CanvasBar() {
  const t = useText();
  const tool = useHands((state) => state.tool);
  const foldApps = useView((state) => state.foldApps);
  const isApplication = useWorkspaceState(({ picture }) => picture === 'application');
  const draw = useDraw();
  return (
    <div className="canvas-bar" role="toolbar" aria-label={t('canvas:tools')}>
      <div className="control-group control-flat">
        <ToggleButton
          className="button button-quiet button-icon button-small"
          aria-label={t('actions:selectTool')}
          isSelected={tool === 'select'}
          onChange={() => hands.setState({ tool: 'select' })}
        >
          <MousePointer2 size={14} />
        </ToggleButton>
        <ToggleButton
          className="button button-quiet button-icon button-small"
          aria-label={t('actions:handTool')}
          isSelected={tool === 'hand'}
          onChange={() => hands.setState({ tool: 'hand' })}
        >
          <Hand size={14} />
        </ToggleButton>
      </div>
      <Button small look="quiet" onPress={() => openDialog({ type: 'filter' })}>
        <FilterIcon size={14} aria-hidden /> {t('canvas:filter')}
      </Button>
      {isApplication && (
        <ToggleButton
          className="button button-quiet button-small"
          isSelected={foldApps}
          onChange={(on) => view.setState({ foldApps: on, unfolded: new Set() })}
        >
          <Boxes size={14} aria-hidden /> {t('canvas:foldApps')}
        </ToggleButton>
      )}
      <GroupMenu />
      <MenuButton
        label={t('canvas:draw')}
        className="button-quiet button-small"
        entries={[
          { id: 'note', label: t('canvas:draw.note'), icon: <StickyNote size={14} />, onAction: () => draw('note') },
          ...OUTSIDERS.map((what) => ({
            id: what,
            label: t(`canvas:actor.${what}`),
            icon: <ActorIcon what={what} size={14} />,
            onAction: () => draw('actor', what),
          })),
          { id: 'title', label: t('canvas:draw.title'), onAction: () => draw('title') },
          { id: 'legend', label: t('canvas:draw.legend'), onAction: () => draw('legend') },
        ]}
      >
        <StickyNote size={14} aria-hidden /> {t('canvas:draw')}
      </MenuButton>
      <MenuButton
        label={t('classroom:parts')}
        className="button-quiet button-small"
        entries={CLUSTER_PARTS.map((what) => ({
          id: what,
          label: what,
          icon: <ActorIcon what={what} size={14} />,
          onAction: () => draw('actor', what),
        }))}
      >
        <Server size={14} aria-hidden /> {t('classroom:parts')}
      </MenuButton>
      <ViewChips />
    </div>
  );
}
