import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { formatGroupKind } from '../../apimachinery/group-version-kind.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { GENERIC_ICON, KIND_ICONS } from './kind-icons.ts';

const known = new Map<string, string>();

/** What is inside the icon of a kind, as markup for a picture that is no page: 24 by 24, lines only. */
export function iconMarkup({ group, kind }: GroupKind): string {
  const name = formatGroupKind({ group, kind });
  const found = known.get(name);
  if (found !== undefined) return found;
  const host = document.createElement('div');
  const root = createRoot(host);
  const icon = Object.hasOwn(KIND_ICONS, name) ? KIND_ICONS[name] : undefined;
  flushSync(() => root.render(createElement(icon ?? GENERIC_ICON)));
  const markup = host.firstElementChild?.innerHTML ?? '';
  root.unmount();
  known.set(name, markup);
  return markup;
}
