import { ChevronDown, PanelLeftClose, Search, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { FocusEvent } from 'react';
import { useStore } from 'zustand';
import './palette.css';
import { IconButton } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { changeSettings, settings } from '../settings.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { DragGhost } from './drag-ghost.tsx';
import { GROUPS, paletteItems, searchPalette } from './palette-items.ts';
import type { PaletteItem } from './palette-items.ts';
import { onPaletteKey } from './palette-keys.ts';
import { PaletteRow } from './palette-row.tsx';

/** Patterns that are shown before anybody asks for the others. */
const FIRST_PATTERNS = 4;

/** Everything that can be put on the canvas: searched, dragged, pressed, or reached by keys. */
export function Palette() {
  const t = useText();
  const registry = useWorkspaceState((state) => state.registry);
  const language = useStore(settings, (state) => state.language);
  const favourites = useStore(settings, (state) => state.paletteFavourites);
  const [text, setText] = useState('');
  const [everything, setEverything] = useState(false);
  const [current, setCurrent] = useState<string | undefined>(undefined);
  const items = useMemo(() => paletteItems(registry, language, t), [registry, language, t]);
  const kinds = items.filter(({ makes }) => 'kind' in makes).length;
  const isSearching = text.trim() !== '';
  return (
    // Keys of the rows come up here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="palette"
      onKeyDown={onPaletteKey}
      onFocus={(event: FocusEvent<HTMLElement>) => {
        const { item } = event.target.dataset;
        if (item !== undefined) setCurrent(item);
      }}
    >
      <p id="palette-keys" hidden>
        {t('palette:keys')}
      </p>
      <div className="palette-head">
        <div className="search-field palette-search">
          <Search size={14} aria-hidden />
          <input
            type="text"
            className="input"
            value={text}
            placeholder={t('palette:search')}
            aria-label={t('palette:search')}
            aria-describedby="palette-keys"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
          {isSearching && (
            <IconButton small label={t('palette:clear')} icon={<X size={12} />} onPress={() => setText('')} />
          )}
        </div>
        <IconButton
          small
          label={t('palette:close')}
          icon={<PanelLeftClose size={14} />}
          onPress={() => changeSettings({ paletteOpen: false })}
        />
      </div>
      <div className="palette-rows">
        {isSearching ? (
          <Found items={items} text={text} current={current} favourites={favourites} />
        ) : (
          <Groups items={items} everything={everything} current={current} favourites={favourites} />
        )}
        {!isSearching && (
          <button type="button" className="palette-all" onClick={() => setEverything(!everything)}>
            {everything ? t('palette:usualKinds') : t('palette:allKinds', { count: kinds })}
          </button>
        )}
      </div>
      <DragGhost />
    </div>
  );
}

interface ListProps {
  readonly items: readonly PaletteItem[];
  readonly current: string | undefined;
  readonly favourites: readonly string[];
}

function Found({ items, text, current, favourites }: ListProps & { readonly text: string }) {
  const t = useText();
  const found = searchPalette(items, text);
  if (found.length === 0) return <p className="quiet palette-none">{t('palette:none')}</p>;
  const tabbed = found.some(({ item }) => item.id === current) ? current : found[0]?.item.id;
  return (
    <ul className="palette-list">
      {found.map(({ item, old }) => (
        <PaletteRow
          key={item.id}
          item={item}
          old={old}
          isFavourite={favourites.includes(item.id)}
          isCurrent={item.id === tabbed}
          onFavourite={toggleFavourite}
        />
      ))}
    </ul>
  );
}

interface Section {
  readonly id: string;
  readonly items: readonly PaletteItem[];
}

function Groups({ items, everything, current, favourites }: ListProps & { readonly everything: boolean }) {
  const recent = useStore(settings, (state) => state.paletteRecent);
  const folded = useStore(settings, (state) => state.paletteFolded);
  const [allPatterns, setAllPatterns] = useState(false);
  const byId = new Map(items.map((item) => [item.id, item]));
  const kept = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const sections: readonly Section[] = [
    { id: 'favourites', items: kept(favourites) },
    { id: 'recent', items: kept(recent).filter(({ id }) => !favourites.includes(id)) },
    ...GROUPS.map((group) => ({
      id: group,
      items: items.filter((item) => item.group === group && (everything || item.isUsual)),
    })),
  ].filter((section) => section.items.length > 0);
  const shown = sections.flatMap(({ id, items: own }) => (folded.includes(id) ? [] : own));
  const tabbed = shown.some(({ id }) => id === current) ? current : shown[0]?.id;
  return sections.map((section) => {
    const isFolded = folded.includes(section.id);
    const cut = section.id === 'pattern' && !allPatterns ? section.items.slice(0, FIRST_PATTERNS) : section.items;
    return (
      <section key={section.id} className="palette-group">
        <GroupHead id={section.id} isFolded={isFolded} />
        {!isFolded && (
          <ul className="palette-list">
            {cut.map((item) => (
              <PaletteRow
                key={item.id}
                item={item}
                isFavourite={favourites.includes(item.id)}
                isCurrent={item.id === tabbed && shown.find(({ id }) => id === tabbed) === item && isFirst(section.id)}
                onFavourite={toggleFavourite}
              />
            ))}
          </ul>
        )}
        {!isFolded && section.id === 'pattern' && section.items.length > FIRST_PATTERNS && (
          <More count={section.items.length - cut.length} onPress={() => setAllPatterns(!allPatterns)} />
        )}
      </section>
    );
  });

  /** An item may stand in two groups; Tab comes to the first of them. */
  function isFirst(section: string): boolean {
    return (
      sections.find(({ id, items: own }) => !folded.includes(id) && own.some((item) => item.id === tabbed))?.id ===
      section
    );
  }
}

function GroupHead({ id, isFolded }: { readonly id: string; readonly isFolded: boolean }) {
  const t = useText();
  const toggle = () => {
    const { paletteFolded } = settings.getState();
    changeSettings({
      paletteFolded: isFolded ? paletteFolded.filter((group) => group !== id) : [...paletteFolded, id],
    });
  };
  return (
    <h2 className="palette-title">
      <button type="button" aria-expanded={!isFolded} onClick={toggle}>
        {t(`palette:group.${id as 'pattern'}`)}
        <ChevronDown size={12} aria-hidden />
      </button>
    </h2>
  );
}

function More({ count, onPress }: { readonly count: number; readonly onPress: () => void }) {
  const t = useText();
  return (
    <button type="button" className="palette-more" onClick={onPress}>
      {count > 0 ? t('palette:more', { count }) : t('palette:fewer')}
    </button>
  );
}

function toggleFavourite(id: string): void {
  const { paletteFavourites } = settings.getState();
  changeSettings({
    paletteFavourites: paletteFavourites.includes(id)
      ? paletteFavourites.filter((known) => known !== id)
      : [...paletteFavourites, id],
  });
}
