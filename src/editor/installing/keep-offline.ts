import { showToast } from '../../kit/toasts.ts';
import { isEmbedded } from '../../workspace/saving/person-memory.ts';
import { i18n } from '../i18n.ts';
import { savesData } from '../saves-data.ts';

/**
 * Keeps the page in the browser, so that it opens without a network and can be installed. Not in a frame, which keeps
 * nothing, not where the page is one file, and not for who saves data: it fetches everything.
 */
export function keepOffline(): void {
  if (!import.meta.env.PROD || import.meta.env.MODE === 'portable') return;
  if (isEmbedded() || savesData() || !('serviceWorker' in navigator)) return;
  // Only once the page stands: nothing of the first picture waits for it.
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = './drydock.webmanifest';
  document.head.append(link);
  navigator.serviceWorker.register('./sw.js').then(
    (registration) => {
      if (registration === undefined) return;
      registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
          // Windows that are open stay what they are: files of two builds in one page would not fit.
          if (installing.state === 'installed' && navigator.serviceWorker.controller !== null)
            showToast({ text: i18n.t('files:newVersion'), tone: 'plain' });
        });
      });
    },
    // A browser that keeps nothing (a private window) shows the page all the same.
    () => undefined,
  );
}

keepOffline();
