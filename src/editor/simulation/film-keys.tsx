import { ChevronFirst, ChevronLast, Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { memo } from 'react';
import { IconButton } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import type { Playback } from './use-playback.ts';

/** First, back, play, on, last. */
export const FilmKeys = memo(function FilmKeys({
  playback,
  isEmpty,
}: {
  readonly playback: Pick<Playback, 'isPlaying' | 'toggle' | 'move' | 'toFirst' | 'toLast'>;
  readonly isEmpty: boolean;
}) {
  const t = useText();
  return (
    <>
      <IconButton
        label={t('simulation:first')}
        hotkey="Home"
        icon={<ChevronFirst size={18} />}
        onPress={playback.toFirst}
      />
      <IconButton
        label={t('simulation:back')}
        hotkey="←"
        icon={<SkipBack size={16} />}
        onPress={() => playback.move(-1)}
      />
      <IconButton
        className="sim-play"
        label={playback.isPlaying ? t('simulation:pause') : t('simulation:play')}
        hotkey="Space"
        icon={playback.isPlaying ? <Pause size={18} /> : <Play size={18} />}
        disabled={isEmpty}
        onPress={playback.toggle}
      />
      <IconButton
        label={t('simulation:next')}
        hotkey="→"
        icon={<SkipForward size={16} />}
        onPress={() => playback.move(1)}
      />
      <IconButton
        label={t('simulation:last')}
        hotkey="End"
        icon={<ChevronLast size={18} />}
        onPress={playback.toLast}
      />
    </>
  );
});
