import { useEffect } from 'react';
import { page } from '../page-state.ts';
import { useShelf } from '../shelf-context.ts';
import { useWorkspace } from '../workspace-context.ts';
import { drawSvg } from './picture-file.ts';

/**
 * While the browser prints a design, the whole picture stands on one sheet in place of the page: light, as paper is, and
 * without what an object keeps secret, which no card shows.
 */
export function usePrintedPicture(): void {
  const workspace = useWorkspace();
  const shelf = useShelf();
  useEffect(() => {
    let sheet: HTMLElement | undefined;
    const put = (): void => {
      take();
      if (page.getState().mode !== 'design' || workspace.store.getState().scene.frames.length === 0) return;
      const choice = { theme: 'light', background: false, onlySelection: false } as const;
      sheet = document.createElement('figure');
      sheet.className = 'print-sheet';
      const name = document.createElement('figcaption');
      name.textContent = shelf.state.getState().name;
      const svg = new DOMParser().parseFromString(drawSvg(workspace, choice), 'image/svg+xml').documentElement;
      svg.removeAttribute('width');
      svg.removeAttribute('height');
      sheet.append(name, document.importNode(svg, true));
      document.body.append(sheet);
    };
    const take = (): void => {
      sheet?.remove();
      sheet = undefined;
    };
    window.addEventListener('beforeprint', put);
    window.addEventListener('afterprint', take);
    return () => {
      take();
      window.removeEventListener('beforeprint', put);
      window.removeEventListener('afterprint', take);
    };
  }, [workspace, shelf]);
}
