import { useEffect, useRef } from 'react';
import { drawnData } from '../../../design/drawn.ts';
import type { SceneDrawn } from '../../../scene/scene.ts';
import { isComposing } from '../../../kit/composition.ts';
import { useText } from '../../i18n.ts';
import { useWorkspace } from '../../workspace-context.ts';
import { drawnState } from './drawn-state.ts';
import { put } from './use-draw.ts';

interface DrawnTextProps {
  readonly id: string;
  readonly drawn: SceneDrawn;
  readonly text: string;
}

/** Writes the text of something drawn: leaving it or Ctrl+Enter keeps it, Escape gives it up. */
export function DrawnText({ id, drawn, text }: DrawnTextProps) {
  const t = useText();
  const workspace = useWorkspace();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (keep: boolean): void => {
    const next = field.current?.value ?? text;
    drawnState.setState({ editing: undefined });
    const { drawn: what, x, y } = drawn;
    if (keep && next !== text && what.type !== 'legend')
      put(workspace, id, { x, y, drawn: drawnData({ ...what, text: next }) }, t);
  };
  return (
    <textarea
      ref={field}
      className="nodrag nowheel"
      aria-label={t('canvas:drawnText')}
      defaultValue={text}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        event.stopPropagation();
        if (event.key === 'Escape') end(false);
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) end(true);
      }}
    />
  );
}
