import { Group, ToggleButton } from 'react-aria-components';
import { formatFieldPath } from '../../../../../apimachinery/field-path.ts';
import { arrayAt } from '../../../../../base/json.ts';
import type { JsonValue, Path } from '../../../../../base/json.ts';
import { Button } from '../../../../../kit/button.tsx';
import { useText } from '../../../../i18n.ts';
import { useWorkspaceState } from '../../../../workspace-context.ts';
import { useForm } from '../../form-context.ts';
import { ProblemsAtField } from '../../problems-at-field.tsx';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { useLanguage } from '../parts/around.ts';
import { ItemList } from '../parts/item-list.tsx';
import { StringTokens } from '../parts/string-tokens.tsx';
import {
  MORE_VERBS,
  USUAL_VERBS,
  groupsOf,
  knownResources,
  readResource,
  strayResources,
  textOf,
} from './rbac-resources.ts';
import { accessWords } from './rbac-words.ts';

/** What a role allows: for each rule its verbs, and the resources that they are for. */
export function RbacRules({ path }: { readonly path: Path }) {
  const t = useText();
  return (
    <ItemList
      path={path}
      add={t('fields:rbac.addRule')}
      begin={() => ({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] })}
      nameOf={(_, index) => t('fields:policy.rule', { number: index + 1 })}
      empty={t('fields:rbac.nothing')}
    >
      {(at, item) => <Rule path={at} item={item} />}
    </ItemList>
  );
}

const DRAWN = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'];

function Rule({ path, item }: { readonly path: Path; readonly item: JsonValue }) {
  const { object, edit } = useForm();
  const t = useText();
  const language = useLanguage();
  const registry = useWorkspaceState((state) => state.registry);
  const known = knownResources(registry);
  const groups = arrayAt(item, 'apiGroups');
  const forUrls = arrayAt(item, 'nonResourceURLs').length > 0;
  const groupEdit = (group: string | undefined) =>
    group === undefined || groups.includes(group) || groups.includes('*')
      ? []
      : [{ op: 'append', path: [...path, 'apiGroups'], value: group } as const];
  const addResource = (text: string) => {
    const { group, resource } = readResource(text, known);
    if (arrayAt(item, 'resources').includes(resource)) return edit(groupEdit(group));
    return edit([{ op: 'append', path: [...path, 'resources'], value: resource }, ...groupEdit(group)]);
  };
  const stray = strayResources(item, known);
  const groupHint = (resource: string) => {
    const own = groupsOf(resource, known).filter((group) => groups.includes(group) || groups.includes('*'));
    return own.filter(Boolean).join(', ');
  };
  return (
    <>
      <p className="widget-words rule-words" aria-live="polite">
        {accessWords(item, t, language)}
      </p>
      <Verbs path={[...path, 'verbs']} />
      {!forUrls && (
        <>
          <StringTokens
            path={[...path, 'resources']}
            label={t('fields:rbac.addResource')}
            placeholder="deployments.apps"
            options={() => known.map((one) => ({ id: textOf(one) }))}
            add={addResource}
            hintOf={groupHint}
          />
          {stray.length > 0 && (
            <div className="item-warning">
              <p className="widget-words tone-warn">
                {t('fields:rbac.stray', { resources: stray.map(({ resource }) => resource).join(', ') })}
              </p>
              <Button small onPress={() => edit([...new Set(stray.map(({ group }) => group))].flatMap(groupEdit))}>
                {t('fields:rbac.addGroups', {
                  groups: [...new Set(stray.map(({ group }) => group || '""'))].join(', '),
                })}
              </Button>
            </div>
          )}
          <StringTokens
            path={[...path, 'apiGroups']}
            label={t('fields:rbac.addGroup')}
            options={() => [...new Set(known.map(({ group }) => group))].filter(Boolean).map((id) => ({ id }))}
            hintOf={(group) => (group === '' ? t('fields:rbac.coreGroup') : '')}
          />
          <StringTokens
            path={[...path, 'resourceNames']}
            label={t('fields:rbac.addName')}
            above
            placeholder={t('fields:requirement.addValue')}
            options={() => []}
          />
        </>
      )}
      {(forUrls || object['kind'] === 'ClusterRole') && arrayAt(item, 'resources').length === 0 && (
        <StringTokens
          path={[...path, 'nonResourceURLs']}
          label={t('fields:rbac.addUrl')}
          options={() => ['/healthz', '/livez', '/readyz', '/metrics', '/version', '/api/*'].map((id) => ({ id }))}
        />
      )}
      <RestOfFields path={path} omit={DRAWN} />
    </>
  );
}

/** The verbs as switches, all of them in sight; others that are set stand after them. */
function Verbs({ path }: { readonly path: Path }) {
  const { object, edit } = useForm();
  const t = useText();
  const list = arrayAt(object, ...path);
  const others = list.flatMap((verb) => (typeof verb === 'string' && !USUAL_VERBS.includes(verb) ? [verb] : []));
  const toggle = (verb: string) => {
    const at = list.indexOf(verb);
    edit([at < 0 ? { op: 'append', path, value: verb } : { op: 'delete', path: [...path, at] }]);
  };
  return (
    <div className="verbs" data-field={formatFieldPath(path)}>
      <Group className="verb-switches" aria-label={t('fields:rbac.verbs')}>
        {[...USUAL_VERBS, ...new Set(['*', ...others])].map((verb) => (
          <ToggleButton key={verb} className="verb" isSelected={list.includes(verb)} onChange={() => toggle(verb)}>
            {verb}
          </ToggleButton>
        ))}
      </Group>
      <details className="more-verbs">
        <summary>{t('fields:rbac.moreVerbs')}</summary>
        <Group className="verb-switches" aria-label={t('fields:rbac.moreVerbs')}>
          {MORE_VERBS.filter((verb) => verb !== '*' && !others.includes(verb)).map((verb) => (
            <ToggleButton key={verb} className="verb" isSelected={false} onChange={() => toggle(verb)}>
              {verb}
            </ToggleButton>
          ))}
        </Group>
      </details>
      <ProblemsAtField path={path} />
    </div>
  );
}
