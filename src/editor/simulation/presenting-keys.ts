import { openDialog } from '../page-state.ts';
import { DETAILS, changeSettings, settings } from '../settings.ts';
import { pane } from './pane-state.ts';

/** What a key does for who presents a run; undefined where it means nothing. */
export function presentingAction(key: string): (() => void) | undefined {
  const { projector, blank, inside } = pane.getState();
  switch (key) {
    case 't':
      return () => pane.setState({ projector: !projector });
    case '.':
    case 'b':
      return () => pane.setState({ blank: !blank });
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
      return projector ? () => pane.setState({ blank: false }) : undefined;
    case 'Escape':
      if (blank) return () => pane.setState({ blank: false });
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
