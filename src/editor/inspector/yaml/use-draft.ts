import { useEffect, useRef, useState } from 'react';
import type { CommandRefusal } from '../../../design/commands/command.ts';

/** A pause this long while typing takes the text over, when it reads. */
const PAUSE_MS = 500;

/** Text that did not read yet, by what it is the text of: it outlives its pane, so that looking elsewhere loses nothing. */
const drafts = new Map<string, string>();

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

/** Text that somebody types: taken over in a pause and on leaving, kept with its reason while it does not read. */
export function useDraft({ name, text, check, take }: DraftParts) {
  const [draft, setDraft] = useState(() => drafts.get(name) ?? text);
  const [refusal, setRefusal] = useState(() => broken(check(draft)));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const taken = useRef(text);

  const commit = (next: string) => {
    clearTimeout(timer.current);
    if (next === taken.current) {
      drafts.delete(name);
      setRefusal(undefined);
      return;
    }
    const refused = broken(take(next));
    setRefusal(refused);
    if (refused) drafts.set(name, next);
    else {
      drafts.delete(name);
      taken.current = next;
    }
  };
  const change = (next: string) => {
    setDraft(next);
    drafts.set(name, next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(next), PAUSE_MS);
  };
  const revert = () => {
    clearTimeout(timer.current);
    drafts.delete(name);
    setDraft(text);
    setRefusal(undefined);
  };
  // The text changed elsewhere (a form, undo): show it, even in the place of a draft.
  useEffect(() => {
    if (text === taken.current) return;
    taken.current = text;
    clearTimeout(timer.current);
    drafts.delete(name);
    setDraft(text);
    setRefusal(undefined);
  }, [text, name]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return { draft, refusal, isCurrent: draft === text && !refusal, change, commit, revert };
}

/** A text that changes nothing is as good as one that was taken over. */
function broken(refusal: CommandRefusal | undefined): CommandRefusal | undefined {
  return refusal?.refused === 'command.noChange' ? undefined : refusal;
}
