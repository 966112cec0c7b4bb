import { parseGroupKind } from '../../../apimachinery/group-version-kind.ts';
import type { Filter } from '../../../scene/view/view.ts';
import { visibleText } from '../../../kit/visible-text.ts';
import type { Text } from '../../i18n.ts';

/** What a chip says. */
export function filterText(t: Text, { by, value }: Filter): string {
  switch (by) {
    case 'kind':
      return parseGroupKind(value).kind;
    case 'namespace':
      return value === '' ? t('canvas:cluster') : visibleText(value);
    case 'label':
      return visibleText(value);
    case 'problem':
      return value === 'error' ? t('canvas:withErrors') : t('canvas:withWarnings');
  }
}
