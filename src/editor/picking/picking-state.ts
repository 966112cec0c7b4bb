import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { PickedKind } from '../../lessons/question.ts';
import { pane } from '../simulation/pane-state.ts';

/** What is to be chosen or drawn on the picture. */
export type Asked =
  | {
      readonly type: 'object';
      readonly kind: PickedKind;
      readonly names: readonly string[];
      readonly chosen: string | undefined;
      /** What is right, once it is shown: nothing is chosen any more. */
      readonly right: readonly string[] | undefined;
      onPick(name: string): void;
    }
  | {
      readonly type: 'arrow';
      /** Whom the run knows, where it is no cluster. */
      readonly parties: readonly string[];
      /** Ids of the picture between which the arrow is drawn. */
      readonly from: string | undefined;
      readonly to: string | undefined;
      onDraw(from: string, to: string): void;
    };

const picking = createStore<{ readonly asked: Asked | undefined }>(() => ({ asked: undefined }));

export function useAsked(): Asked | undefined {
  return useStore(picking, (state) => state.asked);
}

/** Has something chosen on the picture for as long as it is asked; undefined asks for nothing. */
export function useAskOnPicture(asked: Asked | undefined): void {
  useEffect(() => picking.setState({ asked }));
  useEffect(() => () => picking.setState({ asked: undefined }), []);
  const type = asked?.type;
  // Not in every picture is there something to choose.
  useEffect(() => {
    const { stage } = pane.getState();
    if (stage === 'application' || (type === 'arrow' && stage === 'cluster')) pane.setState({ stage: 'controlPlane' });
  }, [type]);
}
