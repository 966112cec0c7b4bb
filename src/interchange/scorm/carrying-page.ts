import type { JsonObject } from '../../base/json.ts';
import { CARRIED_ID } from './carried-id.ts';

/** A lesson that a page brings along. */
export interface Carried {
  readonly lesson: JsonObject;
  readonly mode: string;
  /** The page stands in a learning platform and tells it how far the lesson is. */
  readonly isScorm: boolean;
}

/** How the script begins that only the page as one file has. */
const SIGN = "if (typeof document !== 'undefined') globalThis.__drydockScript";

/**
 * The page as one file, with a lesson in it that it opens first. Its policy of hashes stays as it is: what is put in is data
 * and not run. Throws for another page.
 */
export function carryingPage(page: string, carried: Carried): string {
  // The script itself speaks of scripts: the first of the body is meant.
  const at = page.indexOf('<script>', page.indexOf('<body>'));
  if (!page.startsWith(SIGN, at + '<script>'.length)) throw new Error('not the page as one file');
  // Neither ends its element, nor is taken for a comment.
  const data = JSON.stringify(carried).replaceAll('<', String.raw`\u003c`);
  const element = `<script type="application/json" id="${CARRIED_ID}">${data}</script>`;
  const whole = page.slice(0, at).replace(CARRIED, '') + element + page.slice(at);
  return carried.isScorm ? whole.replace(/<html lang="([^"]*)"(?: data-embed)?/, '<html lang="$1" data-embed') : whole;
}

const CARRIED = new RegExp(`<script type="application/json" id="${CARRIED_ID}">[^<]*</script>`);
