import { createRoot } from 'react-dom/client';
import { App } from './editor/app.tsx';
import { loadTheRest } from './editor/later.tsx';
import { startI18n } from './editor/i18n.ts';
import { CARRIED_ID } from './interchange/scorm/carried-id.ts';
import { readPageOptions } from './editor/embed/page-options.ts';
import { readOnly } from './editor/embed/read-only.ts';
import { forgetHandles } from './editor/exporting/writable-places.ts';
import { page } from './editor/page-state.ts';
import { settings } from './editor/settings.ts';
import { BUILT_IN_KINDS } from './kinds/index.ts';
import { afterPaint } from './editor/after-paint.ts';
import { createWorkspace } from './workspace/create-workspace.ts';
import type { Painted } from './workspace/protocol.ts';
import { exampleFiles } from './workspace/example.ts';
import { createSimulation } from './workspace/simulation/create-simulation.ts';
import type { FromSimulation } from './workspace/simulation/simulation-protocol.ts';
import { browserParts, isFirstVisit, markVisited } from './workspace/saving/browser-parts.ts';
import { createShelf } from './workspace/saving/create-shelf.ts';
import { workerPort } from './workspace/worker-port.ts';

// React-aria would add a style element, which the page's security policy refuses; it looks for this id first, and
// the rule itself stands in the kit's base.css.
const marker = document.createElement('meta');
marker.id = 'react-aria-pressable-style';
document.head.append(marker);

const worker = new Worker(new URL('./document.worker.ts', import.meta.url), { type: 'module' });
const options = readPageOptions(location.search);
const own = createWorkspace({ port: workerPort(worker), kinds: BUILT_IN_KINDS });
const workspace = options.edits ? own : readOnly(own);
const untilDrawn = workspace.store.subscribe(({ scene }) => {
  if (scene.cards.length === 0) return;
  untilDrawn();
  afterPaint(() => {
    const painted: Painted = { type: 'painted' };
    worker.postMessage(painted);
    void loadTheRest();
  });
});
// What an address asks for holds for this visit.
if (options.language !== undefined) settings.setState({ language: options.language });
if (options.theme !== undefined) settings.setState({ theme: options.theme });
workspace.meanFor(settings.getState().release);

// A run has a thread of its own, which ends with it.
const simulation = createSimulation(() => {
  const thread = new Worker(new URL('./simulation.worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (message) => thread.postMessage(message),
    listen: (take) => thread.addEventListener('message', ({ data }: MessageEvent<FromSimulation>) => take(data)),
    end: () => thread.terminate(),
  };
});

// Only the page as one file brings a lesson along.
const carries = import.meta.env.MODE === 'portable' && document.getElementById(CARRIED_ID) !== null;

page.setState({ trials: () => import('./trials.ts') });

/** How long everything else waits for the first picture. */
const LONGEST_FIRST_PICTURE_MS = 1500;

const shelf = createShelf({ workspace, ...browserParts() });
// What was changed last gets through even when the page ends at once.
addEventListener('pagehide', () => void shelf.leave());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void shelf.flush();
});
shelf.state.subscribe(({ id }, before) => {
  if (id !== undefined) markVisited();
  if (before.id !== undefined && id !== before.id) forgetHandles();
});
void shelf.start().then(async (opened) => {
  if (location.hash.startsWith('#moment=')) {
    const { openMoment } = await import('./editor/simulation/keep/open-kept.ts');
    const isOpen = await openMoment(location, { shelf, workspace, simulation }).catch(() => false);
    if (isOpen) return page.setState({ starting: false });
  }
  if (options.isEmbedded || options.lesson !== undefined || carries) {
    const { startAsAsked } = await import('./editor/embed/start-as-asked.ts');
    page.setState({ starting: false });
    void loadTheRest();
    return startAsAsked(options, location.hash.slice(1), { shelf, workspace, simulation });
  }
  const example = opened || !isFirstVisit() ? undefined : await exampleFiles();
  // What a person began meanwhile goes first.
  const { design, import: importing } = workspace.store.getState();
  const isUntouched = design.files.size === 0 && importing.status === 'idle';
  if (example && isUntouched) {
    page.setState({ welcome: true });
    await shelf.begin('shop', example, false);
  }
  page.setState({ starting: false });
  const now = workspace.store.getState();
  if (now.design.files.size === 0 && now.import.status !== 'running') void loadTheRest();
});

// A large design takes its time, and nobody should wait for it before there are buttons.
setTimeout(() => void loadTheRest(), LONGEST_FIRST_PICTURE_MS);

// A link that holds a design is looked at first, and never takes the place of what is here.
const showShared = () => {
  const fragment = location.hash.slice(1);
  if (!options.isEmbedded && /^[de]\d+\./.test(fragment)) page.setState({ dialog: { type: 'shared', fragment } });
};
addEventListener('hashchange', showShared);
showShared();
void startI18n().then(() => {
  createRoot(document.getElementById('root')!).render(
    <App workspace={workspace} simulation={simulation} shelf={shelf} exampleFiles={exampleFiles} options={options} />,
  );
});
