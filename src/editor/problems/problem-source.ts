import type { Problem } from '../../design/problem.ts';

/** Who has something against an object, in the order in which a cluster would say it. */
export const SOURCES = ['server', 'admission', 'between', 'version', 'practice'] as const;
export type ProblemSource = (typeof SOURCES)[number];

/** The first word of a problem's id says which of the judges found it; what no other claims is a check between objects. */
const BY_WORD: Readonly<Record<string, ProblemSource>> = {
  object: 'server',
  rehearsal: 'server',
  admission: 'admission',
  apiVersion: 'version',
  lint: 'practice',
};

export function problemSource({ id }: Problem): ProblemSource {
  const word = id.slice(0, id.indexOf('.'));
  return Object.hasOwn(BY_WORD, word) ? BY_WORD[word]! : 'between';
}
