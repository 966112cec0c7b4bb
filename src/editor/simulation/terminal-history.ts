import { keepWord, readWord } from '../../workspace/saving/person-memory.ts';

const KEY = 'kubectl';
/** Lines that are kept. */
const MOST = 200;

/** Lines of kubectl that were given before, also in other runs, oldest first; none twice in a row. */
export function keptLines(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(readWord(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((line): line is string => typeof line === 'string') : [];
  } catch {
    return [];
  }
}

export function keepLine(line: string): void {
  const lines = keptLines();
  if (lines.at(-1) === line) return;
  keepWord(KEY, JSON.stringify([...lines, line].slice(-MOST)));
}
