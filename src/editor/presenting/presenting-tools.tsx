import {
  Contrast,
  Eraser,
  Flashlight,
  Focus,
  Monitor,
  PenLine,
  Presentation,
  Trash2,
  Undo2,
  Wrench,
  X,
  ZoomIn,
} from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { pane, usePane } from '../simulation/pane-state.ts';
import { PEN_COLOURS, eraseAll, eraseLast, presenting, takeTool, usePresenting } from './presenting-state.ts';
import type { Tool } from './presenting-state.ts';
import { toggleZoom } from './zoom-part.ts';

const ICONS: Readonly<Record<Tool, ReactNode>> = {
  pen: <PenLine size={20} />,
  eraser: <Eraser size={20} />,
  light: <Flashlight size={20} />,
  zoom: <ZoomIn size={20} />,
};

/** What somebody who presents takes into the hand; folded until it is wanted. Each has a key of its own too. */
export function PresentingTools({ picture, children }: { readonly picture: string; readonly children?: ReactNode }) {
  const t = useText();
  const { isOpen, tool, colour, strokes, highContrast } = usePresenting((state) => state);
  const { spotlight, projector } = usePane((state) => state);
  useHighContrast(highContrast);
  const hasStrokes = (strokes.get(picture) ?? []).length > 0;
  if (!isOpen)
    return (
      <div className="presenting-tools">
        <IconButton
          label={t('presenting:tools')}
          className={tool === undefined ? '' : 'presenting-on'}
          icon={tool === undefined ? <Wrench size={20} /> : ICONS[tool]}
          onPress={() => presenting.setState({ isOpen: true })}
        />
      </div>
    );
  return (
    <div className="presenting-tools presenting-tools-open" role="toolbar" aria-label={t('presenting:tools')}>
      <IconButton
        label={t('presenting:foldTools')}
        icon={<X size={20} />}
        onPress={() => presenting.setState({ isOpen: false })}
      />
      <Switch
        isOn={tool === 'pen'}
        label={t('presenting:pen')}
        hotkey="D"
        icon={ICONS.pen}
        onPress={() => takeTool('pen')}
      />
      {tool === 'pen' &&
        PEN_COLOURS.map((one) => (
          <Switch
            key={one}
            className="presenting-colour"
            isOn={colour === one}
            label={t(`presenting:colour.${one}`)}
            icon={<span className={`presenting-ink pen-${one}`} />}
            onPress={() => presenting.setState({ colour: one })}
          />
        ))}
      {(hasStrokes || tool === 'eraser') && (
        <>
          <Switch
            isOn={tool === 'eraser'}
            label={t('presenting:eraser')}
            hotkey="E"
            icon={ICONS.eraser}
            onPress={() => takeTool('eraser')}
          />
          <IconButton
            label={t('presenting:undo')}
            icon={<Undo2 size={20} />}
            disabled={!hasStrokes}
            onPress={() => eraseLast(picture)}
          />
          <IconButton
            label={t('presenting:clear')}
            hotkey="X"
            icon={<Trash2 size={20} />}
            disabled={!hasStrokes}
            onPress={() => eraseAll(picture)}
          />
        </>
      )}
      <Switch
        isOn={tool === 'light'}
        label={t('presenting:light')}
        hotkey="C"
        icon={ICONS.light}
        onPress={() => takeTool('light')}
      />
      <Switch isOn={tool === 'zoom'} label={t('presenting:zoom')} hotkey="Z" icon={ICONS.zoom} onPress={toggleZoom} />
      <Switch
        isOn={spotlight}
        label={t('rehearsal:spotlight')}
        hotkey="S"
        icon={<Focus size={20} />}
        onPress={() => pane.setState({ spotlight: !spotlight })}
      />
      <Switch
        isOn={highContrast}
        label={t('presenting:highContrast')}
        hotkey="H"
        icon={<Contrast size={20} />}
        onPress={() => presenting.setState({ highContrast: !highContrast })}
      />
      <IconButton
        label={t('presenting:black')}
        hotkey="B"
        icon={<Monitor size={20} />}
        onPress={() => pane.setState({ blank: 'black' })}
      />
      {projector && (
        <Switch
          isOn
          label={t('rehearsal:projector')}
          hotkey="T"
          icon={<Presentation size={20} />}
          onPress={() => pane.setState({ projector: false })}
        />
      )}
      {children}
    </div>
  );
}

/** A tool that is in the hand, or is not: said, and shown by more than its colour. */
function Switch({ isOn, className = '', ...button }: { readonly isOn: boolean } & Parameters<typeof IconButton>[0]) {
  return <IconButton {...button} isOn={isOn} className={`${className}${isOn ? ' presenting-on' : ''}`} />;
}

function useHighContrast(isHigh: boolean): void {
  useEffect(() => {
    if (!isHigh) return;
    document.documentElement.dataset['contrast'] = 'high';
    return () => {
      delete document.documentElement.dataset['contrast'];
    };
  }, [isHigh]);
}
