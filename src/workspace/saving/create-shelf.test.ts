import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../design/commands/index.ts';
import { Driver } from '../testing/driver.ts';
import { createShelf } from './create-shelf.ts';
import type { Shelf } from './shelf.ts';
import { MemoryBrowser } from './testing/memory-browser.ts';

const A = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {key: one}\n';
const B = A.replace('name: a', 'name: b');

/** A tab: the product with its edges faked, and its shelf. */
class Tab {
  readonly driver = new Driver();
  readonly shelf: Shelf;

  constructor(browser: MemoryBrowser) {
    this.shelf = createShelf({ workspace: this.driver.workspace, ...browser.tab() });
  }

  async quiet(): Promise<void> {
    await this.driver.settled();
    await new Promise((resolve) => setTimeout(resolve, 60));
    await this.driver.settled();
  }

  set(kindAndName: string, value: string): void {
    const { id } = this.driver.record(kindAndName);
    this.driver.run(COMMANDS.editField, { record: id, edits: [{ op: 'set', path: ['data', 'key'], value }] });
  }
}

async function tabWith(browser: MemoryBrowser, files: Readonly<Record<string, string>>): Promise<Tab> {
  const tab = new Tab(browser);
  await tab.shelf.begin(
    'shop',
    Object.entries(files).map(([path, content]) => ({ path, content })),
  );
  await tab.quiet();
  return tab;
}

describe('a design is kept without being saved', () => {
  it('is there on the next visit, with everything that was changed', async () => {
    const browser = new MemoryBrowser();
    const tab = await tabWith(browser, { 'a.yaml': A });
    tab.set('ConfigMap/a', 'two');
    await tab.quiet();
    expect(tab.shelf.state.getState()).toMatchObject({ status: 'saved', name: 'shop', fault: undefined });
    const next = new Tab(browser);
    expect(await next.shelf.start()).toBe(true);
    await next.quiet();
    expect(next.driver.texts()).toEqual({ 'a.yaml': A.replace('one', 'two') });
    expect(next.driver.state.history).toEqual({ undo: undefined, redo: undefined });
    expect(next.shelf.state.getState()).toMatchObject({ status: 'saved', name: 'shop' });
  });

  it('is written only when something changed, and never before there is something', async () => {
    const browser = new MemoryBrowser();
    const tab = new Tab(browser);
    expect(await tab.shelf.start()).toBe(false);
    await tab.shelf.begin('', []);
    await tab.quiet();
    expect(browser.designs.size).toBe(0);
    const other = await tabWith(browser, { 'a.yaml': A });
    const { id } = other.shelf.state.getState();
    await other.shelf.open(id!);
    await other.quiet();
    expect(browser.designs.get(id!)).toHaveLength(1);
  });

  it('keeps an example that is only looked at once it is changed, and gives its place to what is brought', async () => {
    const browser = new MemoryBrowser();
    const looking = new Tab(browser);
    await looking.shelf.begin('example', [{ path: 'a.yaml', content: A }], false);
    await looking.quiet();
    expect(browser.designs.size).toBe(0);
    looking.shelf.bring([{ path: 'b.yaml', content: B }]);
    await looking.quiet();
    expect(Object.keys(looking.driver.texts())).toEqual(['b.yaml']);
    expect(looking.shelf.state.getState().name).toBe('b');
    const changing = new Tab(browser);
    await changing.shelf.begin('example', [{ path: 'a.yaml', content: A }], false);
    await changing.quiet();
    changing.set('ConfigMap/a', 'two');
    await changing.quiet();
    changing.shelf.bring([{ path: 'b.yaml', content: B }]);
    await changing.quiet();
    expect(Object.keys(changing.driver.texts())).toEqual(['a.yaml', 'b.yaml']);
  });

  it.each([
    [{ name: 'QuotaExceededError' }, 'full'],
    [{ name: 'NS_ERROR_DOM_QUOTA_REACHED' }, 'full'],
    [{ code: 1014 }, 'full'],
    [{ code: 22 }, 'full'],
    [{ name: 'VersionError' }, 'newer'],
    [{ name: 'UnknownError' }, 'refused'],
    [{ name: 'AbortError' }, 'refused'],
  ])('says that it cannot be kept after %o, keeps what was, and goes on when it can again', async (error, fault) => {
    const browser = new MemoryBrowser();
    const tab = await tabWith(browser, { 'a.yaml': A });
    const { id } = tab.shelf.state.getState();
    browser.fault = error;
    tab.set('ConfigMap/a', 'two');
    await tab.quiet();
    expect(tab.shelf.state.getState()).toMatchObject({ status: 'failed', fault });
    expect(browser.texts(id!)).toEqual({ 'a.yaml': A });
    expect(tab.driver.texts()).toEqual({ 'a.yaml': A.replace('one', 'two') });
    browser.fault = undefined;
    await tab.shelf.flush();
    expect(browser.texts(id!)).toEqual({ 'a.yaml': A.replace('one', 'two') });
    expect(tab.shelf.state.getState()).toMatchObject({ status: 'saved', fault: undefined });
  });

  it('gets through when the page ends in the middle of a write', async () => {
    const browser = new MemoryBrowser();
    const tab = await tabWith(browser, { 'a.yaml': A });
    const { id } = tab.shelf.state.getState();
    browser.isSlow = true;
    tab.set('ConfigMap/a', 'two');
    await tab.quiet();
    expect(browser.texts(id!)).toEqual({ 'a.yaml': A });
    void tab.shelf.leave();
    expect(browser.texts(id!)).toEqual({ 'a.yaml': A.replace('one', 'two') });
  });

  it('does not open again by itself what ended the page', async () => {
    const browser = new MemoryBrowser();
    await tabWith(browser, { 'a.yaml': A });
    // Three times the page ends before it has shown the design.
    for (let time = 0; time < 3; time++) expect(await new Tab(browser).shelf.start()).toBe(true);
    const next = new Tab(browser);
    expect(await next.shelf.start()).toBe(false);
    expect(next.shelf.state.getState().notice).toMatchObject({ id: 'notOpened', other: { name: 'shop' } });
  });
});

describe('two tabs on one design', () => {
  async function two(): Promise<readonly [MemoryBrowser, Tab, Tab, string]> {
    const browser = new MemoryBrowser();
    const first = await tabWith(browser, { 'x.yaml': `${A}---\n${B}` });
    const second = new Tab(browser);
    await second.shelf.open(first.shelf.state.getState().id!);
    await second.quiet();
    return [browser, first, second, first.shelf.state.getState().id!];
  }

  it('show each other’s changes', async () => {
    const [, first, second] = await two();
    first.set('ConfigMap/a', 'two');
    await first.quiet();
    await second.quiet();
    expect(second.driver.texts()).toEqual(first.driver.texts());
    second.set('ConfigMap/b', 'three');
    await second.quiet();
    await first.quiet();
    expect(first.driver.texts()['x.yaml']).toBe(`${A.replace('one', 'two')}---\n${B.replace('one', 'three')}`);
  });

  it('become one when both changed something else at the same time', async () => {
    const [browser, first, second, id] = await two();
    first.set('ConfigMap/a', 'two');
    second.set('ConfigMap/b', 'three');
    await Promise.all([first.quiet(), second.quiet()]);
    await Promise.all([first.quiet(), second.quiet()]);
    const both = { 'x.yaml': `${A.replace('one', 'two')}---\n${B.replace('one', 'three')}` };
    expect(browser.texts(id)).toEqual(both);
    expect(first.driver.texts()).toEqual(both);
    expect(second.driver.texts()).toEqual(both);
    expect(browser.designs.size).toBe(1);
  });

  it('become two designs when both changed the same object, and nothing is lost', async () => {
    const [browser, first, second, id] = await two();
    first.set('ConfigMap/a', 'two');
    second.set('ConfigMap/a', 'three');
    await Promise.all([first.quiet(), second.quiet()]);
    await Promise.all([first.quiet(), second.quiet()]);
    const texts = [...browser.designs.keys()].map((kept) => browser.texts(kept)['x.yaml']);
    expect(texts.sort()).toEqual([`${A.replace('one', 'three')}---\n${B}`, `${A.replace('one', 'two')}---\n${B}`]);
    const names = [...browser.designs.values()].map((kept) => kept.at(-1)!.info.name);
    expect(names.sort()).toEqual(['shop', 'shop (2)']);
    const told = [first, second].filter((tab) => tab.shelf.state.getState().notice?.id === 'conflict');
    expect(told).toHaveLength(1);
    expect(told[0]!.shelf.state.getState().notice!.other.id).toBe(id);
  });
});
