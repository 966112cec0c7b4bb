import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { formatFieldPath } from '../../../../apimachinery/field-path.ts';
import { objectAt } from '../../../../base/json.ts';
import type { Path } from '../../../../base/json.ts';
import { Button, IconButton } from '../../../../kit/button.tsx';
import { CommitInput } from '../../../../kit/commit-input.tsx';
import { useText } from '../../../i18n.ts';
import { shownValue } from '../field-value.ts';
import { useForm } from '../form-context.ts';
import { ProblemsAtField } from '../problems-at-field.tsx';

/** Entries drawn at once; a large ConfigMap must not freeze the form. */
const MOST = 200;

interface StringMapProps {
  readonly path: Path;
  /** Draws the value of an entry; a text field where left out. */
  readonly renderValue?: (path: Path, key: string) => ReactNode;
}

/** Keys and values side by side: a key is renamed in place, values of several lines have room. */
export function StringMap({ path, renderValue }: StringMapProps) {
  const { object, edit } = useForm();
  const t = useText();
  const map = objectAt(object, ...path) ?? {};
  const keys = Object.keys(map);
  const [adding, setAdding] = useState(false);
  const refuse = (key: string) => (Object.hasOwn(map, key) ? t('inspector:entryTaken') : undefined);
  return (
    <div className="string-map">
      {keys.slice(0, MOST).map((key) => {
        const at = [...path, key];
        const text = shownValue(map[key]);
        const isLong = text.includes('\n') || text.length > 60;
        return (
          <div key={key} className={isLong ? 'map-entry map-long' : 'map-entry'} data-field={formatFieldPath(at)}>
            <CommitInput
              label={t('fields:map.key', { key })}
              labelHidden
              mono
              value={key}
              onCommit={(next) => refuse(next) ?? edit([{ op: 'rename', path: at, key: next }])}
            />
            <div className="map-value">
              {renderValue ? (
                renderValue(at, key)
              ) : (
                <CommitInput
                  label={t('fields:map.value', { key })}
                  labelHidden
                  mono
                  multiline={isLong}
                  value={text}
                  onCommit={(next) => edit([{ op: 'set', path: at, value: next }])}
                />
              )}
              <ProblemsAtField path={at} />
            </div>
            <IconButton
              small
              className="form-remove"
              label={t('inspector:removeField', { field: key })}
              icon={<X size={12} />}
              onPress={() => edit([{ op: 'delete', path: at }])}
            />
          </div>
        );
      })}
      {keys.length > MOST && <p className="quiet">{t('inspector:moreFields', { count: keys.length - MOST })}</p>}
      {adding ? (
        <CommitInput
          label={t('inspector:entryName')}
          value=""
          mono
          // Opened to be answered at once.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onCommit={(key) => {
            const reason = refuse(key) ?? edit([{ op: 'set', path: [...path, key], value: '' }]);
            if (reason === undefined) setAdding(false);
            return reason;
          }}
        />
      ) : (
        <div className="add-row">
          <Button small look="quiet" onPress={() => setAdding(true)}>
            <Plus size={14} aria-hidden /> {t('inspector:addEntry')}
          </Button>
        </div>
      )}
    </div>
  );
}
