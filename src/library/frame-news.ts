import type { DesignFile } from './design-file.ts';

/** What the page in the frame says that a component passes on. */
export type FrameNews =
  | { readonly type: 'ready' }
  | {
      readonly type: 'opened';
      readonly objects: number;
      readonly skipped: readonly { readonly file: string; readonly line: number }[];
    }
  | { readonly type: 'design'; readonly files: readonly DesignFile[] }
  | { readonly type: 'selection'; readonly objects: readonly string[] };

const TYPES: readonly unknown[] = ['ready', 'opened', 'design', 'selection'];

/** A message of Drydock's page; undefined for any other. */
export function newsOf(data: unknown): FrameNews | undefined {
  if (typeof data !== 'object' || data === null || !('drydock' in data)) return undefined;
  const { drydock } = data;
  return isNews(drydock) ? drydock : undefined;
}

/** The page is of the same package: its type says what else there is. */
function isNews(said: unknown): said is FrameNews {
  return typeof said === 'object' && said !== null && 'type' in said && TYPES.includes(said.type);
}
