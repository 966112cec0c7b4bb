import { ChevronDown, ChevronUp, FileUp } from 'lucide-react';
import type { Viewport } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button, IconButton } from '../../../kit/button.tsx';
import { Choice } from '../../../kit/choice.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { showToast } from '../../../kit/toasts.ts';
import { toggled } from '../../../base/toggled.ts';
import { visibleText } from '../../../kit/visible-text.ts';
import { pictureOf } from '../../../interchange/picture/picture.ts';
import type { ComparedSide, DesignComparison } from '../../../workspace/compare/designs.ts';
import { frameWords } from '../../files/picture-words.ts';
import { i18n, useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { iconMarkup } from '../../icons/icon-markup.ts';
import { useOutsideText } from '../../outside/outside-text.ts';
import { closeDialog, page } from '../../page-state.ts';
import type { ComparedPair } from '../../page-state.ts';
import { useShelf } from '../../shelf-context.ts';
import { shownTheme } from '../../shown-theme.ts';
import { useWorkspace } from '../../workspace-context.ts';
import { boundsOf, cardBoxes } from '../geometry.ts';
import { sceneBounds, viewOf } from '../viewport.ts';
import './compare.css';
import { CompareDetail } from './compare-detail.tsx';
import { ComparePane } from './compare-pane.tsx';
import type { Change } from './compare-pane.tsx';
import { pickToCompare, sourcesOf } from './compare-sources.ts';
import type { CompareSource } from './compare-sources.ts';
import { useCompareWords } from './compare-words.ts';

const CHANGES: readonly Change[] = ['added', 'removed', 'changed', 'renamed'];
const ASIDE: Viewport = { x: 0, y: 0, zoom: 1 };
const STEP_ZOOM = 0.8;

/** The open design beside another, or beside itself as it was: as two pictures, and as text. */
export default function CompareDialog({ pair }: { readonly pair: ComparedPair | undefined }) {
  const t = useOutsideText();
  const text = useText();
  const words = useCompareWords();
  const workspace = useWorkspace();
  const shelf = useShelf();
  const offered = useMemo(() => sourcesOf(workspace.store.getState().baseline, shelf), [workspace, shelf]);
  const [picked, setPicked] = useState<CompareSource>();
  const sources = picked ? [...offered, picked] : offered;
  const [source, setSource] = useState<CompareSource | undefined>(() => (pair ? sourceOf(pair) : offered[0]));
  const [hidden, setHidden] = useState<ReadonlySet<Change>>(new Set());
  const [chosen, setChosen] = useState<string>();
  const [viewport, setViewport] = useState(ASIDE);
  const panes = useRef<HTMLDivElement>(null);
  const show = useCallback(({ before, after }: DesignComparison): void => {
    const box = boundsOf([before, after].flatMap(({ scene }) => sceneBounds(scene) ?? []));
    const size = panes.current?.getBoundingClientRect();
    setChosen(undefined);
    if (box && size) setViewport(viewOf(box, size.width / 2, size.height, 0.1));
  }, []);
  const made = useComparison(source, pair, show);
  const comparison = made?.comparison;

  const all = comparison?.differences ?? [];
  const shown = useMemo(
    () => (comparison?.differences ?? []).filter(({ change }) => !hidden.has(change)),
    [comparison, hidden],
  );
  const at = shown.findIndex(({ id }) => id === chosen);
  const goTo = (id: string | undefined): void => {
    setChosen(id);
    const difference = shown.find((one) => one.id === id);
    const size = panes.current?.getBoundingClientRect();
    if (!difference || !comparison || !size) return;
    const box =
      cardBoxes(comparison.after.scene).get(comparison.after.cards.get(difference.id) ?? '') ??
      cardBoxes(comparison.before.scene).get(comparison.before.cards.get(difference.id) ?? '');
    if (!box) return;
    const zoom = Math.max(viewport.zoom, STEP_ZOOM);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    setViewport({ zoom, x: size.width / 4 - x * zoom, y: size.height / 2 - y * zoom });
  };
  const step = (by: number): void =>
    goTo(shown[(Math.max(at, by > 0 ? -1 : 0) + by + shown.length) % shown.length]?.id);
  const pick = async (): Promise<void> => {
    const found = await pickToCompare();
    if (!found) return;
    setPicked(found);
    setSource(found);
  };
  const shared = { differences: shown, words: words.mark, chosen, onChoose: setChosen, viewport } as const;
  return (
    <Dialog title={t('compareTitle')} closeLabel={text('shell:close')} onClose={closeDialog} huge>
      <div className="compare">
        <div className="compare-bar">
          {!pair && (
            <>
              <Choice
                label={t('compareWith')}
                labelHidden
                value={source?.id ?? null}
                placeholder={t('compareNone')}
                options={sources.map((one) => ({ id: one.id, label: words.source(one) }))}
                onChange={(id) => setSource(sources.find((one) => one.id === id) ?? source)}
              />
              <Button onPress={() => void pick()}>
                <FileUp size={16} aria-hidden />
                {t('compareFiles')}
              </Button>
            </>
          )}
          <span className="grow" />
          {comparison && (
            <fieldset className="compare-filters" aria-label={t('compareFilter')}>
              {CHANGES.map((change) => (
                <button
                  key={change}
                  type="button"
                  className="compare-filter"
                  aria-pressed={!hidden.has(change)}
                  onClick={() => setHidden(toggled(hidden, change))}
                >
                  <span className={`compare-badge compare-badge-${change}`}>
                    <span>{t(`letter.${change}`)}</span>
                  </span>
                  {t(`change.${change}`)} {all.filter((one) => one.change === change).length}
                </button>
              ))}
            </fieldset>
          )}
          <output className="compare-count">
            {comparison && (at < 0 ? t('compareCount', { count: shown.length }) : `${at + 1} / ${shown.length}`)}
          </output>
          <IconButton
            label={t('comparePrevious')}
            icon={<ChevronUp size={16} />}
            disabled={shown.length === 0}
            onPress={() => step(-1)}
          />
          <IconButton
            label={t('compareNext')}
            icon={<ChevronDown size={16} />}
            disabled={shown.length === 0}
            onPress={() => step(1)}
          />
        </div>
        <div className="compare-panes" ref={panes}>
          {made && source ? (
            <>
              <ComparePane
                {...shared}
                label={visibleText(words.source(source))}
                side={made.comparison.before}
                picture={made.before}
                nameOf={nameBefore}
                onViewportChange={setViewport}
              />
              <ComparePane
                {...shared}
                label={pair?.after.name ?? t('compareNow')}
                side={made.comparison.after}
                picture={made.after}
                nameOf={nameAfter}
                onViewportChange={setViewport}
              />
            </>
          ) : (
            <p className="quiet compare-empty">{t(source ? 'comparing' : 'compareNone')}</p>
          )}
        </div>
        {comparison && <CompareDetail differences={shown} same={comparison.same} chosen={chosen} onChoose={goTo} />}
      </div>
    </Dialog>
  );
}

/** The older of two designs that were given. */
const sourceOf = ({ before: { name, files } }: ComparedPair): CompareSource => ({
  id: 'pair',
  type: 'files',
  name,
  files: () => Promise.resolve(files),
});

const nameBefore = ({ id, from, change }: { id: string; from?: string; change: Change }): string | undefined =>
  change === 'added' ? undefined : (from ?? id);
const nameAfter = ({ id, change }: { id: string; change: Change }): string | undefined =>
  change === 'removed' ? undefined : id;

/** A comparison, and addresses of the pictures of both sides. */
interface Made {
  readonly source: CompareSource;
  readonly comparison: DesignComparison;
  readonly before: string;
  readonly after: string;
}

/** What a thread finds between a source and the open design; undefined until it has. */
function useComparison(
  source: CompareSource | undefined,
  pair: ComparedPair | undefined,
  show: (comparison: DesignComparison) => void,
): Made | undefined {
  const workspace = useWorkspace();
  const [made, setMade] = useState<Made>();
  useEffect(() => {
    if (!source) return;
    let end = (): void => undefined;
    let isCurrent = true;
    const compare = async (): Promise<void> => {
      const [threads, before] = await Promise.all([page.getState().trials?.(), source.files()]);
      if (!threads || !isCurrent) return;
      const comparer = threads.openComparer();
      end = () => comparer.end();
      const comparison = await comparer.compare({
        before,
        after: pair?.after.files ?? workspace.exportFiles({ layout: 'keep' }),
      });
      comparer.end();
      if (!isCurrent) return;
      show(comparison);
      // Icons are drawn by React, which it does not do while it draws.
      setMade({ source, comparison, before: drawn(comparison.before), after: drawn(comparison.after) });
    };
    compare().catch((error: unknown) => isCurrent && showToast({ text: String(error), tone: 'bad' }));
    return () => {
      isCurrent = false;
      end();
    };
  }, [source, pair, workspace, show]);
  return made?.source === source ? made : undefined;
}

function drawn({ scene }: ComparedSide): string {
  const svg = pictureOf(scene, {
    theme: shownTheme(),
    background: false,
    icon: iconMarkup,
    frame: frameWords(i18n.t as Text),
  });
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
