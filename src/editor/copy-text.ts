import { showToast } from '../kit/toasts.ts';

/** Puts text on the clipboard, and says that it is there or why it is not. */
export function copyText(text: string, said: string): void {
  navigator.clipboard.writeText(text).then(
    () => showToast({ text: said, tone: 'plain' }),
    (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
  );
}
