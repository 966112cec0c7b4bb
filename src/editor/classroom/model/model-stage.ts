import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ModelPlayer, ModelPlayerState } from '../../../workspace/lessons/model-player.ts';

/** The model of the lesson that is open. */
const stage = createStore<{ readonly player: ModelPlayer | undefined }>(() => ({ player: undefined }));

export function showModel(player: ModelPlayer | undefined): void {
  stage.setState({ player });
}

export function useModelPlayer(): ModelPlayer {
  const player = useStore(stage, (state) => state.player);
  if (player === undefined) throw new Error('no model is shown');
  return player;
}

export function useModelState<Value>(select: (state: ModelPlayerState) => Value): Value {
  return useStore(useModelPlayer().store, select);
}
