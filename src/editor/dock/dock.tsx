import { lazy, Suspense } from 'react';
import { ChevronDown, ChevronUp, Settings2 } from 'lucide-react';
import { IconButton } from '../../kit/button.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useText } from '../i18n.ts';
import { openDialog, page, usePage } from '../page-state.ts';
import type { PageState } from '../page-state.ts';
import { changeSettings } from '../settings.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { FilesPane } from './files-pane.tsx';
import { ProblemSearch } from '../problems/problem-search.tsx';
import { ReleaseChoice } from '../problems/release-choice.tsx';
import { ProblemsPane } from '../problems/problems-pane.tsx';
import { useDockOpen } from './use-dock-open.ts';
import { hasKustomizations } from './variants/has-kustomizations.ts';

const VariantsPane = lazy(() => import('./variants/variants-pane.tsx'));
const FilesAsText = lazy(() => import('./files-as-text/files-as-text.tsx'));

/** The pane beneath the canvas: what deserves a look, and which files there are. */
export function Dock() {
  const t = useText();
  const open = useDockOpen();
  const hasVariants = useWorkspaceState(({ design }) => hasKustomizations(design));
  const asked = usePage((state) => state.dockTab);
  const tab = asked === 'variants' && !hasVariants ? 'problems' : asked;
  const problems = useWorkspaceState((state) => state.problems.length);
  const files = useWorkspaceState(({ design }) => design.files.size);
  return (
    <div className={open ? 'dock' : 'dock dock-closed'}>
      <Tabs
        label={t('shell:dock')}
        selected={tab}
        onSelect={(next) => {
          page.setState({ dockTab: next as PageState['dockTab'] });
          if (!open) changeSettings({ dockOpen: true });
        }}
        extra={
          <div className="tab-row-extra">
            {open && tab === 'problems' && problems > 0 && <ProblemSearch />}
            {open && tab === 'problems' && <ReleaseChoice />}
            {open && tab === 'problems' && (
              <IconButton
                small
                label={t('problems:lints')}
                icon={<Settings2 size={14} />}
                onPress={() => openDialog({ type: 'lints' })}
              />
            )}
            <IconButton
              small
              label={open ? t('shell:dockClose') : t('shell:dockOpen')}
              icon={open ? <ChevronDown size={14} /> : <ChevronUp size={14} />}
              onPress={() => changeSettings({ dockOpen: !open })}
            />
          </div>
        }
        tabs={[
          { id: 'problems', title: t('shell:problems'), count: problems, content: open && <ProblemsPane /> },
          { id: 'files', title: t('shell:filesTab'), count: files, content: open && <FilesPane /> },
          {
            id: 'yaml',
            title: t('yaml:tab'),
            content: open && (
              <Suspense fallback={null}>
                <FilesAsText />
              </Suspense>
            ),
          },
          ...(hasVariants
            ? [
                {
                  id: 'variants',
                  title: t('yaml:variants'),
                  content: open && (
                    <Suspense fallback={null}>
                      <VariantsPane />
                    </Suspense>
                  ),
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}
