import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatFieldPath } from '../../../../../apimachinery/field-path.ts';
import { arrayAt } from '../../../../../base/json.ts';
import type { JsonValue, Path } from '../../../../../base/json.ts';
import { Button, IconButton } from '../../../../../kit/button.tsx';
import { useText } from '../../../../i18n.ts';
import { useForm } from '../../form-context.ts';
import { ProblemsAtField } from '../../problems-at-field.tsx';

interface ItemListProps {
  /** Of the list; where it is missing the first item makes it. */
  readonly path: Path;
  /** Said by the button beneath. */
  readonly add: string;
  readonly begin: () => JsonValue;
  /** What an item is called, for who hears the page. */
  readonly nameOf: (item: JsonValue, index: number) => string;
  /** Said where there is none. */
  readonly empty?: string | undefined;
  /** Stands between two items: what several of them mean together. */
  readonly between?: string;
  /** Takes an item away together with what hangs on it; only the item where left out. */
  readonly remove?: (path: Path, item: JsonValue) => void;
  readonly children: (path: Path, item: JsonValue) => ReactNode;
}

/** Items drawn at once. */
const MOST = 100;

/** A list of things that each have several fields: a box each, a button that takes it away, a button that adds one. */
export function ItemList({ path, add, begin, nameOf, empty, between, remove, children }: ItemListProps) {
  const { object, edit } = useForm();
  const t = useText();
  const list = arrayAt(object, ...path);
  return (
    <div className="item-list">
      {list.length === 0 && empty !== undefined && <p className="widget-words">{empty}</p>}
      {list.slice(0, MOST).map((item, index) => {
        const at = [...path, index];
        const name = nameOf(item, index);
        return (
          // Items may be alike; their place tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index}>
            {index > 0 && between !== undefined && <p className="item-between">{between}</p>}
            <fieldset className="item-box" data-field={formatFieldPath(at)}>
              <legend className="visually-hidden">{name}</legend>
              <IconButton
                small
                className="form-remove item-remove"
                label={t('inspector:removeField', { field: name })}
                icon={<X size={12} />}
                onPress={() => (remove ? remove(at, item) : edit([removal(path, list.length, index)]))}
              />
              {children(at, item)}
              <ProblemsAtField path={at} />
            </fieldset>
          </div>
        );
      })}
      {list.length > MOST && <p className="quiet">{t('inspector:moreFields', { count: list.length - MOST })}</p>}
      <div className="add-row">
        <Button small look="quiet" onPress={() => edit([{ op: 'append', path, value: begin() }])}>
          <Plus size={14} aria-hidden /> {add}
        </Button>
      </div>
    </div>
  );
}

/** Takes an item away, and the list with its last one: an empty list says nothing that no list does not. */
function removal(path: Path, length: number, index: number): { readonly op: 'delete'; readonly path: Path } {
  return { op: 'delete', path: length === 1 ? path : [...path, index] };
}
