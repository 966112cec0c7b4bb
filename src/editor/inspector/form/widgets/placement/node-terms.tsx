import { matchesNodeSelector, parseNodeSelector } from '../../../../../apimachinery/node-selector.ts';
import { labelsOf, nameOf } from '../../../../../apimachinery/object.ts';
import { arrayAt, numberAt, valueAt } from '../../../../../base/json.ts';
import type { Path } from '../../../../../base/json.ts';
import { useText } from '../../../../i18n.ts';
import { nodeLabels } from '../../../answers/node-answers.ts';
import { shortList } from '../../../several/short-list.ts';
import { useForm } from '../../form-context.ts';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { useLabels, useNodes } from '../parts/around.ts';
import { ItemList } from '../parts/item-list.tsx';
import { Labelled } from '../parts/labelled.tsx';
import { Requirements } from '../parts/requirements.tsx';

/** A core/v1 NodeSelector: its terms, any of which will do, and the Nodes here that it selects. */
export function NodeTerms({ path }: { readonly path: Path }) {
  const { object } = useForm();
  const t = useText();
  const nodes = useNodes();
  const selector = parseNodeSelector(valueAt(object, ...path));
  const fit = nodes.filter((node) => matchesNodeSelector(selector, { name: nameOf(node), labels: labelsOf(node) }));
  return (
    <div className="widget">
      <ItemList
        path={[...path, 'nodeSelectorTerms']}
        add={t('fields:nodeTerm.addOther')}
        begin={() => beginTerm(nodes)}
        nameOf={(_, index) => t('fields:nodeTerm.name', { number: index + 1 })}
        between={t('fields:nodeTerm.or')}
      >
        {(at) => <NodeTerm path={at} />}
      </ItemList>
      <p className={fit.length === 0 ? 'widget-words tone-warn' : 'widget-words'} aria-live="polite">
        {fit.length === 0
          ? t('fields:nodeTerm.fitsNone', { count: nodes.length })
          : t('fields:nodeTerm.fits', { count: fit.length, of: nodes.length, nodes: shortList(fit.map(nameOf)) })}
      </p>
      <RestOfFields path={path} omit={['nodeSelectorTerms']} />
    </div>
  );
}

/** What a term begins as: the first label that Nodes here bear. */
export function beginTerm(nodes: ReturnType<typeof useNodes>) {
  const label = nodeLabels(nodes).find(({ values }) => values.length > 0) ?? {
    key: 'kubernetes.io/os',
    values: ['linux'],
  };
  return { matchExpressions: [{ key: label.key, operator: 'In', values: label.values.slice(0, 1) }] };
}

function NodeTerm({ path }: { readonly path: Path }) {
  const { object } = useForm();
  const labels = useLabels();
  const nodes = useNodes();
  return (
    <>
      <Requirements path={[...path, 'matchExpressions']} of="nodes" known={labels.nodes} />
      {arrayAt(object, ...path, 'matchFields').length > 0 && (
        <Requirements
          path={[...path, 'matchFields']}
          of="fields"
          known={() => [{ key: 'metadata.name', values: nodes.map(nameOf) }]}
        />
      )}
    </>
  );
}

/** Terms that the scheduler prefers, by weight. */
export function PreferredNodeTerms({ path }: { readonly path: Path }) {
  const { object } = useForm();
  const t = useText();
  const nodes = useNodes();
  return (
    <ItemList
      path={path}
      add={t('fields:nodeTerm.addPreferred')}
      begin={() => ({ weight: 50, preference: beginTerm(nodes) })}
      nameOf={(_, index) => t('fields:nodeTerm.name', { number: index + 1 })}
    >
      {(at) => (
        <>
          <Labelled path={[...at, 'weight']} title={t('fields:weight')} />
          <NodeTerm path={[...at, 'preference']} />
          <p className="widget-words">
            {t('fields:nodeTerm.preferred', { weight: numberAt(object, ...at, 'weight') ?? 0 })}
          </p>
        </>
      )}
    </ItemList>
  );
}
