import { useStore } from 'zustand';
import { parseGroupKind } from '../../../apimachinery/group-version-kind.ts';
import { SCREENS } from '../../../lessons/glossary/card.ts';
import type { Place } from '../../../lessons/glossary/card.ts';
import { PATTERNS } from '../../../workspace/patterns.ts';
import { TEMPLATES } from '../../../workspace/templates.ts';
import { useText } from '../../i18n.ts';
import { settings } from '../../settings.ts';

/** The type of a place and the name that follows it. */
export function partsOf(place: Place): readonly [type: string, name: string] {
  const [type = '', name = ''] = place.split(/:(.*)/s);
  return [type, name];
}

/** What a place is called in the language of the page. */
export function usePlaceText(): (place: Place) => string {
  const t = useText();
  const language = useStore(settings, (state) => state.language);
  return (place) => {
    const [type, name] = partsOf(place);
    const title = [...TEMPLATES, ...PATTERNS].find(({ id }) => id === name)?.title[language] ?? name;
    switch (type) {
      case 'kind':
        return t('glossary:kind', { kind: parseGroupKind(name).kind });
      case 'template':
        return t('glossary:template', { title });
      case 'pattern':
        return t('glossary:pattern', { title });
      case 'screen':
        return t(`glossary:screen.${SCREENS.find((known) => known === name) ?? 'canvas'}`);
      default:
        return t('glossary:simulated', { part: partName(name) });
    }
  };
}

/** `kubelet/probe-manager.ts` → `kubelet / probe-manager`. */
function partName(path: string): string {
  return path.replace(/\.ts$/, '').replaceAll('/', ' / ');
}
