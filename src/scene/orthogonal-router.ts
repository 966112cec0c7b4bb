import { PriorityQueue } from '../base/priority-queue.ts';
import type { Point } from './scene.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lines keep this far from cards: two lanes along each side. */
const LANES = [10, 18] as const;
const CLEARANCE = LANES[0] - 1;
const BEND_COST = 60;
const SHARED_COST = 90;

type Side = 'right' | 'left' | 'bottom' | 'top';

/** Sides in reading order: leaving to the right and entering from the left is what an eye expects. */
const LEAVE_COST: Record<Side, number> = { right: 0, bottom: 30, top: 40, left: 60 };
const ENTER_COST: Record<Side, number> = { left: 0, top: 30, bottom: 40, right: 60 };

/**
 * Finds ways for lines around boxes: horizontal and vertical pieces along lanes beside the boxes, few bends, lanes that
 * other lines already use avoided. Lines are routed one after another; the same input gives the same ways.
 */
export class OrthogonalRouter {
  private readonly xs: readonly number[];
  private readonly ys: readonly number[];
  /** For each lane line and each piece of it: blocked by a box. */
  private readonly blockedAcross: Uint8Array;
  private readonly blockedDown: Uint8Array;
  private readonly usedAcross: Uint8Array;
  private readonly usedDown: Uint8Array;

  constructor(boxes: readonly Box[]) {
    const xs = boxes.flatMap(({ x, width }) => [
      ...LANES.flatMap((lane) => [x - lane, x + width + lane]),
      ...slots(x, width),
    ]);
    const ys = boxes.flatMap(({ y, height }) => [
      ...LANES.flatMap((lane) => [y - lane, y + height + lane]),
      ...slots(y, height),
    ]);
    this.xs = sortedUnique(xs);
    this.ys = sortedUnique(ys);
    const cells = this.xs.length * this.ys.length;
    this.blockedAcross = new Uint8Array(cells);
    this.blockedDown = new Uint8Array(cells);
    this.usedAcross = new Uint8Array(cells);
    this.usedDown = new Uint8Array(cells);
    for (const box of boxes) this.block(box);
  }

  /** The bends from the border of one box to the border of the other, or undefined where there is no way. */
  route(from: Box, to: Box): readonly Point[] | undefined {
    const starts = portsOf(from, LEAVE_COST);
    const ends = new Map(portsOf(to, ENTER_COST).map((port) => [this.cell(port.lane), port]));
    const found = this.search(starts, ends, to);
    if (!found) return undefined;
    this.use(found.cells);
    const way = found.cells.map((cell) => this.pointOf(cell));
    return straightened([found.start.border, ...way, found.end.border]);
  }

  private block({ x, y, width, height }: Box): void {
    const [left, right] = [x - CLEARANCE, x + width + CLEARANCE];
    const [top, bottom] = [y - CLEARANCE, y + height + CLEARANCE];
    const columns = this.xs.length;
    for (let row = lowerBound(this.ys, top); row < this.ys.length && this.ys[row]! < bottom; row++) {
      for (
        let column = Math.max(0, lowerBound(this.xs, left) - 1);
        column < columns - 1 && this.xs[column]! < right;
        column++
      ) {
        this.blockedAcross[row * columns + column] = 1;
      }
    }
    for (let column = lowerBound(this.xs, left); column < columns && this.xs[column]! < right; column++) {
      for (
        let row = Math.max(0, lowerBound(this.ys, top) - 1);
        row < this.ys.length - 1 && this.ys[row]! < bottom;
        row++
      ) {
        this.blockedDown[row * columns + column] = 1;
      }
    }
  }

  private search(starts: readonly Port[], ends: ReadonlyMap<number, Port>, target: Box): Way | undefined {
    const queue = new PriorityQueue<Visit>();
    // Two states a cell: came across, came down.
    const best = new Float64Array(this.xs.length * this.ys.length * 2).fill(Infinity);
    const middle = { x: target.x + target.width / 2, y: target.y + target.height / 2 };
    for (const port of starts) {
      const cell = this.cell(port.lane);
      queue.push(port.cost, { cell, down: port.down, cost: port.cost, start: port, before: undefined });
    }
    for (let visit = queue.pop(); visit; visit = queue.pop()) {
      const state = visit.cell * 2 + (visit.down ? 1 : 0);
      if (visit.cost >= best[state]!) continue;
      best[state] = visit.cost;
      const end = ends.get(visit.cell);
      if (end && end.down === visit.down) return { start: visit.start, end, cells: cellsOf(visit) };
      for (const next of this.steps(visit)) {
        const at = this.pointOf(next.cell);
        const ahead = Math.max(
          0,
          Math.abs(at.x - middle.x) + Math.abs(at.y - middle.y) - target.width / 2 - target.height / 2,
        );
        if (next.cost < best[next.cell * 2 + (next.down ? 1 : 0)]!) queue.push(next.cost + ahead, next);
      }
    }
    return undefined;
  }

  private steps(visit: Visit): readonly Visit[] {
    const columns = this.xs.length;
    const column = visit.cell % columns;
    const row = (visit.cell - column) / columns;
    const next: Visit[] = [];
    const go = (cell: number, piece: number, down: boolean, length: number): void => {
      const blocked = down ? this.blockedDown : this.blockedAcross;
      if (blocked[piece]) return;
      const used = down ? this.usedDown : this.usedAcross;
      const cost = visit.cost + length + (down === visit.down ? 0 : BEND_COST) + (used[piece] ? SHARED_COST : 0);
      next.push({ cell, down, cost, start: visit.start, before: visit });
    };
    if (column + 1 < columns) go(visit.cell + 1, visit.cell, false, this.xs[column + 1]! - this.xs[column]!);
    if (column > 0) go(visit.cell - 1, visit.cell - 1, false, this.xs[column]! - this.xs[column - 1]!);
    if (row + 1 < this.ys.length) go(visit.cell + columns, visit.cell, true, this.ys[row + 1]! - this.ys[row]!);
    if (row > 0) go(visit.cell - columns, visit.cell - columns, true, this.ys[row]! - this.ys[row - 1]!);
    return next;
  }

  private use(cells: readonly number[]): void {
    for (let index = 1; index < cells.length; index++) {
      const piece = Math.min(cells[index - 1]!, cells[index]!);
      if (Math.abs(cells[index]! - cells[index - 1]!) === 1) this.usedAcross[piece] = 1;
      else this.usedDown[piece] = 1;
    }
  }

  private cell({ x, y }: Point): number {
    return lowerBound(this.ys, y) * this.xs.length + lowerBound(this.xs, x);
  }

  private pointOf(cell: number): Point {
    const column = cell % this.xs.length;
    return { x: this.xs[column]!, y: this.ys[(cell - column) / this.xs.length]! };
  }
}

interface Visit {
  readonly cell: number;
  /** Whether the way came here up or down, rather than across. */
  readonly down: boolean;
  readonly cost: number;
  readonly start: Port;
  readonly before: Visit | undefined;
}

interface Way {
  readonly start: Port;
  readonly end: Port;
  readonly cells: readonly number[];
}

/** A place on a border where a line may leave or enter, and the lane point just outside. */
interface Port {
  readonly border: Point;
  readonly lane: Point;
  readonly down: boolean;
  readonly cost: number;
}

function portsOf({ x, y, width, height }: Box, cost: Record<Side, number>): readonly Port[] {
  const [lane] = LANES;
  const port = (border: Point, dx: number, dy: number, side: Side, slot: number): Port => ({
    border,
    lane: { x: border.x + dx * lane, y: border.y + dy * lane },
    down: dy !== 0,
    cost: cost[side] + (slot === 0 ? 0 : 8),
  });
  return [
    ...slots(y, height).flatMap((at, slot) => [
      port({ x: x + width, y: at }, 1, 0, 'right', slot),
      port({ x, y: at }, -1, 0, 'left', slot),
    ]),
    ...slots(x, width).flatMap((at, slot) => [
      port({ x: at, y: y + height }, 0, 1, 'bottom', slot),
      port({ x: at, y }, 0, -1, 'top', slot),
    ]),
  ];
}

/** The middle of a side first, then a place on each side of it. */
function slots(start: number, length: number): readonly number[] {
  const middle = Math.round(start + length / 2);
  const step = Math.round(Math.min(24, length / 4));
  return [middle, middle - step, middle + step];
}

function cellsOf(visit: Visit): readonly number[] {
  const cells: number[] = [];
  for (let at: Visit | undefined = visit; at; at = at.before) cells.push(at.cell);
  return cells.reverse();
}

/** Without the points that lie on a straight line. */
function straightened(points: readonly Point[]): readonly Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before || !after) return true;
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y));
  });
}

function sortedUnique(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Place of the first value that is not less. */
function lowerBound(values: readonly number[], wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
