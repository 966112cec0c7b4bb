import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import type { SavedInfo } from '../../workspace/saving/design-store.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { useShelf, useShelfState } from '../shelf-context.ts';
import { when } from '../when.ts';

/** Every design that this browser keeps; one press opens it. */
export function DesignsDialog() {
  const t = useText();
  const designs = useShelfState((state) => state.designs);
  return (
    <Dialog title={t('files:designsTitle')} closeLabel={t('shell:close')} onClose={closeDialog}>
      {designs.length === 0 ? <p>{t('files:designsNone')}</p> : <DesignList designs={designs} onOpened={closeDialog} />}
      <p className="quiet">{t('files:designsNote')}</p>
    </Dialog>
  );
}

interface DesignListProps {
  readonly designs: readonly SavedInfo[];
  readonly onOpened?: () => void;
}

export function DesignList({ designs, onOpened }: DesignListProps) {
  return (
    <ul className="design-list">
      {designs.map((info) => (
        <DesignRow key={info.id} info={info} onOpened={onOpened} />
      ))}
    </ul>
  );
}

function DesignRow({ info, onOpened }: { readonly info: SavedInfo; readonly onOpened: (() => void) | undefined }) {
  const t = useText();
  const shelf = useShelf();
  const open = useShelfState((state) => state.id === info.id);
  const [asked, setAsked] = useState(false);
  const name = visibleText(info.name) || t('files:untitled');
  if (asked) {
    return (
      <li className="design-row design-row-asked">
        <span>{t('files:deleteSure', { name })}</span>
        <Button small onPress={() => setAsked(false)}>
          {t('shell:cancel')}
        </Button>
        <Button small look="danger" onPress={() => void shelf.remove(info.id)}>
          {t('files:deleteYes')}
        </Button>
      </li>
    );
  }
  return (
    <li className="design-row">
      <button
        type="button"
        className="design-open"
        onClick={() => {
          onOpened?.();
          if (!open) void shelf.open(info.id);
        }}
      >
        <b>{name}</b>
        <span className="quiet">
          {[
            t('shell:objects', { count: info.objects }),
            t('shell:files', { count: info.files }),
            open ? t('files:isOpen') : when(info.savedAt, t),
          ].join(' · ')}
        </span>
      </button>
      <IconButton
        small
        label={t('files:deleteDesign', { name })}
        icon={<Trash2 size={14} />}
        onPress={() => setAsked(true)}
      />
    </li>
  );
}
