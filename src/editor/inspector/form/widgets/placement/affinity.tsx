import { Plus } from 'lucide-react';
import { formatFieldPath } from '../../../../../apimachinery/field-path.ts';
import { valueAt } from '../../../../../base/json.ts';
import type { Path } from '../../../../../base/json.ts';
import { Button } from '../../../../../kit/button.tsx';
import { useText } from '../../../../i18n.ts';
import { useForm } from '../../form-context.ts';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { useNodes } from '../parts/around.ts';
import { NodeTerms, PreferredNodeTerms, beginTerm } from './node-terms.tsx';
import { PREFERRED, PodTerms, REQUIRED } from './pod-terms.tsx';

/** Where Pods want to be: on which Nodes, near which Pods, far from which. Source: core/v1 Affinity, 1.36. */
export function Affinity({ path }: { readonly path: Path }) {
  const t = useText();
  return (
    <div className="affinity">
      <section data-field={formatFieldPath([...path, 'nodeAffinity'])}>
        <h4>{t('fields:affinity.nodes')}</h4>
        <NodeAffinity path={[...path, 'nodeAffinity']} />
      </section>
      <section data-field={formatFieldPath([...path, 'podAffinity'])}>
        <h4>{t('fields:affinity.near')}</h4>
        <PodTerms path={[...path, 'podAffinity']} apart={false} />
      </section>
      <section data-field={formatFieldPath([...path, 'podAntiAffinity'])}>
        <h4>{t('fields:affinity.apart')}</h4>
        <PodTerms path={[...path, 'podAntiAffinity']} apart />
      </section>
    </div>
  );
}

/** On which Nodes Pods must be, and on which rather. */
export function NodeAffinity({ path }: { readonly path: Path }) {
  const { object, edit } = useForm();
  const t = useText();
  const nodes = useNodes();
  const required = [...path, REQUIRED];
  const begin = () => edit([{ op: 'set', path: required, value: { nodeSelectorTerms: [beginTerm(nodes)] } }]);
  return (
    <div className="widget">
      {valueAt(object, ...required) === undefined ? (
        <div className="add-row">
          <Button small look="quiet" onPress={begin}>
            <Plus size={14} aria-hidden /> {t('fields:nodeTerm.addRequired')}
          </Button>
        </div>
      ) : (
        <NodeTerms path={required} />
      )}
      <PreferredNodeTerms path={[...path, PREFERRED]} />
      <RestOfFields path={path} omit={[REQUIRED, PREFERRED]} />
    </div>
  );
}
