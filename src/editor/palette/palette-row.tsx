import { Star } from 'lucide-react';
import { Tooltip, TooltipTrigger, Focusable } from 'react-aria-components';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { useWorkspace } from '../workspace-context.ts';
import { addItem } from './add-item.ts';
import { followPress } from './palette-drag.ts';
import type { PaletteItem } from './palette-items.ts';

interface PaletteRowProps {
  readonly item: PaletteItem;
  /** The word of former times that found it. */
  readonly old?: string | undefined;
  readonly isFavourite: boolean;
  /** Whether Tab comes to this row. */
  readonly isCurrent: boolean;
  readonly onFavourite: (id: string) => void;
}

/** One item: pressed it is added, dragged it is put down on the canvas, and its star keeps it at the top. */
export function PaletteRow({ item, old, isFavourite, isCurrent, onFavourite }: PaletteRowProps) {
  const t = useText();
  const workspace = useWorkspace();
  return (
    <li className="palette-row">
      <TooltipTrigger delay={700} closeDelay={0}>
        <Focusable>
          <button
            type="button"
            className="palette-item"
            data-item={item.id}
            tabIndex={isCurrent ? 0 : -1}
            onClick={() => void addItem(workspace, item, t)}
            onPointerDown={(event) => {
              if (event.button === 0) followPress(event, item, workspace, t);
            }}
          >
            <KindIcon kind={item.icon.kind} category={item.icon.category} />
            <span className="palette-name">{item.title}</span>
            {item.hint !== '' && <span className="palette-hint">{item.hint}</span>}
          </button>
        </Focusable>
        <Tooltip className="tooltip" placement="right" offset={10}>
          {item.about}
        </Tooltip>
      </TooltipTrigger>
      <button
        type="button"
        className="palette-star"
        tabIndex={-1}
        aria-pressed={isFavourite}
        aria-label={t('palette:favourite', { title: item.title })}
        onClick={() => onFavourite(item.id)}
      >
        <Star size={13} aria-hidden />
      </button>
      {old !== undefined && <p className="palette-old">{t('palette:old', { word: old })}</p>}
    </li>
  );
}
