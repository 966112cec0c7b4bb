import { arrayAt, nameAt, numberAt, valueAt } from '../../../../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../../../../base/json.ts';
import { useText } from '../../../../i18n.ts';
import { answersAt } from '../../../answers/answers-at.ts';
import { useWorkspace } from '../../../../workspace-context.ts';
import { useForm } from '../../form-context.ts';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { ItemList } from '../parts/item-list.tsx';
import { Labelled } from '../parts/labelled.tsx';
import { SuggestedField } from '../parts/suggested-field.tsx';
import { pathWords } from './ingress-words.ts';

/** The hosts of an Ingress, and where the paths of each lead: each as a sentence. Source: networking/v1 IngressRule, 1.36. */
export function IngressRules({ path }: { readonly path: Path }) {
  const { object } = useForm();
  const t = useText();
  const begin = () => ({ host: 'app.example.com', http: { paths: [beginPath(object)] } });
  return (
    <ItemList
      path={path}
      add={t('fields:ingress.addRule')}
      begin={begin}
      nameOf={(item) => nameAt(item, 'host') ?? t('fields:ingress.everyHost')}
    >
      {(at, item) => (
        <>
          <Labelled path={[...at, 'host']} title={t('fields:ingress.host')} />
          <ItemList
            path={[...at, 'http', 'paths']}
            add={t('fields:ingress.addPath')}
            begin={() => beginPath(object)}
            nameOf={(one, index) => nameAt(one, 'path') ?? `#${index + 1}`}
          >
            {(one) => <IngressPath path={one} host={nameAt(item, 'host')} />}
          </ItemList>
          <RestOfFields path={at} omit={['host', 'http']} />
        </>
      )}
    </ItemList>
  );
}

/** Leads where another path of this Ingress leads. */
function beginPath(object: JsonObject): JsonObject {
  const backend = arrayAt(object, 'spec', 'rules')
    .flatMap((rule) => arrayAt(rule, 'http', 'paths'))
    .map((path) => valueAt(path, 'backend'))
    .find((one) => one !== undefined);
  return { path: '/', pathType: 'Prefix', backend: backend ?? { service: { name: 'example', port: { number: 80 } } } };
}

function IngressPath({ path, host }: { readonly path: Path; readonly host: string | undefined }) {
  const { object } = useForm();
  const t = useText();
  const backend = [...path, 'backend'];
  return (
    <>
      <p className="widget-words rule-words">{pathWords(object, host, valueAt(object, ...path), t)}</p>
      <Labelled path={[...path, 'path']} />
      <Labelled path={[...path, 'pathType']} />
      {valueAt(object, ...backend, 'resource') === undefined && (
        <div className="item-row item-row-wide-first">
          <Labelled path={[...backend, 'service', 'name']} title={t('fields:ingress.service')} />
          <ServicePort path={[...backend, 'service', 'port']} />
        </div>
      )}
      <RestOfFields path={backend} omit={['service']} />
      <RestOfFields path={path} omit={['path', 'pathType', 'backend']} />
    </>
  );
}

/** A port by its number or its name, in one field: the two exclude each other. */
function ServicePort({ path }: { readonly path: Path }) {
  const { record, object, guide, edit } = useForm();
  const t = useText();
  const { store } = useWorkspace();
  const value: JsonValue | undefined = nameAt(object, ...path, 'name') ?? numberAt(object, ...path, 'number');
  const options = () => {
    const around = { ...store.getState(), record, object: record.object, schemaAt: guide.schemaAt };
    return (answersAt({ ...around, path: [...path, 'number'] })?.() ?? []).map(({ value: port, hint }) => ({
      id: String(port),
      ...(hint && { hint }),
    }));
  };
  const write = (text: string) => {
    if (text === '') return edit([{ op: 'delete', path }]);
    return edit([{ op: 'set', path, value: /^\d+$/.test(text) ? { number: Number(text) } : { name: text } }]);
  };
  return <SuggestedField path={path} title={t('fields:ingress.port')} value={value} options={options} write={write} />;
}
