import { hotkeyLabel } from '../hotkeys.ts';
import type { Text } from '../i18n.ts';

/** The keys of a run, for the list of keys. */
export function runKeyRows(t: Text): readonly { readonly what: string; readonly keys: readonly string[] }[] {
  const right = hotkeyLabel('ArrowRight');
  const left = hotkeyLabel('ArrowLeft');
  return [
    { what: t('rehearsal:keyForth'), keys: [right, 'PageDown'] },
    { what: t('rehearsal:keyBack'), keys: [left, 'PageUp'] },
    { what: t('rehearsal:keyEnds'), keys: ['Home', 'End'] },
    { what: `${t('simulation:play')}, ${t('simulation:pause')}`, keys: ['Space', 'P'] },
    { what: t('rehearsal:keyFaster'), keys: ['+', '-'] },
    { what: t('rehearsal:nextMilestone'), keys: ['N'] },
    { what: t('rehearsal:previousMilestone'), keys: ['Shift+N'] },
    { what: t('rehearsal:toSettled'), keys: ['G'] },
    { what: t('rehearsal:keyWhy'), keys: ['[', ']'] },
    { what: t('rehearsal:switchView'), keys: ['V'] },
    { what: t('rehearsal:keyDetail'), keys: ['1', '2', '3'] },
    { what: t('rehearsal:keyLanguage'), keys: ['L'] },
    { what: t('rehearsal:projector'), keys: ['T'] },
    { what: t('rehearsal:fullScreen'), keys: ['F'] },
    { what: t('rehearsal:keyBlank'), keys: ['B', '.'] },
    { what: t('presenting:white'), keys: ['W'] },
    { what: t('rehearsal:spotlight'), keys: ['S'] },
    { what: t('presenting:light'), keys: ['C'] },
    { what: t('presenting:moveLight'), keys: [`Shift+${left}`, `Shift+${right}`] },
    { what: t('presenting:pen'), keys: ['D'] },
    { what: t('presenting:eraser'), keys: ['E'] },
    { what: t('presenting:clear'), keys: ['X'] },
    { what: t('presenting:zoom'), keys: ['Z'] },
    { what: t('presenting:highContrast'), keys: ['H'] },
    { what: t('rehearsal:keyOut'), keys: ['Esc'] },
  ];
}
