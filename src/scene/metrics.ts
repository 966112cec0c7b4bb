/** Sizes of the picture in canvas units. The canvas and the SVG export draw by them; the layout reserves them. */
export const CARD_WIDTH = 208;
/** Name and kind. */
export const CARD_HEIGHT = 56;
/** One more line of text. */
export const DETAIL_HEIGHT = 20;
/** What can be done about something missing. */
export const GHOST_HEIGHT = 26;
/** A row of marks for Pods. */
export const PODS_HEIGHT = 24;
/** Marks drawn before the rest becomes a number. */
export const MAX_POD_MARKS = 8;
export const FRAME_PADDING = 24;
export const FRAME_HEADER = 36;
export const FRAME_GAP = 48;
/** Width of a sign of an edge's caption; captions are monospaced. */
export const CAPTION_CHARACTER = 6.4;
export const CAPTION_HEIGHT = 16;
/** Longer captions end in an ellipsis. */
export const CAPTION_MAX = 28;

/** Wide signs (Chinese, Japanese, Korean, full-width) take two places. */
export function captionWidth(text: string): number {
  let places = 0;
  for (const sign of text) places += (sign.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return Math.ceil(places * CAPTION_CHARACTER) + 8;
}
