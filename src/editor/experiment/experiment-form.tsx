import { useStore } from 'zustand';
import type { ExperimentDraft } from '../../experiment/draft.ts';
import { Button } from '../../kit/button.tsx';
import { CommitInput } from '../../kit/commit-input.tsx';
import { Segmented } from '../../kit/segmented.tsx';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { numberAt } from '../../base/json.ts';
import { useText } from '../i18n.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { changeDraft, draft } from './draft-state.ts';
import { ParameterRows } from './parameter-rows.tsx';
import { PriceRows } from './price-rows.tsx';

type NumberField = 'seeds' | 'workers' | 'most';

/** What is tried, how often, and what happens meanwhile. */
export function ExperimentForm() {
  const t = useText();
  const state = useStore(draft);
  const isLeast = state.question === 'leastNodes';
  return (
    <div className="experiment-form">
      <Segmented
        label={t('experiment:question')}
        value={state.question}
        options={(['compare', 'leastNodes'] as const).map((id) => ({ id, label: t(`experiment:question.${id}`) }))}
        onChange={(question) => changeDraft({ question })}
      />
      {!isLeast && <ParameterRows />}
      <div className="experiment-numbers">
        <WholeNumber field="seeds" state={state} most={1000} />
        {isLeast ? (
          <WholeNumber field="most" state={state} most={5000} />
        ) : (
          <WholeNumber field="workers" state={state} most={5000} />
        )}
        <CommitInput
          label={t('experiment:until')}
          placeholder={t('experiment:untilHint')}
          value={state.until}
          onCommit={(until): undefined => void changeDraft({ until })}
        />
      </div>
      {isLeast && <PriceRows />}
      <Steps />
      {!isLeast && <PriceRows />}
    </div>
  );
}

function WholeNumber({
  field,
  state,
  most,
}: {
  readonly field: NumberField;
  readonly state: ExperimentDraft;
  readonly most: number;
}) {
  const t = useText();
  return (
    <CommitInput
      label={t(`experiment:${field}`)}
      inputMode="numeric"
      value={String(state[field])}
      onCommit={(text) => {
        const value = Number(text);
        if (!Number.isInteger(value) || value < 1 || value > most)
          return t('experiment:script.number', { least: '1', most: String(most) });
        changeDraft({ [field]: value });
        return undefined;
      }}
    />
  );
}

/** Requests, commands and faults, as a Script says them; some are a press away. */
function Steps() {
  const t = useText();
  const steps = useStore(draft, (state) => state.steps);
  const design = useWorkspaceState((state) => state.design);
  const objects = [...design.records.values()].map(({ object }) => object);
  const service = objects.find(({ kind }) => kind === 'Service');
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  const add = (line: string) => changeDraft({ steps: `${steps.trimEnd()}${steps.trim() === '' ? '' : '\n'}${line}\n` });
  return (
    <section aria-labelledby="experiment-happens">
      <h3 id="experiment-happens">{t('experiment:happens')}</h3>
      <CommitInput
        label={t('experiment:happensHint')}
        mono
        multiline
        value={steps}
        onCommit={(next): undefined => void changeDraft({ steps: next })}
      />
      <div className="experiment-row">
        {service && (
          <Button
            small
            onPress={() =>
              add(
                `- {at: 10s, request: {to: ${nameOf(service)}.${namespaceOf(service) ?? 'default'}, port: ${portOf(service)}, rate: 20, for: 60s, slow: 200ms}}`,
              )
            }
          >
            {t('experiment:addRequests')}
          </Button>
        )}
        {deployment && (
          <Button
            small
            onPress={() =>
              add(
                `- {at: 20s, kubectl: rollout restart -n ${namespaceOf(deployment) ?? 'default'} deployment/${nameOf(deployment)}}`,
              )
            }
          >
            {t('experiment:addRestart')}
          </Button>
        )}
        <Button small onPress={() => add('- {at: 20s, fault: node-failure, target: Node//w1}')}>
          {t('experiment:addFailure')}
        </Button>
      </div>
    </section>
  );
}

function portOf(service: Parameters<typeof numberAt>[0]): number {
  return numberAt(service, 'spec', 'ports', 0, 'port') ?? 80;
}
