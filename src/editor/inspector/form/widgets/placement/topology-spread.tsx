import { nameAt } from '../../../../../base/json.ts';
import type { Path } from '../../../../../base/json.ts';
import { useText } from '../../../../i18n.ts';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { ItemList } from '../parts/item-list.tsx';
import { Labelled } from '../parts/labelled.tsx';
import { Selector } from '../selector.tsx';
import { spreadWords } from './placement-words.ts';
import { useOwnLabels } from './pod-terms.tsx';
import { TopologyKey } from './topology-key.tsx';

const DRAWN = ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector'];

/** How evenly Pods are spread over places; each constraint as a sentence. Source: core/v1 TopologySpreadConstraint, 1.36. */
export function TopologySpread({ path }: { readonly path: Path }) {
  const t = useText();
  const labels = useOwnLabels();
  const begin = () => ({
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
  });
  return (
    <ItemList
      path={path}
      add={t('fields:spread.add')}
      begin={begin}
      nameOf={(item, index) => nameAt(item, 'topologyKey') ?? `#${index + 1}`}
    >
      {(at, item) => (
        <>
          <p className="widget-words">{spreadWords(item, t)}</p>
          <TopologyKey path={[...at, 'topologyKey']} />
          <div className="item-row item-row-narrow-first">
            <Labelled path={[...at, 'maxSkew']} />
            <Labelled path={[...at, 'whenUnsatisfiable']} />
          </div>
          <Selector path={[...at, 'labelSelector']} pairs={[...at, 'labelSelector', 'matchLabels']} />
          <RestOfFields path={at} omit={DRAWN} />
        </>
      )}
    </ItemList>
  );
}
