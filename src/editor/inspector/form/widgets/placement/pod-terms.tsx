import { nameAt, numberAt, valueAt } from '../../../../../base/json.ts';
import type { JsonObject, Path } from '../../../../../base/json.ts';
import { useText } from '../../../../i18n.ts';
import { useWorkspaceState } from '../../../../workspace-context.ts';
import { useForm } from '../../form-context.ts';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { ItemList } from '../parts/item-list.tsx';
import { Labelled } from '../parts/labelled.tsx';
import { Selector } from '../selector.tsx';
import { podTermWords } from './placement-words.ts';
import { TopologyKey } from './topology-key.tsx';

export const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
export const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

interface PodTermsProps {
  /** Of a core/v1 PodAffinity or PodAntiAffinity. */
  readonly path: Path;
  /** Away from the Pods that are selected, not to them. */
  readonly apart: boolean;
}

/** Which Pods these want to be near, or far from: what must be, then what is preferred. */
export function PodTerms({ path, apart }: PodTermsProps) {
  const { object } = useForm();
  const t = useText();
  const begin = useBeginPodTerm();
  const nameOf = (item: unknown, index: number) => nameAt(item, 'topologyKey') ?? `#${index + 1}`;
  return (
    <div className="widget">
      <ItemList path={[...path, REQUIRED]} add={t('fields:podTerm.addRequired')} begin={begin} nameOf={nameOf}>
        {(at, item) => (
          <>
            <p className="widget-words">{podTermWords(item, { apart }, t)}</p>
            <PodTerm path={at} />
          </>
        )}
      </ItemList>
      <ItemList
        path={[...path, PREFERRED]}
        add={t('fields:podTerm.addPreferred')}
        begin={() => ({ weight: 50, podAffinityTerm: begin() })}
        nameOf={(item, index) => nameOf(valueAt(item, 'podAffinityTerm'), index)}
      >
        {(at, item) => (
          <>
            <p className="widget-words">
              {podTermWords(
                valueAt(item, 'podAffinityTerm') ?? null,
                { apart, weight: numberAt(object, ...at, 'weight') ?? 0 },
                t,
              )}
            </p>
            <Labelled path={[...at, 'weight']} title={t('fields:weight')} />
            <PodTerm path={[...at, 'podAffinityTerm']} />
          </>
        )}
      </ItemList>
      <RestOfFields path={path} omit={[REQUIRED, PREFERRED]} />
    </div>
  );
}

function PodTerm({ path }: { readonly path: Path }) {
  return (
    <>
      <TopologyKey path={[...path, 'topologyKey']} />
      <Selector path={[...path, 'labelSelector']} pairs={[...path, 'labelSelector', 'matchLabels']} />
      <RestOfFields path={path} omit={['topologyKey', 'labelSelector']} />
    </>
  );
}

/** The labels of the Pods themselves, on which a term about their own kind stands. */
export function useOwnLabels(): JsonObject {
  const { record } = useForm();
  const registry = useWorkspaceState((state) => state.registry);
  const labels = registry.of(record.object).podTemplate?.(record.object)?.labels ?? new Map<string, string>();
  return labels.size === 0 ? { app: 'example' } : Object.fromEntries(labels);
}

function useBeginPodTerm(): () => JsonObject {
  const labels = useOwnLabels();
  return () => ({ labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' });
}
