import { ownLints } from '../../design/lints/own-lints.ts';
import { ownLintsTexts } from '../../design/own-file.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { sentence, useText } from '../i18n.ts';
import { useWorkspaceState } from '../workspace-context.ts';

/** What the design says about its lints itself, by documents `kind: Lints`, and what is wrong with that. */
export function LintsOfDesign() {
  const t = useText();
  const design = useWorkspaceState((state) => state.design);
  const files = [...new Set(ownLintsTexts(design).map(({ path }) => path))];
  if (files.length === 0) return null;
  const { problems } = ownLints(design);
  return (
    <>
      <p className="quiet">{t('dialogs:lintsOfDesign', { files: files.map(visibleText).join(', ') })}</p>
      {problems.length > 0 && (
        <ul role="alert">
          {problems.map(({ id, path, field, params }) => (
            <li key={`${path} ${id} ${field}`}>
              <code>{visibleText(field === '' ? path : `${path}: ${field}`)}</code>{' '}
              {sentence(t, 'problems', id, params)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
