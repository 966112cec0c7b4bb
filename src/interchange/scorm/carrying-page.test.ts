import { expect, it } from 'vitest';
import { carryingPage } from './carrying-page.ts';

const PAGE =
  '<!doctype html><html lang="en"><head></head><body><div id="root"></div><script>if (typeof document !== \'undefined\') globalThis.__drydockScript = "<script>"</script></body></html>';
const lesson = { kind: 'Lesson', title: { en: '</script><!-- $& $1', zh: '课' } };

it('puts a lesson before the script of the page, as data that cannot end its element', () => {
  const page = carryingPage(PAGE, { lesson, mode: 'lecture', isScorm: false });
  const data = /<script type="application\/json" id="drydock-lesson">(.*?)<\/script>/.exec(page)?.[1] ?? '';
  expect(JSON.parse(data)).toEqual({ lesson, mode: 'lecture', isScorm: false });
  expect(page.indexOf('drydock-lesson')).toBeLessThan(page.indexOf('<script>if'));
  expect(page).not.toContain('data-embed');
  // Once more, with another: the first is gone.
  const again = carryingPage(page, { lesson: { kind: 'Lesson' }, mode: 'test', isScorm: true });
  expect(again.match(/drydock-lesson/g)).toHaveLength(1);
  expect(again).toContain('<html lang="en" data-embed>');
});

it('takes no other page, such as the one that a server shows for what it does not have', () => {
  expect(() => carryingPage('<html><script></script></html>', { lesson, mode: 'test', isScorm: false })).toThrow();
});
