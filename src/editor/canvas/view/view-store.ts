import { startTransition, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { filterScene } from '../../../scene/view/filter-scene.ts';
import { foldScene } from '../../../scene/view/fold-scene.ts';
import { withDrawn } from '../../../scene/view/drawn-scene.ts';
import { withGroups } from '../../../scene/view/group-scene.ts';
import { WHOLE_VIEW } from '../../../scene/view/view.ts';
import type { Filter, View } from '../../../scene/view/view.ts';
import type { Scene } from '../../../scene/scene.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';
import { isLarge, useWorkspace } from '../../workspace-context.ts';

/** What a person looks at; not of the design, so it is neither undone nor saved. */
export const view = createStore<View>(() => WHOLE_VIEW);

export function useView<Value>(select: (state: View) => Value): Value {
  return useStore(view, select);
}

export function sameFilter(a: Filter, b: Filter): boolean {
  return a.by === b.by && a.value === b.value;
}

export function toggleFilter(filter: Filter): void {
  view.setState(({ filters }) => {
    const rest = filters.filter((one) => !sameFilter(one, filter));
    return { filters: rest.length === filters.length ? [...filters, filter] : rest };
  });
}

let last: { readonly state: WorkspaceState; readonly seen: View; readonly scene: Scene } | undefined;

/** The scene as it is looked at: filtered, folded, with what is drawn. The same value while nothing of it changed. */
export function shownScene(state: WorkspaceState, seen: View): Scene {
  const isKnown =
    last !== undefined &&
    last.seen === seen &&
    last.state.scene === state.scene &&
    last.state.design.placements === state.design.placements &&
    (seen.filters.length === 0 && !seen.foldApps && seen.groupBy === undefined
      ? true
      : last.state.design === state.design);
  if (last === undefined || !isKnown) {
    const placements = state.design.placements[state.picture];
    const filtered = filterScene(state.scene, state.design, seen);
    const folded = foldScene(filtered, state, placements, seen);
    const grouped = state.picture === 'application' ? withGroups(folded, state, seen) : folded;
    last = { state, seen, scene: withDrawn(grouped, placements) };
  }
  return last.scene;
}

/** Cards that come or go at once in an import, and seldom by hand. */
const MANY = 50;

/**
 * Drawn in slices of time when objects change, at once when the person looks at it in another way. What an import brings
 * part by part is drawn part by part: later, all of it would be one long step.
 */
export function useShownScene(): Scene {
  const { store } = useWorkspace();
  const [scene, setScene] = useState(() => shownScene(store.getState(), view.getState()));
  useEffect(() => {
    let cards = -1;
    const look = (): void => {
      const next = shownScene(store.getState(), view.getState());
      cards = next.cards.length;
      setScene(next);
    };
    const follow = (): void => {
      const { length } = shownScene(store.getState(), view.getState()).cards;
      // A small picture, and with it the first one, is drawn at once: what a person types next goes to what came.
      if (!isLarge(store.getState()) || Math.abs(length - cards) > MANY) look();
      else startTransition(look);
    };
    look();
    const unfollow = [store.subscribe(follow), view.subscribe(look)];
    return () => unfollow.forEach((end) => end());
  }, [store]);
  return scene;
}
