import { createStore } from 'zustand/vanilla';

/** The object that somebody asks about: `Pod/shop/web-0`; undefined: all that is in trouble. */
export const whyTarget = createStore<{ readonly object: string | undefined }>(() => ({ object: undefined }));

export function askWhy(object: string | undefined): void {
  whyTarget.setState({ object });
}
