import type { ComponentType } from 'react';
import { createStore } from 'zustand/vanilla';

/** What stands beside a run in place of what its step carries: a lesson that is being written. */
export const runSide = createStore<{ readonly Side: ComponentType | undefined }>(() => ({ Side: undefined }));
