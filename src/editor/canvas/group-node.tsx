import type { NodeProps } from '@xyflow/react';
import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import type { GroupNode } from './flow-nodes.ts';
import { view } from './view/view-store.ts';

/** A box around cards that share a label. Its button folds them to one card. */
export const GroupView = memo(function GroupView({ data: { group } }: NodeProps<GroupNode>) {
  const t = useText();
  const name = visibleText(group.title);
  return (
    <div className="grouped">
      <div className="grouped-title">
        <button
          type="button"
          className="frame-fold nodrag"
          aria-expanded
          aria-label={t('canvas:fold', { name })}
          onClick={() =>
            view.setState(({ foldedGroups }) => ({ foldedGroups: new Set([...foldedGroups, group.folds]) }))
          }
        >
          <ChevronDown size={14} aria-hidden />
        </button>
        <span className="grouped-name" title={name}>
          {name}
        </span>
        <span className="quiet">{group.cards}</span>
      </div>
    </div>
  );
});
