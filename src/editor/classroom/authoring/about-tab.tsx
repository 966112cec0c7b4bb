import { Plus } from 'lucide-react';
import { Button } from '../../../kit/button.tsx';
import { Choice } from '../../../kit/choice.tsx';
import { itemsOf, withItem, withoutItem } from '../../../lessons/authoring/draft.ts';
import { LEVELS } from '../../../lessons/lesson.ts';
import { useText } from '../../i18n.ts';
import { changeDraft, setField } from './author-lesson.ts';
import { FieldProblems, NumberField, RemoveButton, SaidFields, TextField, useDraftText } from './author-fields.tsx';
import { useAuthoring } from './author-state.ts';

/** What a list of lessons says of it. */
export function AboutTab() {
  const t = useText();
  const level = useDraftText('level');
  return (
    <div className="author-tab">
      <SaidFields field="title" label={t('authoring:title')} />
      <div className="author-row">
        <TextField field="metadata.name" label={t('authoring:id')} mono />
        <NumberField field="minutes" label={t('authoring:minutes')} />
        <Choice
          label={t('authoring:level')}
          value={level}
          options={LEVELS.map((id) => ({ id, label: t(`authoring:level.${id}`) }))}
          onChange={(id) => setField('level', id)}
        />
      </div>
      <SaidList list="goals" label={t('authoring:goal')} add={t('authoring:addGoal')} />
      <SaidList list="simplified" label={t('authoring:simplification')} add={t('authoring:addSimplification')} />
      {(['flows', 'items', 'corrections'] as const).map((field) => (
        <FieldProblems key={field} field={field} below />
      ))}
    </div>
  );
}

function SaidList({ list, label, add }: { readonly list: string; readonly label: string; readonly add: string }) {
  const count = useAuthoring((open) => (open === undefined ? 0 : itemsOf(open.draft, list).length));
  return (
    <section>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="author-item">
          <SaidFields field={`${list}[${index}]`} label={`${label} ${index + 1}`} />
          <RemoveButton
            name={`${label} ${index + 1}`}
            onPress={() => changeDraft((draft) => withoutItem(draft, list, index))}
          />
        </div>
      ))}
      <Button small onPress={() => changeDraft((draft) => withItem(draft, list, count, { en: '', zh: '' }))}>
        <Plus size={14} aria-hidden /> {add}
      </Button>
    </section>
  );
}
