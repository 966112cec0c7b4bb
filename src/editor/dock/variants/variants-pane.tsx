import { useEffect, useMemo, useState } from 'react';
import { Columns2 } from 'lucide-react';
import { Button } from '../../../kit/button.tsx';
import { Segmented } from '../../../kit/segmented.tsx';
import { DifferenceLines } from '../../../kit/difference-view.tsx';
import { lineDifference } from '../../../kit/line-difference.ts';
import { ListRow } from '../../../kit/list-row.tsx';
import { showToast } from '../../../kit/toasts.ts';
import { visibleText } from '../../../kit/visible-text.ts';
import { NotesList } from '../../outside/notes-list.tsx';
import { useOutsideText } from '../../outside/outside-text.ts';
import { openDialog } from '../../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { variantsOf } from './build-variants.ts';
import type { Variant, VariantResult } from './build-variants.ts';
import './variants.css';

/** Somebody types: what follows is built when they pause. Milliseconds. */
const CALM_MS = 300;
const MOST_LINES = 2000;
type View = 'base' | 'result';

/** What each overlay makes of the base, built again with every change of either. */
export default function VariantsPane() {
  const t = useOutsideText();
  const variants = useVariants();
  const [folder, setFolder] = useState<string>();
  const [view, setView] = useState<View>('base');
  const variant = variants?.find((one) => one.folder === folder) ?? variants?.[0];
  const shown: View = variant?.base ? view : 'result';
  const lines = useMemo(() => (variant?.base ? lineDifference(variant.base.text, variant.text) : []), [variant]);
  if (!variants) return <p className="quiet variants-note">{t('variantsBuilding')}</p>;
  if (!variant) return <p className="quiet variants-note">{t('variantsNone')}</p>;
  const { base } = variant;
  return (
    <div className="variants">
      <ul className="variants-list" aria-label={t('variants')}>
        {variants.map((one) => (
          <li key={one.folder}>
            <ListRow
              className="variants-row"
              isCurrent={one.folder === variant.folder}
              onPress={() => setFolder(one.folder)}
            >
              <b>{nameOf(one)}</b>
              <span className={one.objects === 0 ? 'variants-refused' : 'quiet'}>
                {one.objects === 0 ? t('nothingCame') : t('variantsObjects', { count: one.objects })}
              </span>
            </ListRow>
          </li>
        ))}
      </ul>
      <div className="variants-result">
        <div className="variants-bar">
          {base && (
            <Segmented
              label={t('variantsShow')}
              options={[
                { id: 'base', label: t('variantsAgainst', { name: nameOf(base) }) },
                { id: 'result', label: t('variantsResult') },
              ]}
              value={shown}
              onChange={setView}
            />
          )}
          <span className="grow" />
          {base && base.objects > 0 && variant.objects > 0 && (
            <Button small onPress={() => compare(base, variant)}>
              <Columns2 size={14} aria-hidden />
              {t('variantsPictures')}
            </Button>
          )}
        </div>
        {variant.objects > 0 &&
          (shown === 'base' ? (
            <DifferenceLines
              lines={lines}
              label={t('variantsAgainst', { name: base ? nameOf(base) : '' })}
              most={MOST_LINES}
              moreWords={(count) => t('moreNotes', { count })}
            />
          ) : (
            // A region that scrolls must be reachable by keyboard.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            <pre className="variants-text" aria-label={t('variantsResult')} tabIndex={0}>
              {variant.text}
            </pre>
          ))}
        <NotesList notes={variant.notes} />
      </div>
    </div>
  );
}

const nameOf = ({ folder }: VariantResult): string => visibleText(folder === '' ? '.' : folder);

function compare(base: VariantResult, variant: VariantResult): void {
  const side = (one: VariantResult) => ({ name: nameOf(one), files: [{ path: 'result.yaml', content: one.text }] });
  openDialog({ type: 'compare', pair: { before: side(base), after: side(variant) } });
}

/** undefined until they were built for the first time. */
function useVariants(): readonly Variant[] | undefined {
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const [variants, setVariants] = useState<readonly Variant[]>();
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      variantsOf(workspace.exportFiles({ layout: 'drop' })).then(
        (built) => isCurrent && setVariants(built),
        (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
      );
    }, CALM_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [workspace, design]);
  return variants;
}
