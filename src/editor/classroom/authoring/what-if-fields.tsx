import { Plus } from 'lucide-react';
import { arrayAt, isJsonObject } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { actsOfLines, isPlainAct, lineOfAct } from '../../../lessons/authoring/draft.ts';
import { useText } from '../../i18n.ts';
import { FieldProblems, TextField } from './author-fields.tsx';
import { setField } from './author-lesson.ts';

/** What is tried, in a branch that nobody sees, before the question can be answered. */
export function WhatIfFields({ question, field }: { readonly question: JsonObject; readonly field: string }) {
  const t = useText();
  const whatIf = question['whatIf'];
  if (!isJsonObject(whatIf))
    return (
      <Button small look="quiet" onPress={() => setField(`${field}.whatIf`, { do: [], for: '30s' })}>
        <Plus size={14} aria-hidden /> {t('authoring:addWhatIf')}
      </Button>
    );
  const acts = arrayAt(whatIf, 'do').filter(isJsonObject);
  const isPlain = acts.every(isPlainAct);
  return (
    <section>
      {isPlain ? (
        <CommitInput
          label={t('authoring:whatIf')}
          hint={t('authoring:whatIfHint')}
          mono
          multiline
          value={acts.map(lineOfAct).join('\n')}
          onCommit={(text) => {
            setField(`${field}.whatIf.do`, [...actsOfLines(text)]);
            return undefined;
          }}
        />
      ) : (
        <pre className="author-lines">{acts.map(lineOfAct).join('\n')}</pre>
      )}
      <FieldProblems field={`${field}.whatIf`} />
      <div className="author-row">
        <TextField field={`${field}.whatIf.for`} label={t('authoring:whatIfFor')} mono />
        <Button small look="quiet" onPress={() => setField(`${field}.whatIf`, undefined)}>
          {t('authoring:removeWhatIf')}
        </Button>
      </div>
    </section>
  );
}
