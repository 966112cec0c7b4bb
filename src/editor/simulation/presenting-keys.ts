import { openDialog } from '../page-state.ts';
import { DETAILS, changeSettings, settings } from '../settings.ts';
import { eraseAll, presenting, takeTool } from '../presenting/presenting-state.ts';
import type { Tool } from '../presenting/presenting-state.ts';
import { toggleZoom } from '../presenting/zoom-part.ts';
import { pane } from './pane-state.ts';

const TOOLS: Readonly<Record<string, Tool>> = { d: 'pen', e: 'eraser', c: 'light' };

/** What a key does for who presents a run; undefined where it means nothing. */
export function presentingAction(key: string): (() => void) | undefined {
  const { projector, blank, inside } = pane.getState();
  const { tool, zoom, highContrast, picture } = presenting.getState();
  const taken = TOOLS[key];
  if (taken !== undefined)
    return () => {
      takeTool(taken);
      presenting.setState({ isOpen: true });
    };
  switch (key) {
    case 'z':
      return toggleZoom;
    case 'x':
      return () => eraseAll(picture);
    case 'h':
      return () => presenting.setState({ highContrast: !highContrast });
    case 't':
      return () => pane.setState({ projector: !projector });
    case '.':
    case 'b':
      return () => pane.setState({ blank: blank === undefined ? 'black' : undefined });
    case 'w':
      return () => pane.setState({ blank: blank === undefined ? 'white' : undefined });
    case 's':
      return () => pane.setState(({ spotlight }) => ({ spotlight: !spotlight }));
    case 'f':
      return toggleFullScreen;
    case 'l':
      return () => changeSettings({ language: settings.getState().language === 'en' ? 'zh-CN' : 'en' });
    case '1':
    case '2':
    case '3':
      return () => changeSettings({ detail: DETAILS[Number(key) - 1]! });
    case '?':
      return () => openDialog({ type: 'keys' });
    // Clickers send it to begin a show; the page would be loaded again, and the run be gone.
    case 'F5':
      return projector ? () => pane.setState({ blank: undefined }) : undefined;
    case 'Escape':
      if (blank !== undefined) return () => pane.setState({ blank: undefined });
      if (tool !== undefined || zoom !== undefined)
        return () => presenting.setState({ tool: undefined, zoom: undefined });
      if (inside !== undefined) return () => pane.setState({ inside: undefined });
      return projector ? () => pane.setState({ projector: false }) : undefined;
    default:
      return undefined;
  }
}

function toggleFullScreen(): void {
  // A browser may refuse; the page is then shown as it is.
  const asked =
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
  asked.catch(() => undefined);
}
