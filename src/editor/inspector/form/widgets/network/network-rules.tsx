import { namespaceOf } from '../../../../../apimachinery/object.ts';
import { isJsonObject, nameAt, numberAt, objectAt, valueAt } from '../../../../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../../../../base/json.ts';
import { Choice } from '../../../../../kit/choice.tsx';
import { policyRulesOf } from '../../../../../kinds/shared/network-policy.ts';
import type { PolicyType } from '../../../../../kinds/shared/network-policy.ts';
import { useText } from '../../../../i18n.ts';
import { useForm } from '../../form-context.ts';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { useLanguage } from '../parts/around.ts';
import { ItemList } from '../parts/item-list.tsx';
import { Labelled } from '../parts/labelled.tsx';
import { StringTokens } from '../parts/string-tokens.tsx';
import { Selector } from '../selector.tsx';
import { ruleWords } from './network-words.ts';

interface NetworkRulesProps {
  readonly path: Path;
  readonly type: PolicyType;
}

/** The rules of one direction: each said as a sentence above its peers and ports. */
export function NetworkRules({ path, type }: NetworkRulesProps) {
  const { record } = useForm();
  const t = useText();
  const language = useLanguage();
  const peers = type === 'Ingress' ? 'from' : 'to';
  const rules = policyRulesOf(record.object, type);
  const own = namespaceOf(record.object) ?? record.namespace;
  return (
    <ItemList
      path={path}
      add={t('fields:policy.addRule')}
      begin={() => ({ [peers]: [{ podSelector: {} }] })}
      nameOf={(_, index) => t('fields:policy.rule', { number: index + 1 })}
      empty={t(type === 'Ingress' ? 'fields:policy.nothingIn' : 'fields:policy.nothingOut')}
      between={t('fields:policy.or')}
    >
      {(at) => {
        const rule = rules.find((one) => one.path.at(-1) === at.at(-1));
        return (
          <>
            <p className={rule ? 'widget-words rule-words' : 'widget-words tone-warn'} aria-live="polite">
              {rule ? ruleWords(rule, type, own, t, language) : t('fields:policy.noEffect', { type })}
            </p>
            <Peers path={[...at, peers]} type={type} />
            <Ports path={[...at, 'ports']} />
            <RestOfFields path={at} omit={[peers, 'ports']} />
          </>
        );
      }}
    </ItemList>
  );
}

/** Who is meant. Source: networking/v1 NetworkPolicyPeer, 1.36: a selector of each sort, both together, or an address range. */
const WHO = ['pods', 'namespaces', 'both', 'addresses'] as const;
type Who = (typeof WHO)[number];
const FIELDS: Readonly<Record<Who, readonly string[]>> = {
  pods: ['podSelector'],
  namespaces: ['namespaceSelector'],
  both: ['namespaceSelector', 'podSelector'],
  addresses: ['ipBlock'],
};

function Peers({ path, type }: NetworkRulesProps) {
  const t = useText();
  return (
    <div className="rule-part">
      <h5>{t(type === 'Ingress' ? 'fields:policy.from' : 'fields:policy.to')}</h5>
      <ItemList
        path={path}
        add={t('fields:policy.addPeer')}
        begin={() => ({ podSelector: {} })}
        nameOf={(_, index) => t('fields:policy.peer', { number: index + 1 })}
      >
        {(at, item) => <Peer path={at} item={item} />}
      </ItemList>
    </div>
  );
}

function Peer({ path, item }: { readonly path: Path; readonly item: JsonValue }) {
  const { edit } = useForm();
  const t = useText();
  const who = whoOf(item);
  const choose = (next: Who) => {
    const before: JsonObject = isJsonObject(item) ? item : {};
    const gone = Object.keys(before).filter((field) => !FIELDS[next].includes(field));
    const missing = FIELDS[next].filter((field) => before[field] === undefined);
    edit([
      ...missing.map((field) => {
        const value = field === 'ipBlock' ? { cidr: '10.0.0.0/8' } : {};
        return { op: 'set', path: [...path, field], value } as const;
      }),
      ...gone.map((field) => ({ op: 'delete', path: [...path, field] }) as const),
    ]);
  };
  return (
    <>
      <Choice
        label={t('fields:policy.who')}
        labelHidden
        value={who}
        options={WHO.map((id) => ({ id, label: t(`fields:policy.${id}`) }))}
        onChange={(id) => {
          const next = WHO.find((one) => one === id);
          if (next) choose(next);
        }}
      />
      {who === 'addresses' ? (
        <>
          <Labelled path={[...path, 'ipBlock', 'cidr']} />
          <StringTokens
            path={[...path, 'ipBlock', 'except']}
            label={t('fields:policy.except')}
            above
            placeholder="10.1.0.0/16"
            options={() => []}
          />
        </>
      ) : (
        FIELDS[who].map((field) => (
          <div key={field} className="rule-part">
            {who === 'both' && (
              <h5>{t(field === 'podSelector' ? 'fields:policy.pods' : 'fields:policy.namespaces')}</h5>
            )}
            <Selector
              path={[...path, field]}
              pairs={[...path, field, 'matchLabels']}
              of={field === 'podSelector' ? 'pods' : 'namespaces'}
            />
          </div>
        ))
      )}
    </>
  );
}

function whoOf(item: JsonValue): Who {
  if (objectAt(item, 'ipBlock')) return 'addresses';
  const namespaces = valueAt(item, 'namespaceSelector') !== undefined;
  return namespaces ? (valueAt(item, 'podSelector') === undefined ? 'namespaces' : 'both') : 'pods';
}

function Ports({ path }: { readonly path: Path }) {
  const t = useText();
  return (
    <div className="rule-part">
      <h5>{t('fields:policy.ports')}</h5>
      <ItemList
        path={path}
        add={t('fields:policy.addPort')}
        begin={() => ({ protocol: 'TCP', port: 80 })}
        nameOf={(item, index) => nameAt(item, 'port') ?? String(numberAt(item, 'port') ?? `#${index + 1}`)}
      >
        {(at) => (
          <div className="item-row">
            <Labelled path={[...at, 'protocol']} />
            <Labelled path={[...at, 'port']} />
            <Labelled path={[...at, 'endPort']} />
          </div>
        )}
      </ItemList>
    </div>
  );
}
