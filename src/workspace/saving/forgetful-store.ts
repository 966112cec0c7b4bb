import type { DesignStore, SavedDesign } from './design-store.ts';

/** Keeps designs as long as the page lives: for a page that stands in somebody else's. */
export function forgetfulStore(): DesignStore {
  const designs = new Map<string, SavedDesign>();
  return {
    list: async () => [...designs.values()].map(({ info }) => info).sort((a, b) => b.savedAt - a.savedAt),
    load: async (id) => designs.get(id),
    save: async (design) => {
      designs.set(design.info.id, design);
      return { type: 'saved' };
    },
    remove: async (id) => void designs.delete(id),
  };
}
