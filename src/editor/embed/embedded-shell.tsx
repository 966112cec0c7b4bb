import { lazy, Suspense } from 'react';
import { ErrorBoundary } from '../../kit/error-boundary.tsx';
import './embed.css';
import { Canvas } from '../canvas/canvas.tsx';
import { Dialogs } from '../dialogs/dialogs.tsx';
import { PaneFailure } from '../failure.tsx';
import { usePage } from '../page-state.ts';
import type { Surroundings } from './page-options.ts';

const SimulationView = lazy(() => import('../simulation/simulation-view.tsx'));
/** What may be read beside a lesson. */
const READING: readonly string[] = ['glossary', 'shared'];

/** The page in a frame of another: the picture of a design, or a lesson. */
export function EmbeddedShell({ ui }: { readonly ui: Surroundings }) {
  const mode = usePage((state) => state.mode);
  const reads = usePage(({ dialog }) => dialog !== undefined && READING.includes(dialog.type));
  return (
    <div className={`app app-embedded${ui === 'none' ? ' app-embedded-bare' : ''}`}>
      <ErrorBoundary fallback={PaneFailure}>
        {mode === 'design' ? (
          <main className="app-canvas">
            <Canvas />
          </main>
        ) : (
          <Suspense>
            <SimulationView />
          </Suspense>
        )}
      </ErrorBoundary>
      {reads && <Dialogs />}
    </div>
  );
}
