import { numberAt } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';

/** What an answer says of a request, in a word, and whether it is what was asked for. */
export interface AnswerStatus {
  readonly text: string;
  readonly isGood: boolean;
}

/** HTTP answers with a code; etcd with the word of what it was asked, where it could do it; calls of a kubelet carry a code. */
export function answerStatus(asked: Pick<TraceEntry, 'verb'>, { verb, detail }: TraceEntry): AnswerStatus {
  const code = /^\d+$/.test(verb) ? Number(verb) : numberAt(detail, 'code');
  if (code !== undefined) return { text: String(code), isGood: code >= 100 && code < 400 };
  if (verb === 'OK' || verb === asked.verb) return { text: 'OK', isGood: true };
  return { text: verb, isGood: false };
}
