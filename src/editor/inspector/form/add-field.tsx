import { Plus } from 'lucide-react';
import { Button as AriaButton, Dialog as AriaDialog, DialogTrigger, Popover } from 'react-aria-components';
import { isJsonObject, valueAt } from '../../../base/json.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import type { Schema } from '../../../openapi/schema.ts';
import { Button } from '../../../kit/button.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { SearchList } from '../../../kit/search-list.tsx';
import { useText } from '../../i18n.ts';
import { useForm } from './form-context.ts';
import { typeWord } from './type-word.ts';
import { mustBeTyped, useBegin } from './use-begin.ts';

interface AddFieldProps {
  readonly path: Path;
  /** Set elsewhere, and not offered here. */
  readonly omit: readonly string[];
  /** A value must be typed before it can be written: its row is shown as a draft. */
  readonly onDraft: (key: string | number) => void;
}

/** Offers what can stand at this place and does not: fields the schema knows, an entry of a map, an item of a list. */
export function AddField({ path, omit, onDraft }: AddFieldProps) {
  const { object, guide } = useForm();
  const { begin, refused } = useBegin();
  const t = useText();
  const value = valueAt(object, ...path);
  const schema = guide.schemaAt(path);
  const add = (key: string | number, child: Schema) => {
    if (mustBeTyped(child)) onDraft(key);
    else begin([...path, key], child);
  };
  const list = Array.isArray(value);
  if (list) {
    const items = schema.items ?? guessItems(value);
    return (
      <AddRow refused={refused}>
        <Button small look="quiet" onPress={() => add(value.length, items)}>
          <Plus size={14} aria-hidden />
          {t('inspector:addItem')}
        </Button>
      </AddRow>
    );
  }
  const present = isJsonObject(value) ? value : {};
  const known = [...schema.properties].filter(
    ([name]) =>
      !Object.hasOwn(present, name) &&
      !omit.includes(name) &&
      name !== 'status' &&
      (path.length > 0 || !FIXED.has(name)),
  );
  const open = schema.values !== undefined || schema.type === 'any' || schema.preservesUnknownFields;
  if (known.length === 0 && !open) return null;
  const [only] = known;
  // A choice of one is none.
  if (only !== undefined && known.length === 1 && !open) {
    return (
      <AddRow refused={refused}>
        <Button small look="quiet" onPress={() => add(...only)}>
          <Plus size={14} aria-hidden />
          {t('inspector:addOnly', { field: only[0] })}
        </Button>
      </AddRow>
    );
  }
  return (
    <AddRow refused={refused}>
      <DialogTrigger>
        <AriaButton className="button button-quiet button-small">
          <Plus size={14} aria-hidden />
          {schema.values ? t('inspector:addEntry') : t('inspector:addField')}
        </AriaButton>
        <Popover className="popover add-field" placement="bottom start" offset={4}>
          <AriaDialog className="add-field-dialog" aria-label={t('inspector:addField')}>
            {({ close }) => (
              <>
                {known.length > 0 && (
                  <SearchList
                    label={t('inspector:searchFields')}
                    empty={t('inspector:noField')}
                    items={known.map(([name, child]) => ({
                      id: name,
                      label: name,
                      hint: schema.required.includes(name) ? t('inspector:required') : typeWord(child),
                      more: firstSentence(guide.describe([...path, name])),
                    }))}
                    onChoose={(name) => {
                      close();
                      add(name, schema.properties.get(name)!);
                    }}
                  />
                )}
                {open && (
                  <div className="add-entry">
                    <CommitInput
                      label={t('inspector:entryName')}
                      value=""
                      mono
                      // Opened to be answered at once.
                      // oxlint-disable-next-line jsx-a11y/no-autofocus
                      autoFocus={known.length === 0}
                      onCommit={(name) => {
                        if (Object.hasOwn(present, name)) return t('inspector:entryTaken');
                        close();
                        add(name, schema.values ?? STRING_GUESS);
                        return undefined;
                      }}
                    />
                  </div>
                )}
              </>
            )}
          </AriaDialog>
        </Popover>
      </DialogTrigger>
    </AddRow>
  );
}

function AddRow({ children, refused }: { readonly children: React.ReactNode; readonly refused: string | undefined }) {
  return (
    <div className="add-row">
      {children}
      {refused !== undefined && (
        <p className="field-error" role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}

const FIXED: ReadonlySet<string> = new Set(['apiVersion', 'kind']);
const STRING_GUESS = { type: 'string' } as Schema;

function guessItems(value: readonly JsonValue[]): Schema {
  return (isJsonObject(value[0]) ? { type: 'object' } : { type: 'string' }) as Schema;
}

function firstSentence(text: string): string {
  const end = text.search(/\.(\s|$)/);
  return end < 0 ? text.slice(0, 160) : text.slice(0, Math.min(end + 1, 160));
}
