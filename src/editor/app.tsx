import { useEffect } from 'react';
import { useStore } from 'zustand';
import '../kit/tokens.css';
import '../kit/base.css';
import '../kit/kit.css';
import './editor.css';
import { ErrorBoundary } from '../kit/error-boundary.tsx';
import { Splitter } from '../kit/splitter.tsx';
import type { Shelf } from '../workspace/saving/shelf.ts';
import type { Simulation } from '../workspace/simulation/simulation.ts';
import type { ImportedFile, Workspace } from '../workspace/workspace.ts';
import { Canvas } from './canvas/canvas.tsx';
import { Dialogs } from './dialogs/dialogs.tsx';
import { useDockOpen } from './dock/use-dock-open.ts';
import { PaneFailure } from './failure.tsx';
import { useText } from './i18n.ts';
import type { PageOptions } from './embed/page-options.ts';
import { DropTarget } from './importing/drop-target.tsx';
import { fetchLater, later } from './later.tsx';
import { usePageKeys } from './page-keys.ts';
import { PalettePlace } from './palette/palette-place.tsx';
import { useLintSwitches } from './problems/use-lint-switches.ts';
import { usePage } from './page-state.ts';
import { changeSettings, settings } from './settings.ts';
import { ShelfContext } from './shelf-context.ts';
import { SimulationContext } from './simulation/simulation-context.ts';
import { useWorkspaceState, WorkspaceContext } from './workspace-context.ts';

const Inspector = later(async () => ({ default: (await import('./inspector/inspector.tsx')).Inspector }));
const Dock = later(async () => ({ default: (await import('./dock/dock.tsx')).Dock }));
const TopBar = later(() => import('./shell/top-bar.tsx'), <header className="top-bar" />);
const PalettePane = later(() => import('./palette/palette-pane.tsx'), <PalettePlace />);
const EmptyCanvas = later(() => import('./empty-canvas.tsx'));
const WelcomeCard = later(() => import('./shell/welcome-card.tsx'));
const Notices = later(() => import('./notices.tsx'));
// What panes import when they are first used.
fetchLater(() => import('../kit/code-editor.tsx'));
fetchLater(() => import('../workspace/saving/merge-files.ts'));
fetchLater(() => import('./inspector/form/form-pane.tsx'));
fetchLater(() => import('./inspector/form/stored-form.ts'));
fetchLater(() => import('./inspector/form/field-start.ts'));
fetchLater(() => import('./inspector/yaml/yaml-assist.ts'));
fetchLater(() => import('./dock/files-as-text/files-as-text.tsx'));
const EmbeddedShell = later(async () => ({ default: (await import('./embed/embedded-shell.tsx')).EmbeddedShell }));
const SimulationView = later(() => import('./simulation/simulation-view.tsx'));

interface AppProps {
  readonly workspace: Workspace;
  readonly simulation: Simulation;
  readonly shelf: Shelf;
  /** The files of the example that an empty page offers. */
  readonly exampleFiles: () => Promise<readonly ImportedFile[]>;
  readonly options: PageOptions;
}

/** The whole page. Each pane fails on its own; the work can be saved from any failure. */
export function App({ workspace, simulation, shelf, exampleFiles, options }: AppProps) {
  return (
    <WorkspaceContext value={workspace}>
      <SimulationContext value={simulation}>
        <ShelfContext value={shelf}>
          <ErrorBoundary fallback={PaneFailure}>
            <Shell exampleFiles={exampleFiles} options={options} />
          </ErrorBoundary>
        </ShelfContext>
      </SimulationContext>
    </WorkspaceContext>
  );
}

function Shell({ exampleFiles, options }: Pick<AppProps, 'exampleFiles' | 'options'>) {
  const { theme } = useStore(settings);
  const mode = usePage((state) => state.mode);
  useLintSwitches();
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  if (!options.edits) return <EmbeddedShell ui={options.ui} />;
  return (
    <div className="app">
      <TopBar />
      {mode === 'design' ? (
        <DesignPanes exampleFiles={exampleFiles} />
      ) : (
        <Pane>
          <SimulationView />
        </Pane>
      )}
      <Dialogs />
      <DropTarget />
    </div>
  );
}

function DesignPanes({ exampleFiles }: Pick<AppProps, 'exampleFiles'>) {
  const t = useText();
  const { inspectorWidth, inspectorOpen, dockHeight } = useStore(settings);
  const starting = usePage((state) => state.starting);
  const dockOpen = useDockOpen();
  const empty = useWorkspaceState(({ design }) => design.files.size === 0);
  const importing = useWorkspaceState((state) => state.import.status === 'running');
  usePageKeys();
  return (
    <>
      <PalettePane />
      <main className="app-canvas">
        <Pane>
          <Canvas />
        </Pane>
        {empty && !importing && !starting && <EmptyCanvas exampleFiles={exampleFiles} />}
        <WelcomeCard />
        <Notices />
      </main>
      {!empty && inspectorOpen && (
        <aside className="app-inspector" style={{ width: inspectorWidth }} aria-label={t('shell:inspector')}>
          <Splitter
            label={t('shell:inspectorWidth')}
            orientation="vertical"
            size={inspectorWidth}
            min={260}
            max={720}
            onChange={(size) => changeSettings({ inspectorWidth: size })}
          />
          <Pane>
            <Inspector />
          </Pane>
        </aside>
      )}
      {!empty && (
        <section
          className="app-dock"
          style={dockOpen ? { height: dockHeight } : undefined}
          aria-label={t('shell:dock')}
        >
          {dockOpen && (
            <Splitter
              label={t('shell:dockHeight')}
              orientation="horizontal"
              size={dockHeight}
              min={96}
              max={560}
              onChange={(size) => changeSettings({ dockHeight: size })}
            />
          )}
          <Pane>
            <Dock />
          </Pane>
        </section>
      )}
    </>
  );
}

function Pane({ children }: { readonly children: React.ReactNode }) {
  return <ErrorBoundary fallback={PaneFailure}>{children}</ErrorBoundary>;
}
