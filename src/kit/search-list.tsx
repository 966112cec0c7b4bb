import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { isComposing } from './composition.ts';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components';

export interface SearchItem {
  readonly id: string;
  readonly label: string;
  /** At the end of the row, in small. */
  readonly hint?: string;
  /** A second line. */
  readonly more?: string;
  readonly icon?: ReactNode;
  /** Other words it is found by. */
  readonly words?: readonly string[];
}

interface SearchListProps {
  readonly label: string;
  readonly items: readonly SearchItem[];
  /** Said when nothing matches. */
  readonly empty: string;
  readonly onChoose: (id: string) => void;
  /** Escape, even while text stands in the field. */
  readonly onEscape?: () => void;
}

/** Rows shown at once; typing finds the others. */
const MOST_ROWS = 100;

/** A list that is searched while typing; arrows move, Enter chooses. */
export function SearchList({ label, items, empty, onChoose, onEscape }: SearchListProps) {
  const [text, setText] = useState('');
  const shown = useMemo(() => findItems(items, text).slice(0, MOST_ROWS), [items, text]);
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      {/* The field would keep the key for itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="search-list"
        onKeyDownCapture={(event) => {
          if (event.key !== 'Escape' || !onEscape || isComposing(event)) return;
          event.stopPropagation();
          onEscape();
        }}
      >
        {/* The dialog was opened to type here. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <SearchField className="search-field" aria-label={label} autoFocus>
          <Search size={14} aria-hidden />
          <Input className="input" placeholder={label} />
        </SearchField>
        {/* What scrolls takes the focus, so that a keyboard can scroll it; the choice itself is made from the field. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="search-rows" tabIndex={0}>
          <ListBox
            className="list-box search-box"
            aria-label={label}
            items={shown}
            selectionMode="none"
            onAction={(id) => onChoose(String(id))}
            renderEmptyState={() => <p className="quiet search-empty">{empty}</p>}
          >
            {(item) => (
              <ListBoxItem className="list-item" id={item.id} textValue={item.label}>
                {item.icon}
                <span className="search-words">
                  <span>{item.label}</span>
                  {item.more && <span className="quiet">{item.more}</span>}
                </span>
                {item.hint && <span className="search-hint">{item.hint}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </div>
      </div>
    </Autocomplete>
  );
}

/** Items whose words hold every typed word; an exact short name first, then the beginnings, then the rest. */
export function findItems(items: readonly SearchItem[], text: string): readonly SearchItem[] {
  const typed = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (typed.length === 0) return items;
  const ranked = items.flatMap((item) => {
    const words = [item.label, ...(item.words ?? [])].map((word) => word.toLowerCase());
    const ranks = typed.map((part) => Math.min(...words.map((word) => rankOf(word, part))));
    return ranks.includes(Infinity) ? [] : [{ item, rank: ranks.reduce((sum, rank) => sum + rank, 0) }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

function rankOf(word: string, part: string): number {
  if (word === part) return 0;
  if (word.startsWith(part)) return 1;
  return word.includes(part) ? 2 : Infinity;
}
