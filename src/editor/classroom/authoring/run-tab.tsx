import { CircleDot, RotateCcw, Trash2, TriangleAlert } from 'lucide-react';
import { asNumber, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { Button } from '../../../kit/button.tsx';
import { freshId, itemsOf, lineOfAct, withItem, withoutItem } from '../../../lessons/authoring/draft.ts';
import { useText } from '../../i18n.ts';
import { useSimulationState } from '../../simulation/simulation-context.ts';
import { changeDraft, playDraft, setField, takeRun } from './author-lesson.ts';
import { FieldProblems, RemoveButton, SaidFields, TextField } from './author-fields.tsx';
import { useAuthoring } from './author-state.ts';

/** What is done in the run, and when; what practice offers to break. */
export function RunTab() {
  const t = useText();
  const open = useAuthoring((state) => state)!;
  const hash = useSimulationState(({ branches, branch }) => branches[branch]?.hash);
  const run = objectAt(open.draft, 'run') ?? {};
  const steps = itemsOf(run, 'steps');
  const isOther = hash !== undefined && hash !== open.recorded;
  return (
    <div className="author-tab">
      <p className="quiet">{t('authoring:runHint')}</p>
      <p>
        {t('authoring:runAbout', {
          seed: asNumber(run['seed']) ?? 1,
          nodes: numberAt(run, 'topology', 'nodes') ?? 3,
          count: steps.length,
        })}
      </p>
      {isOther && (
        <p className="author-notice">
          <TriangleAlert size={14} aria-hidden /> {t('authoring:otherRun')}
        </p>
      )}
      <div className="author-buttons">
        <Button small look={isOther ? 'primary' : 'plain'} disabled={hash === undefined} onPress={() => void takeRun()}>
          <CircleDot size={14} aria-hidden /> {t('authoring:takeRun')}
        </Button>
        <Button small onPress={() => void playDraft()}>
          <RotateCcw size={14} aria-hidden /> {t('authoring:playRun')}
        </Button>
      </div>
      <FieldProblems field="run" />
      <ol className="author-acts">
        {steps.map((act, index) => (
          <Act key={`${stringAt(act, 'at') ?? ''} ${lineOfAct(act)}`} act={act} index={index} />
        ))}
      </ol>
      <div className="author-row">
        <TextField field="run.until" label={t('authoring:until')} mono optional />
      </div>
      <OfferedFaults />
    </div>
  );
}

function Act({ act, index }: { readonly act: JsonObject; readonly index: number }) {
  const t = useText();
  const field = `run.steps[${index}]`;
  const line = lineOfAct(act);
  return (
    <li>
      <CommitInput
        label={t('authoring:at', { line })}
        labelHidden
        mono
        value={stringAt(act, 'at') ?? ''}
        onCommit={(text) => {
          setField(`${field}.at`, text);
          return undefined;
        }}
      />
      <code>{line}</code>
      <Button small look="quiet" onPress={() => changeDraft((draft) => offered(draft, act))}>
        {t('authoring:offer')}
      </Button>
      <RemoveButton
        name={line}
        onPress={() =>
          changeDraft((draft) => ({ ...draft, run: withoutItem(objectAt(draft, 'run') ?? {}, 'steps', index) }))
        }
      />
      <FieldProblems field={field} below />
    </li>
  );
}

/** The same act among what practice offers. */
function offered(draft: JsonObject, act: JsonObject): JsonObject {
  const faults = itemsOf(draft, 'faults');
  const { at: _, ...done } = act;
  const line = lineOfAct(done);
  return withItem(draft, 'faults', faults.length, {
    id: freshId(faults, 'fault'),
    title: { en: line, zh: line },
    look: { en: '', zh: '' },
    do: [done],
  });
}

function OfferedFaults() {
  const t = useText();
  const faults = useAuthoring((open) => open?.lesson.faults.map(({ id }) => id).join(' ') ?? '');
  const ids = faults === '' ? [] : faults.split(' ');
  if (ids.length === 0) return <p className="quiet">{t('authoring:noFaults')}</p>;
  return (
    <section>
      <h3>{t('authoring:faults')}</h3>
      {ids.map((id, index) => (
        <div key={id} className="author-card">
          <SaidFields field={`faults[${index}].title`} label={t('authoring:faultTitle')} />
          <SaidFields field={`faults[${index}].look`} label={t('authoring:faultLook')} />
          <Button small look="quiet" onPress={() => changeDraft((draft) => withoutItem(draft, 'faults', index))}>
            <Trash2 size={14} aria-hidden /> {t('authoring:removeFault')}
          </Button>
        </div>
      ))}
    </section>
  );
}
