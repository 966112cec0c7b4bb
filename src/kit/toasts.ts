import { createStore } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void };
}

const LIFE_MS = 7000;

export const toasts = createStore<{ readonly list: readonly Toast[] }>(() => ({ list: [] }));
let nextId = 1;

/** Says something for a few seconds without taking the focus. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = nextId++;
  toasts.setState(({ list }) => ({
    list: [...list.filter((shown) => shown.text !== toast.text).slice(-2), { ...toast, id }],
  }));
  setTimeout(() => dismissToast(id), LIFE_MS);
}

export function dismissToast(id: number): void {
  toasts.setState(({ list }) => ({ list: list.filter((toast) => toast.id !== id) }));
}
