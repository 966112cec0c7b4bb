import { useState } from 'react';
import './glossary.css';
import { Dialog } from '../../../kit/dialog.tsx';
import { Tabs } from '../../../kit/tabs.tsx';
import { FLOWS } from '../../../lessons/glossary/data/flows.ts';
import { CARDS, CORRECTIONS } from '../../../lessons/glossary/glossary.ts';
import { PINNED_RELEASE } from '../../../openapi/resource.ts';
import { GATES } from '../../../workspace/simulation/release-gates.ts';
import { useText } from '../../i18n.ts';
import { closeDialog } from '../../page-state.ts';
import type { GlossaryPlace, GlossaryTab } from '../../page-state.ts';
import { CardsTab } from './cards-tab.tsx';
import { ChecklistTab } from './checklist-tab.tsx';
import { CorrectionsTab } from './corrections-tab.tsx';
import { FeaturesTab } from './features-tab.tsx';
import { LESSONS_THERE } from './lessons-there.ts';

/** The glossary, what notes say against what is so today, the checklist, and the feature gates of the release: pages that lead to each other. */
export default function GlossaryDialog({ at }: { readonly at: GlossaryPlace }) {
  const t = useText();
  const [place, setPlace] = useState<GlossaryPlace>(at);
  const parts = { place, lessons: LESSONS_THERE, onGo: setPlace };
  return (
    <Dialog title={t('glossary:dialog')} closeLabel={t('shell:close')} onClose={closeDialog} huge>
      <div className="glossary">
        <Tabs
          label={t('glossary:dialog')}
          selected={place.tab}
          onSelect={(tab) => setPlace((before) => ({ ...before, tab: tab as GlossaryTab }))}
          tabs={[
            { id: 'cards', title: t('glossary:title'), count: CARDS.length, content: <CardsTab {...parts} /> },
            {
              id: 'notes',
              title: t('glossary:notes'),
              count: CORRECTIONS.length,
              content: <CorrectionsTab {...parts} />,
            },
            {
              id: 'checklist',
              title: t('glossary:checklist'),
              count: CARDS.length + FLOWS.length,
              content: <ChecklistTab {...parts} />,
            },
            { id: 'gates', title: t('glossary:gates'), count: GATES.length, content: <FeaturesTab /> },
          ]}
          extra={<span className="quiet glossary-release">{t('glossary:release', { minor: PINNED_RELEASE })}</span>}
        />
      </div>
    </Dialog>
  );
}
