import { PanelLeftOpen } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../../kit/button.tsx';
import { ErrorBoundary } from '../../kit/error-boundary.tsx';
import { Splitter } from '../../kit/splitter.tsx';
import { PaneFailure } from '../failure.tsx';
import { useText } from '../i18n.ts';
import { changeSettings, settings } from '../settings.ts';
import { Palette } from './palette.tsx';
import { usePaletteOpen } from './use-palette-open.ts';

/** The palette with the line that changes its width, or the rail it folds to. */
export default function PalettePane() {
  const t = useText();
  const width = useStore(settings, (state) => state.paletteWidth);
  const open = usePaletteOpen();
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
