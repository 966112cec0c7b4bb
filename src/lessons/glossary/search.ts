import type { Correction, GlossaryCard } from './card.ts';

export interface FoundCard {
  readonly card: GlossaryCard;
  /** The word of former times that found it, where no word of today did. */
  readonly old?: string;
}

/**
 * Cards that hold every typed word, in either language: those that are called so first, then those that once were, then
 * those that speak of it. A number finds its card, and `X33` the cards that the correction belongs to. All of them where
 * nothing is typed.
 */
export function searchCards(
  cards: readonly GlossaryCard[],
  corrections: readonly Correction[],
  text: string,
): readonly FoundCard[] {
  const typed = wordsOf(text);
  if (typed.length === 0) return cards.map((card) => ({ card }));
  const named = new Map(corrections.map(({ id, items }) => [id.toLowerCase(), items]));
  const ranked = cards.flatMap((card) => {
    const { number, term, words = [], old = [], says } = card;
    const today = [term.en, term.zh, ...words].map((word) => word.toLowerCase());
    const once = old.map((word) => word.toLowerCase());
    const all = `${says.en} ${says.zh}`.toLowerCase();
    const ranks = typed.map((part) => {
      if (part === String(number) || named.get(part)?.includes(number)) return 0;
      return Math.min(rankIn(today, part), rankIn(once, part) + 0.5, all.includes(part) ? 3 : Infinity);
    });
    if (ranks.includes(Infinity)) return [];
    // A half is a word of former times.
    const word = ranks.every((rank) => Number.isInteger(rank))
      ? undefined
      : old.find((own) => typed.some((part) => own.toLowerCase().includes(part)));
    return [
      { found: { card, ...(word !== undefined && { old: word }) }, rank: ranks.reduce((sum, rank) => sum + rank, 0) },
    ];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ found }) => found);
}

/** Corrections that hold every typed word, in either language. */
export function searchCorrections(corrections: readonly Correction[], text: string): readonly Correction[] {
  const typed = wordsOf(text);
  return corrections.filter(({ id, title, notes, today }) => {
    const all = [id, title.en, title.zh, notes.en, notes.zh, today.en, today.zh].join(' ').toLowerCase();
    return typed.every((part) => (/^x\d+$/.test(part) ? id.toLowerCase() === part : all.includes(part)));
  });
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** 0: it is the word. 1: it begins so. 2: it holds it. */
function rankIn(words: readonly string[], part: string): number {
  return Math.min(
    Infinity,
    ...words.map((word) => (word === part ? 0 : word.startsWith(part) ? 1 : word.includes(part) ? 2 : Infinity)),
  );
}
