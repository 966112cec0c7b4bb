import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useStore } from 'zustand';
import { settings } from './settings.ts';

/** What react-aria says inside is said in the chosen language. */
export function Spoken({ children }: { readonly children: ReactNode }) {
  const language = useStore(settings, (state) => state.language);
  return <I18nProvider locale={language}>{children}</I18nProvider>;
}
