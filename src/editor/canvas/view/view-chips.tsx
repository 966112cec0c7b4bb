import { X } from 'lucide-react';
import { nameOf } from '../../../apimachinery/object.ts';
import { WHOLE_VIEW } from '../../../scene/view/view.ts';
import { Button } from '../../../kit/button.tsx';
import { visibleText } from '../../../kit/visible-text.ts';
import { useText } from '../../i18n.ts';
import { useWorkspaceState } from '../../workspace-context.ts';
import { filterText } from './filter-words.ts';
import { toggleFilter, useShownScene, useView, view } from './view-store.ts';

/** What keeps cards out of sight, always in sight itself: each condition can be taken away, or all at once. */
export function ViewChips() {
  const t = useText();
  const { filters, focus, foldApps, groupBy } = useView((state) => state);
  const design = useWorkspaceState((state) => state.design);
  const all = useWorkspaceState(({ scene }) => scene.cards.length);
  const shown = useShownScene().cards.reduce((sum, { members }) => sum + (members ?? 1), 0);
  const focused = design.records.get(focus ?? '');
  if (filters.length === 0 && focus === undefined && !foldApps && groupBy === undefined) return null;
  return (
    <div className="view-chips">
      {filters.map((filter) => (
        <Chip
          key={`${filter.by} ${filter.value}`}
          sort={t(`canvas:filter.${filter.by}`)}
          text={filterText(t, filter)}
          onRemove={() => toggleFilter(filter)}
        />
      ))}
      {focused && (
        <Chip
          sort={t('canvas:focus')}
          text={visibleText(nameOf(focused.object))}
          onRemove={() => view.setState({ focus: undefined })}
        />
      )}
      {foldApps && (
        <Chip
          sort={t('canvas:folded')}
          text={t('canvas:byApp')}
          onRemove={() => view.setState({ foldApps: false, unfolded: new Set() })}
        />
      )}
      {groupBy !== undefined && (
        <Chip
          sort={t('canvas:group')}
          text={visibleText(groupBy)}
          onRemove={() => view.setState({ groupBy: undefined, foldedGroups: new Set() })}
        />
      )}
      {(filters.length > 0 || focus !== undefined) && (
        <span className="quiet">{t('canvas:shownOf', { shown, all })}</span>
      )}
      <Button small look="quiet" onPress={() => view.setState(WHOLE_VIEW)}>
        {t('canvas:showAll')}
      </Button>
    </div>
  );
}

interface ChipProps {
  readonly sort: string;
  readonly text: string;
  readonly onRemove: () => void;
}

function Chip({ sort, text, onRemove }: ChipProps) {
  const t = useText();
  return (
    <button
      type="button"
      className="view-chip"
      onClick={onRemove}
      aria-label={t('canvas:removeFilter', { sort, text })}
    >
      <span className="quiet">{sort}</span> {text}
      <X size={12} aria-hidden />
    </button>
  );
}
