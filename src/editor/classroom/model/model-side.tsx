import { useText } from '../../i18n.ts';
import { Button } from '../../../kit/button.tsx';
import { clock } from '../../simulation/steps.ts';
import { parameterValues } from '../../../lessons/parameters.ts';
import { openVariant } from '../lead-lesson.ts';
import type { LessonState } from '../lesson-state.ts';
import { useSay } from '../use-say.ts';
import { useModelPlayer, useModelState } from './model-stage.ts';
import type { ModelStep } from './model-view.tsx';

/** What the step carries, and what may be changed and tried. */
export function ModelSide({ open, step }: { readonly open: LessonState; readonly step: ModelStep | undefined }) {
  const t = useText();
  return (
    <aside className="sim-side model-side" aria-label={t('models:side')}>
      <div className="model-side-inner">
        {step && <StepFacts step={step} />}
        {open.mode !== 'test' && <Tries open={open} />}
        {open.mode === 'practice' && <Numbers open={open} />}
        <Simplified open={open} />
      </div>
    </aside>
  );
}

function StepFacts({ step }: { readonly step: ModelStep }) {
  const facts = Object.entries(step.detail ?? {});
  return (
    <section>
      <header className="sim-envelope-head">
        <div>
          <code>
            {step.verb} {step.object ?? ''}
          </code>
          <small>
            {step.from}
            {step.from !== step.to && ` → ${step.to}`} · t = {clock(step.timeMs)} · #{step.seq}
          </small>
        </div>
      </header>
      {facts.length > 0 && (
        <dl className="model-rows model-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** What may go wrong: done at the step that is shown, in a branch of its own. */
function Tries({ open }: { readonly open: LessonState }) {
  const t = useText();
  const say = useSay();
  const player = useModelPlayer();
  const refusal = useModelState((state) => state.refusal);
  return (
    <section className="model-tries">
      <h3>{t('models:try')}</h3>
      <ul>
        {open.lesson.faults.map(({ id, title, look, acts }) => (
          <li key={id}>
            <Button small onPress={() => player.act(acts)}>
              {say(title)}
            </Button>
            <p className="quiet">{say(look)}</p>
          </li>
        ))}
      </ul>
      {refusal !== undefined && <p className="tone-bad">{t('models:refused', { reason: refusal })}</p>}
    </section>
  );
}

/** The numbers of the lesson: with others it comes to something else. */
function Numbers({ open }: { readonly open: LessonState }) {
  const t = useText();
  const { parameters } = open.lesson;
  const names = Object.keys(parameters);
  if (names.length === 0) return null;
  return (
    <section className="model-tries">
      <h3>{t('models:numbers')}</h3>
      {names.map((name) => (
        <label key={name} className="model-number">
          <code>{name}</code>
          <select
            className="input"
            value={String(parameters[name])}
            onChange={({ target }) => {
              const value = parameterValues(open.source, name).find((one) => String(one) === target.value);
              if (value !== undefined) void openVariant(open, { ...parameters, [name]: value });
            }}
          >
            {parameterValues(open.source, name).map((value) => (
              <option key={String(value)}>{value}</option>
            ))}
          </select>
        </label>
      ))}
    </section>
  );
}

function Simplified({ open }: { readonly open: LessonState }) {
  const t = useText();
  const say = useSay();
  return (
    <details className="model-tries quiet">
      <summary>{t('models:simplified')}</summary>
      <ul>
        {open.lesson.simplified.map((said) => (
          <li key={said.en}>{say(said)}</li>
        ))}
      </ul>
    </details>
  );
}
