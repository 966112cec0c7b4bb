import { useMemo } from 'react';
import type { DesignRecord } from '../../../design/design.ts';
import type { EditorAssist } from '../../../kit/editor-assist.ts';
import { en } from '../../../locales/en/index.ts';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { useWorkspace } from '../../workspace-context.ts';

/** Offers and explanations for the text of manifests; what they take is loaded when the first is asked for. */
export function useEditorAssist(record?: DesignRecord): EditorAssist {
  const t = useText();
  const { store } = useWorkspace();
  return useMemo(() => {
    const load = async () => {
      const { yamlAssist } = await import('./yaml-assist.ts');
      return yamlAssist(store.getState, () => record, t);
    };
    return {
      offers: async (text, offset, explicit) => (await load()).offers(text, offset, explicit),
      explain: async (text, offset) => (await load()).explain(text, offset),
    };
  }, [record, store, t]);
}

/** The words of the editor itself: its own English ones are the names of the sentences. */
export function usePhrases(): Readonly<Record<string, string>> {
  const t = useText();
  return useMemo(() => phrasesIn(t), [t]);
}

const PREFIX = 'phrase.';

function phrasesIn(t: Text): Readonly<Record<string, string>> {
  // A name with spaces in it is not taken apart, so its area is said beside it.
  const translate = t as (key: string, options: { readonly ns: string }) => string;
  return Object.fromEntries(
    Object.keys(en.yaml)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => [key.slice(PREFIX.length), translate(key, { ns: 'yaml' })]),
  );
}
