import { Search } from 'lucide-react';
import { useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { Dialog } from '../../kit/dialog.tsx';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { useKeyRows } from './key-rows.ts';

/** Every key of the page, and how the picture is moved; found by a word or by the key itself. */
export function KeysDialog() {
  const t = useText();
  const groups = useKeyRows();
  const [text, setText] = useState('');
  const typed = text.trim().toLowerCase();
  const found = groups.flatMap(({ title, rows }) => {
    const matching = rows.filter(({ what, keys }) =>
      [what, title, ...keys].some((word) => word.toLowerCase().includes(typed)),
    );
    return matching.length === 0 ? [] : [{ title, rows: matching }];
  });
  return (
    <Dialog wide title={t('shell:keys')} closeLabel={t('shell:close')} onClose={closeDialog}>
      {/* The dialog was opened to look something up. */}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <SearchField className="search-field" aria-label={t('keys:search')} value={text} onChange={setText} autoFocus>
        <Search size={14} aria-hidden />
        <Input className="input" placeholder={t('keys:search')} />
      </SearchField>
      {found.length === 0 && <p className="quiet">{t('keys:nothing')}</p>}
      {found.map(({ title, rows }) => (
        <section key={title} className="keys-group">
          <h3 className="field-label">{title}</h3>
          <dl className="keys">
            {rows.map(({ what, keys }) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key} className="key">
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
