export interface DifferenceLine {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
}

/** Longest middle that is compared line by line; beyond it the middle is shown as replaced. */
const MIDDLE_LIMIT = 400;

/** Which lines of a text were kept, taken away and added. Common start and end are found first, the middle by LCS. */
export function lineDifference(before: string, after: string): readonly DifferenceLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const keep = (lines: readonly string[]) => lines.map((text): DifferenceLine => ({ sign: ' ', text }));
  return [
    ...keep(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...keep(a.slice(a.length - end)),
  ];
}

function middle(a: readonly string[], b: readonly string[]): readonly DifferenceLine[] {
  if (a.length > MIDDLE_LIMIT || b.length > MIDDLE_LIMIT) {
    return [...a.map((text) => ({ sign: '-' as const, text })), ...b.map((text) => ({ sign: '+' as const, text }))];
  }
  const common = a.map(() => new Uint16Array(b.length + 1)).concat(new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines: DifferenceLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ sign: ' ', text: a[i]! });
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push({ sign: '-', text: a[i++]! });
    else lines.push({ sign: '+', text: b[j++]! });
  }
  return lines;
}

/** Lines with only a few unchanged ones around each change; `undefined` marks what was left out. */
export function withContext(lines: readonly DifferenceLine[], context = 2): readonly (DifferenceLine | undefined)[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some((line) => line.sign !== ' '),
  );
  const shown: (DifferenceLine | undefined)[] = [];
  lines.forEach((line, at) => {
    if (near[at]) shown.push(line);
    else if (shown.length > 0 && shown[shown.length - 1] !== undefined) shown.push(undefined);
  });
  if (shown[shown.length - 1] === undefined) shown.pop();
  return shown;
}
