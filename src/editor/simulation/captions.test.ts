import { expect, it } from 'vitest';
import { simulation as en } from '../../locales/en/simulation.ts';
import { simulation as zh } from '../../locales/zh-CN/simulation.ts';
import { CAPTION_IDS } from '../../workspace/simulation/caption.ts';

it('every caption has a sentence in both languages, with the same names in it', () => {
  const names = (text: string): readonly string[] =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();
  for (const id of CAPTION_IDS) {
    const key = `caption.${id}` as const;
    expect(en[key], id).toBeTruthy();
    expect(names(zh[key]), id).toEqual(names(en[key]));
  }
});
