import { describe, expect, it } from 'vitest';
import { addressWithoutLesson, embeddableAddress, lessonAddress } from './addresses.ts';
import { readPageOptions } from './page-options.ts';

describe('the address of the page', () => {
  it.each([
    ['', { lesson: undefined, step: undefined, mode: 'lecture', language: undefined, keys: true, ui: 'keys' }],
    [
      '?lesson=C7&step=14&lang=zh&keys=off&ui=none',
      { lesson: 'C7', step: 14, language: 'zh-CN', keys: false, ui: 'none' },
    ],
    ['?lesson=C7&mode=test&lang=en-GB&theme=dark', { mode: 'test', language: 'en', theme: 'dark' }],
    [
      '?step=-1&lang=fr&mode=sleep&ui=all&theme=pink',
      { step: undefined, language: undefined, mode: 'lecture', ui: 'keys', theme: undefined },
    ],
    ['?step=1.5', { step: undefined }],
  ])('%s', (search, options) => {
    expect(readPageOptions(search)).toMatchObject(options);
  });

  it('says which step of which lesson is open, and comes off again', () => {
    const address = lessonAddress('https://d.example/app/?theme=dark#d1.x', { lesson: 'C7', mode: 'test', step: 3 });
    expect(address).toBe('https://d.example/app/?theme=dark&lesson=C7&mode=test&step=3');
    expect(addressWithoutLesson(address)).toBe('https://d.example/app/?theme=dark');
  });

  it.each([
    ['https://d.example/app/', 'https://d.example/app/embed.html'],
    ['https://d.example/app/index.html#d1.x', 'https://d.example/app/embed.html#d1.x'],
    ['file:///media/usb/drydock.html?lesson=C7', 'file:///media/usb/drydock.html?lesson=C7&embed=1'],
  ])('%s may be put into another page as %s', (base, address) => {
    expect(embeddableAddress(base)).toBe(address);
  });
});
