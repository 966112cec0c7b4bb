import { arrayAt } from '../../../../../base/json.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import type { Text } from '../../../../i18n.ts';
import { spaced } from '../parts/spaced.ts';

/** What a rule allows, as a sentence. */
export function accessWords(rule: JsonValue, t: Text, language: string): string {
  const and = new Intl.ListFormat(language, { type: 'conjunction' });
  const texts = (field: string) => arrayAt(rule, field).filter((item) => typeof item === 'string');
  const [verbs, resources, names, urls] = [
    texts('verbs'),
    texts('resources'),
    texts('resourceNames'),
    texts('nonResourceURLs'),
  ];
  const what = urls.length > 0 ? urls : resources;
  if (verbs.length === 0 || what.length === 0) return t('fields:rbac.allowsNothing');
  const verb = verbs.includes('*') ? t('fields:rbac.everything') : and.format(verbs);
  if (urls.length > 0) return spaced(t('fields:rbac.onUrls', { verbs: verb, urls: and.format(urls) }));
  const all = resources.includes('*') ? t('fields:rbac.everyResource') : and.format(resources);
  if (names.length === 0) return spaced(t('fields:rbac.on', { verbs: verb, resources: all }));
  return spaced(t('fields:rbac.onNamed', { verbs: verb, resources: all, names: and.format(names) }));
}
