interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room between a box and the cards in it; above them stands its name. In canvas units. */
const ROOM = { side: 10, top: 24 } as const;
/** With more cards than this in a group, boxes are of single rows: looking for larger ones would hold up the picture. */
const MOST_MERGED = 400;

/** The fewest boxes that were found in one pass around cards of a group which hold none of the `strangers`. */
export function groupBoxes(cards: readonly Box[], strangers: readonly Box[]): readonly Box[] {
  const isFree = (box: Box): boolean => !strangers.some((card) => overlaps(card, box));
  const whole = padded(around(cards));
  if (isFree(whole)) return [whole];
  const boxes: Box[] = [];
  const ordered = cards.toSorted((a, b) => a.y - b.y || a.x - b.x);
  for (const card of ordered) {
    const known = cards.length > MOST_MERGED ? boxes.slice(-1) : boxes;
    const at = known.findIndex((box) => isFree(padded(around([box, card]))));
    if (at === -1) boxes.push(card);
    else boxes[boxes.length - known.length + at] = around([known[at]!, card]);
  }
  return boxes.map(padded);
}

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function padded({ x, y, width, height }: Box): Box {
  return { x: x - ROOM.side, y: y - ROOM.top, width: width + 2 * ROOM.side, height: height + ROOM.top + ROOM.side };
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
