import { Search } from 'lucide-react';
import { useText } from '../i18n.ts';
import { changeFilter, useProblemsView } from './problems-view.ts';

/** Narrows the list while typing: by sentence, object, namespace, file or field. */
export function ProblemSearch() {
  const t = useText();
  const text = useProblemsView(({ filter }) => filter.text);
  return (
    <label className="problem-search">
      <Search size={14} aria-hidden />
      <span className="visually-hidden">{t('problems:search')}</span>
      <input
        type="search"
        className="input"
        value={text}
        placeholder={t('problems:search')}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => changeFilter({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.stopPropagation();
          changeFilter({ text: '' });
        }}
      />
    </label>
  );
}
