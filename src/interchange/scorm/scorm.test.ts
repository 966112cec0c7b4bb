import { describe, expect, it } from 'vitest';
import { findScormApi, ScormSession } from './scorm-session.ts';
import type { ScormApi } from './scorm-session.ts';
import { scormManifest } from './scorm-manifest.ts';

/** A platform that writes down what it is told. */
function platform(values: Record<string, string> = {}): {
  api: ScormApi;
  calls: string[];
  values: Record<string, string>;
} {
  const calls: string[] = [];
  const api: ScormApi = {
    LMSInitialize: () => (calls.push('initialize'), 'true'),
    LMSGetValue: (element) => values[element] ?? '',
    LMSSetValue: (element, value) => ((values[element] = value), calls.push(`${element}=${value}`), 'true'),
    LMSCommit: () => (calls.push('commit'), 'true'),
    LMSFinish: () => (calls.push('finish'), 'true'),
  };
  return { api, calls, values };
}

describe('a lesson in a learning platform', () => {
  it('is begun, told of with its score, passed, and ended once', () => {
    const { api, calls, values } = platform();
    const session = new ScormSession(api, 60);
    expect(values['cmi.core.lesson_status']).toBe('incomplete');
    session.report({ step: 3, points: 0, of: 4, isDone: false });
    session.report({ step: 3, points: 0, of: 4, isDone: false });
    expect(calls.filter((call) => call.startsWith('cmi.core.lesson_location'))).toEqual(['cmi.core.lesson_location=3']);
    session.report({ step: 9, points: 3, of: 4, isDone: true });
    session.finish(247);
    session.report({ step: 1, points: 0, of: 4, isDone: false });
    session.finish(300);
    expect(values).toMatchObject({
      'cmi.core.lesson_status': 'passed',
      'cmi.core.score.raw': '75',
      'cmi.core.score.max': '100',
      'cmi.core.session_time': '0000:04:07.00',
      'cmi.core.exit': '',
    });
    expect(calls[0]).toBe('initialize');
    expect(calls.slice(-2)).toEqual(['commit', 'finish']);
    expect(calls.filter((call) => call === 'finish')).toHaveLength(1);
  });

  it.each([
    [{ step: 2, points: 1, of: 4, isDone: true }, 'failed'],
    [{ step: 2, points: 0, of: 0, isDone: true }, 'completed'],
    [{ step: 2, points: 4, of: 4, isDone: false }, 'incomplete'],
  ])('says of %j: %s', (progress, status) => {
    const { api, values } = platform();
    new ScormSession(api, 60).report(progress);
    expect(values['cmi.core.lesson_status']).toBe(status);
  });

  it('goes on where it was left, keeps what was passed, and is quiet where the platform is not ready', () => {
    const again = platform({ 'cmi.core.lesson_location': '6', 'cmi.core.lesson_status': 'passed' });
    expect(new ScormSession(again.api, 60).reached).toBe(6);
    expect(again.values['cmi.core.lesson_status']).toBe('passed');
    const deaf = platform();
    const session = new ScormSession({ ...deaf.api, LMSInitialize: () => 'false' }, 60);
    session.report({ step: 1, points: 1, of: 1, isDone: true });
    session.finish(1);
    expect(deaf.calls).toEqual([]);
  });

  it('finds the platform in a frame around it or in the window that opened it, and gives up where there is none', () => {
    const { api } = platform();
    const top: { API: ScormApi; parent?: unknown } = { API: api };
    top.parent = top;
    const page = { parent: { parent: top } };
    expect(findScormApi(page)).toBe(api);
    const alone: { parent?: unknown; opener?: unknown } = { opener: page };
    alone.parent = alone;
    expect(findScormApi(alone)).toBe(api);
    expect(findScormApi({})).toBeUndefined();
    let deep: object = top;
    for (let depth = 0; depth < 20; depth++) deep = { parent: deep };
    expect(findScormApi(deep)).toBeUndefined();
  });

  it('names its one page in a manifest that is XML', () => {
    const text = scormManifest({ id: 'c7', title: 'Who & "what" <1>', file: 'index.html', passing: 60 });
    expect(text).toContain('<title>Who &amp; &quot;what&quot; &lt;1&gt;</title>');
    expect(text).toContain('adlcp:scormtype="sco" href="index.html"');
    expect(text).toContain('<schemaversion>1.2</schemaversion>');
    const open = [...text.matchAll(/<([\w:]+)(?:\s[^>]*)?(?<!\/)>/g)].map(([, name]) => name);
    const closed = [...text.matchAll(/<\/([\w:]+)>/g)].map(([, name]) => name);
    expect(open.toSorted()).toEqual(closed.toSorted());
  });
});
