import type { Category } from '../../kinds/kind.ts';

/** The page's tokens, light and dark. */
export interface Palette {
  readonly paper: string;
  readonly frame: string;
  readonly card: string;
  readonly line: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly edge: string;
  readonly traffic: string;
  readonly missing: string;
  readonly onCategory: string;
  readonly warn: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly note: string;
  readonly onNote: string;
  readonly category: Record<Category, string>;
}
export const PALETTES: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    paper: '#f4f6f9',
    frame: '#fafbfd',
    card: '#ffffff',
    line: '#dde3ea',
    ink: '#17202c',
    ink2: '#4b5a6b',
    ink3: '#5d6c7d',
    edge: '#6b7a8a',
    traffic: '#7a45c9',
    missing: '#c22f25',
    onCategory: '#ffffff',
    warn: '#a85400',
    accent: '#1d5fc4',
    accentSoft: '#e7f0fd',
    note: '#fff6d6',
    onNote: '#3f3510',
    category: {
      workload: '#2563c9',
      network: '#7a45c9',
      config: '#a86c00',
      storage: '#0c8075',
      access: '#c23b6b',
      cluster: '#52647a',
      custom: '#6b6257',
    },
  },
  dark: {
    paper: '#0f1620',
    frame: '#131c27',
    card: '#161f2b',
    line: '#273443',
    ink: '#e8eef5',
    ink2: '#a9b7c6',
    ink3: '#8b9bad',
    edge: '#7b8da1',
    traffic: '#b794f4',
    missing: '#ff8176',
    onCategory: '#0d1622',
    warn: '#f0a24a',
    accent: '#6aa5f8',
    accentSoft: '#1b2f4d',
    note: '#3a331c',
    onNote: '#f1e7bd',
    category: {
      workload: '#6aa5f8',
      network: '#b794f4',
      config: '#e0ac3f',
      storage: '#4cc9b8',
      access: '#f08bb0',
      cluster: '#9fb0c3',
      custom: '#c2b8a8',
    },
  },
};

/** Lines that are not whole, by class. */
export const DASHES: Readonly<Record<string, string>> = {
  selector: ' stroke-dasharray="6 4"',
  owner: ' stroke-dasharray="2 4"',
  drawn: ' stroke-dasharray="1 4" stroke-linecap="round"',
  containment: ' stroke-opacity="0"',
};
