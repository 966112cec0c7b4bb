import type { Picture } from '../../design/design.ts';
import type { ImportedFile } from '../../workspace/workspace.ts';
import type { Theme } from '../settings.ts';

/** What the page around may ask of the one in its frame, as `{ drydock: … }`. */
export type EmbedOrder =
  | { readonly type: 'next' }
  | { readonly type: 'back' }
  /** From 1. */
  | { readonly type: 'goTo'; readonly step: number }
  | { readonly type: 'language'; readonly language: string }
  | { readonly type: 'theme'; readonly theme: Theme }
  | DesignOrder;

export type DesignOrder =
  /** Shows these files in place of what is shown; answered by `opened`. */
  | { readonly type: 'open'; readonly files: readonly ImportedFile[] }
  /** Chooses objects by their identities, `Deployment.apps/shop/web`. */
  | { readonly type: 'select'; readonly objects: readonly string[] }
  | { readonly type: 'picture'; readonly picture: Picture };

/** What the page in the frame tells the one around it, as `{ drydock: … }`. */
export type EmbedNews =
  | { readonly type: 'ready' }
  | DesignNews
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

/** What happens to a design that the page around gave; told to nobody else. */
export type DesignNews =
  | {
      readonly type: 'opened';
      readonly objects: number;
      /** Parts that were not understood; their text is kept. Lines from 1. */
      readonly skipped: readonly { readonly file: string; readonly line: number }[];
    }
  /** A person changed the design: all its files as they would be saved. */
  | { readonly type: 'design'; readonly files: readonly ImportedFile[] }
  /** Identities of what is chosen now. */
  | { readonly type: 'selection'; readonly objects: readonly string[] };

/**
 * Words of a lesson anybody may read, whatever page is around; what concerns a design goes only to the origin that gave
 * it.
 */
export function tellParent(news: EmbedNews, origin = '*'): void {
  if (parent !== window) parent.postMessage({ drydock: news }, origin);
}
