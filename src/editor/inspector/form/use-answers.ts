import { useMemo } from 'react';
import type { Path } from '../../../base/json.ts';
import type { Suggestion } from '../../../kit/suggest-input.tsx';
import { useWorkspace } from '../../workspace-context.ts';
import type { Answer } from '../answers/answer.ts';
import { answersAt } from '../answers/answers-at.ts';
import { useForm } from './form-context.ts';

/** What is there to be written into a text field; undefined for one that points at nothing. Made when it is looked at. */
export function useAnswers(path: Path): (() => readonly Suggestion[]) | undefined {
  const { record, guide } = useForm();
  const { store } = useWorkspace();
  const key = JSON.stringify(path);
  return useMemo(() => {
    const at: Path = JSON.parse(key);
    const { type } = guide.schemaAt(at);
    if (type !== 'string' && type !== 'integerOrString' && type !== 'integer') return undefined;
    const ask = () => {
      const { design, registry, graph } = store.getState();
      const { object } = record;
      return answersAt({ record, object, path: at, schemaAt: guide.schemaAt, design, registry, graph });
    };
    return ask() && (() => (ask()?.() ?? []).map(suggestion));
  }, [key, record, guide, store]);
}

function suggestion({ value, hint }: Answer): Suggestion {
  return { id: String(value), ...(hint ? { hint } : {}) };
}
