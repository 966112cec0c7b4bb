import { THEMES, changeSettings, settings } from '../settings.ts';
import type { Theme } from '../settings.ts';

/** The theme after one, round and round. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}

/** Folds every pane beside the picture away, or opens them again. */
export function toggleZen(): void {
  const { paletteOpen, inspectorOpen, dockOpen } = settings.getState();
  const isZen = paletteOpen === false && !inspectorOpen && dockOpen === false;
  changeSettings({ paletteOpen: isZen, inspectorOpen: isZen, dockOpen: isZen ? undefined : false });
}
