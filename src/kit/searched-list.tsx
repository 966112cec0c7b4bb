import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import { isComposing } from './composition.ts';

export interface ListedItem {
  readonly id: string;
  /** Before its name, in small: a number. */
  readonly mark: string;
  readonly label: string;
  /** A second line. */
  readonly more?: string;
}

interface SearchedListProps {
  readonly label: string;
  readonly searchLabel: string;
  readonly items: readonly ListedItem[];
  /** Said when nothing matches. */
  readonly empty: string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  /** What is searched for; while an input method composes, it waits. */
  readonly onSearch: (text: string) => void;
  /** Beside the field. */
  readonly filter?: React.ReactNode;
}

/** A list that stays, searched while typing: arrows move, and what is chosen is shown beside it. */
export function SearchedList(props: SearchedListProps) {
  const { label, searchLabel, items, empty, chosen, onChoose, onSearch, filter } = props;
  const composing = useRef(false);
  const rows = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The rows come a moment after the list itself.
    const frame = requestAnimationFrame(() =>
      rows.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [chosen]);
  return (
    <Autocomplete>
      {/* A key that belongs to an input method is nobody else's. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="searched-list" onKeyDownCapture={(event) => isComposing(event) && event.stopPropagation()}>
        <div className="searched-list-head">
          {/* The dialog was opened to look something up. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <SearchField className="search-field" aria-label={searchLabel} autoFocus onClear={() => onSearch('')}>
            <Search size={14} aria-hidden />
            <Input
              className="input"
              placeholder={searchLabel}
              onCompositionStart={() => (composing.current = true)}
              onCompositionEnd={(event) => {
                composing.current = false;
                onSearch(event.currentTarget.value);
              }}
              onChange={(event) => composing.current || onSearch(event.target.value)}
            />
          </SearchField>
          {filter}
        </div>
        <ListBox
          ref={rows}
          className="list-box searched-list-rows"
          aria-label={label}
          items={items}
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          selectedKeys={chosen === undefined ? [] : [chosen]}
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : keys;
            if (key !== undefined) onChoose(String(key));
          }}
          renderEmptyState={() => <p className="quiet search-empty">{empty}</p>}
        >
          {(item) => (
            <ListBoxItem className="list-item listed-item" id={item.id} textValue={item.label}>
              <span className="listed-mark">{item.mark}</span>
              <span className="search-words">
                <span>{item.label}</span>
                {item.more && <span className="quiet">{item.more}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </div>
    </Autocomplete>
  );
}
