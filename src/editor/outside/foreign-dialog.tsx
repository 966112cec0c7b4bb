import { useEffect, useMemo, useState } from 'react';
import type { Conversion } from '../../interchange/note.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import type { ImportedFile } from '../../workspace/workspace.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { useShelf } from '../shelf-context.ts';
import { NotesList } from './notes-list.tsx';
import { openingsOf } from './openings.ts';
import './outside.css';
import { useOutsideText } from './outside-text.ts';

interface ForeignDialogProps {
  readonly files: readonly ImportedFile[];
  readonly found: 'compose' | 'kustomize' | 'live';
}

/** Files of another tool: what they become, and all that is lost, before anything is brought in. */
export default function ForeignDialog({ files, found }: ForeignDialogProps) {
  const t = useOutsideText();
  const text = useText();
  const shelf = useShelf();
  const openings = useMemo(() => openingsOf(files, found), [files, found]);
  const [chosen, setChosen] = useState(openings[0]?.id ?? 'files');
  const [made, setMade] = useState<{ readonly opening: string; readonly conversion: Conversion }>();
  const opening = openings.find(({ id }) => id === chosen) ?? openings.at(-1)!;
  useEffect(() => {
    let isCurrent = true;
    opening.convert().then(
      (conversion) => isCurrent && setMade({ opening: opening.id, conversion }),
      (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
    );
    return () => {
      isCurrent = false;
    };
  }, [opening]);
  const conversion = made?.opening === opening.id ? made.conversion : undefined;
  const isAsTheyAre = opening.kind === 'files';
  const objects = conversion?.files.reduce((sum, { content }) => sum + content.split('\n---\n').length, 0) ?? 0;
  return (
    <Dialog
      title={t('openTitle')}
      closeLabel={text('shell:close')}
      onClose={closeDialog}
      footer={
        <Button
          look="primary"
          disabled={!conversion || (!isAsTheyAre && conversion.files.length === 0)}
          onPress={() => {
            shelf.bring(isAsTheyAre ? files : (conversion?.files ?? []));
            closeDialog();
          }}
        >
          {t('open')}
        </Button>
      }
    >
      <Choice
        label={t('openAs')}
        value={chosen}
        options={openings.map(({ id, kind, name }) => ({ id, label: t(`as.${kind}`, { name }) }))}
        onChange={setChosen}
      />
      {conversion && !isAsTheyAre && (
        <output className="quiet">{objects > 0 ? t('objects', { count: objects }) : t('nothingCame')}</output>
      )}
      {conversion && <NotesList notes={conversion.notes} />}
    </Dialog>
  );
}
