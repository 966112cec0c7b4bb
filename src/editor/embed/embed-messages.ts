/** What the page around may ask of the one in its frame, as `{ drydock: … }`. */
export type EmbedOrder =
  | { readonly type: 'next' }
  | { readonly type: 'back' }
  /** From 1. */
  | { readonly type: 'goTo'; readonly step: number }
  | { readonly type: 'language'; readonly language: string };

/** What the page in the frame tells the one around it, as `{ drydock: … }`. */
export type EmbedNews =
  | { readonly type: 'ready' }
  | {
      readonly type: 'step';
      readonly lesson: string;
      /** From 1; a question belongs to the step before it. */
      readonly step: number;
      readonly steps: number;
      readonly caption: string;
      /** Id of the question that waits for an answer or has been answered. */
      readonly question?: string;
    }
  /** A key that the page leaves to the one around it (`keys=off`). */
  | { readonly type: 'key'; readonly key: string; readonly code: string };

/** The page around may be of any origin: what it is told are words of a lesson, which anybody may read. */
export function tellParent(news: EmbedNews): void {
  if (parent !== window) parent.postMessage({ drydock: news }, '*');
}
