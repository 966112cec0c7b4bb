import { lazy, Suspense, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { loadAllTexts } from './i18n.ts';
import { savesData } from './saves-data.ts';

type Load<Props> = () => Promise<{ readonly default: ComponentType<Props> }>;

const waiting: (() => Promise<unknown>)[] = [];
/** Parts on the page that are being fetched. */
const coming = new Set<Promise<unknown>>();
let makeRoom: (() => void) | undefined;
/** Settled once the first picture stands, or none is to come. */
const room = new Promise<void>((resolve) => (makeRoom = resolve));

/** Leaves a module for later that no component stands for: who needs it imports it too. */
export function fetchLater(fetch: () => Promise<unknown>): void {
  waiting.push(fetch);
}

/**
 * A part of the page that the first picture does without. It is fetched once that picture stands: at once where it is on
 * the page, else when there is nothing better to do. Fetched once, it is drawn without a pause.
 */
export function later<Props extends object>(load: Load<Props>, meanwhile: ReactNode = null): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  const fetch: Load<Props> = async () => {
    await room;
    const [{ default: Part }, { Spoken }] = await Promise.all([load(), import('./spoken.tsx'), loadAllTexts()]);
    loaded = (props) => (
      <Spoken>
        <Part {...props} />
      </Spoken>
    );
    return { default: loaded };
  };
  fetchLater(fetch);
  const Fetched = lazy(() => {
    const part = fetch();
    coming.add(part);
    return part.finally(() => coming.delete(part));
  });
  return function Later(props: Props) {
    // Which of the two it is stays as it was, or what a person typed would go when the other comes.
    const [Part] = useState(() => loaded ?? Fetched);
    return (
      <Suspense fallback={meanwhile}>
        <Part {...props} />
      </Suspense>
    );
  };
}

/**
 * Fetches every part that was left for later, one at a time, so that the page works on without a connection. For who
 * saves data only what is on the page is fetched, and the rest when it is asked for.
 */
export async function loadTheRest(): Promise<void> {
  makeRoom?.();
  if (savesData()) await thePartsOnThePage();
  else await everyPart();
  performance.mark('drydock:whole');
}

async function thePartsOnThePage(): Promise<void> {
  do {
    await Promise.allSettled(coming);
    await idle();
  } while (coming.size > 0);
}

async function everyPart(): Promise<void> {
  for (let fetch = waiting.shift(); fetch; fetch = waiting.shift()) {
    await idle();
    // What cannot be fetched now is fetched when it is asked for, and told of then.
    await fetch().catch(() => undefined);
  }
}

/** The longest that a busy page puts fetching off, in milliseconds. */
const LONGEST_WAIT_MS = 200;

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT_MS });
    else setTimeout(resolve, 50);
  });
