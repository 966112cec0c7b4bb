import { PanelLeftOpen } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../../kit/button.tsx';
import { ErrorBoundary } from '../../kit/error-boundary.tsx';
import { Splitter } from '../../kit/splitter.tsx';
import { PaneFailure } from '../failure.tsx';
import { useText } from '../i18n.ts';
import { changeSettings, settings } from '../settings.ts';
import { Palette } from './palette.tsx';

/** Below this width of the page, in CSS pixels, the palette begins folded. */
const ROOM_FROM = 1000;

/** The palette with the line that changes its width, or the rail it folds to. */
export function PalettePane() {
  const t = useText();
  const width = useStore(settings, (state) => state.paletteWidth);
  const open = useStore(settings, (state) => state.paletteOpen) ?? window.innerWidth >= ROOM_FROM;
  if (!open) {
    return (
      <nav className="app-palette palette-rail" aria-label={t('palette:title')}>
        <IconButton
          label={t('palette:open')}
          icon={<PanelLeftOpen size={16} />}
          onPress={() => changeSettings({ paletteOpen: true })}
        />
      </nav>
    );
  }
  return (
    <nav className="app-palette" style={{ width }} aria-label={t('palette:title')}>
      <ErrorBoundary fallback={PaneFailure}>
        <Palette />
      </ErrorBoundary>
      <Splitter
        label={t('palette:width')}
        orientation="vertical"
        before
        size={width}
        min={176}
        max={400}
        onChange={(size) => changeSettings({ paletteWidth: size })}
      />
    </nav>
  );
}
