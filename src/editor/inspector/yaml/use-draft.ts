import { useEffect, useMemo, useRef, useState } from 'react';
import type { CommandRefusal } from '../../../design/commands/command.ts';
import type { GivenText, ReadText } from '../../../kit/code-editor.tsx';
import { toFile, toShown } from './line-ends.ts';

/** A pause this long while typing takes the text over, when it reads. */
const PAUSE_MS = 500;

/** Text that did not read yet, by what it is the text of: it outlives its pane, so that looking elsewhere loses nothing. */
const drafts = new Map<string, ReadText>();

interface DraftParts {
  /** Names what it is the text of. */
  readonly name: string;
  /** The text of the design. */
  readonly text: string;
  /** Why a text cannot be taken over; undefined when it can. Nothing changes. */
  readonly check: (text: string) => CommandRefusal | undefined;
  /** Takes a text over, or says why not. */
  readonly take: (text: string) => CommandRefusal | undefined;
}

/**
 * Text that somebody types: taken over in a pause and on leaving, kept with its reason while it does not read. While it is
 * typed nobody reads it: of a file of megabytes each reading takes longer than a letter may.
 */
export function useDraft({ name, text, check, take }: DraftParts) {
  const [given, setGiven] = useState(() => drafts.get(name)?.() ?? text);
  const [refusal, setRefusal] = useState(() => broken(check(given)));
  const [isTyped, setTyped] = useState(given !== text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const taken = useRef(text);
  /** Counts what the page gives: the same text once more is given anew. */
  const [gift, setGift] = useState(0);
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const shown = useMemo((): GivenText => ({ text: toShown(given) }), [given, gift]);

  const settle = () => {
    clearTimeout(timer.current);
    drafts.delete(name);
    setRefusal(undefined);
    setTyped(false);
  };
  const give = (next: string) => {
    settle();
    setGiven(next);
    setGift((count) => count + 1);
  };
  const commit = (read: ReadText) => {
    clearTimeout(timer.current);
    if (!drafts.has(name)) return;
    const next = toFile(read(), text);
    const refused = next === taken.current ? undefined : broken(take(next));
    if (refused) return setRefusal(refused);
    taken.current = next;
    settle();
  };
  const change = (read: ReadText) => {
    setTyped(true);
    drafts.set(name, () => toFile(read(), text));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(read), PAUSE_MS);
  };
  // The text changed elsewhere (a form, undo): show it, even in the place of a draft.
  useEffect(() => {
    const isOurs = text === taken.current;
    // The very string, too: comparing it with itself costs nothing.
    taken.current = text;
    if (!isOurs) give(text);
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [text, name]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    shown,
    refusal,
    isCurrent: !isTyped && !refusal && text === taken.current,
    change,
    commit,
    revert: () => give(text),
  };
}

/** A text that changes nothing is as good as one that was taken over. */
function broken(refusal: CommandRefusal | undefined): CommandRefusal | undefined {
  return refusal?.refused === 'command.noChange' ? undefined : refusal;
}
