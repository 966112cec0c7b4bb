import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../../../base/json.ts';
import { applyEdits } from '../../../../../manifest/edit.ts';
import { beginSource, freeMountPath, mountsOf, removeMounts, renameVolume, sourceOf } from './volume-sources.ts';

const TEXT = `spec:
  initContainers:
    - name: copy # first
      volumeMounts: [{name: data, mountPath: /in}]
  containers:
    - name: web
      volumeMounts:
        - {name: data, mountPath: /data}
        - {name: other, mountPath: /other}
        - {name: data, mountPath: /more, readOnly: true}
  volumes:
    - name: data # of the shop
      emptyDir: {}
    - name: other
`;
const OBJECT = {
  spec: {
    initContainers: [{ name: 'copy', volumeMounts: [{ name: 'data', mountPath: '/in' }] }],
    containers: [
      {
        name: 'web',
        volumeMounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'other', mountPath: '/other' },
          { name: 'data', mountPath: '/more', readOnly: true },
        ],
      },
    ],
    volumes: [{ name: 'data', emptyDir: {} }, { name: 'other' }],
  },
};

describe('a volume and its mounts', () => {
  const mounts = mountsOf(OBJECT.spec, ['spec'], 'data');

  it('finds every container that sees it', () => {
    expect(mounts.map(({ container, mount }) => `${container} ${String(mount['mountPath'])}`)).toEqual([
      'copy /in',
      'web /data',
      'web /more',
    ]);
    expect(mounts.map(({ path }) => valueAt(OBJECT, ...path, 'name'))).toEqual(['data', 'data', 'data']);
  });

  it('is renamed with its mounts, and nothing else of the text changes', () => {
    const result = applyEdits(TEXT, 'yaml', renameVolume(['spec', 'volumes', 0], 'files', mounts));
    expect(result).toEqual({ ok: true, text: TEXT.replaceAll('name: data', 'name: files') });
  });

  it('goes with its mounts, a list with its last item', () => {
    const result = applyEdits(TEXT, 'yaml', [
      ...removeMounts(mounts, OBJECT),
      { op: 'delete', path: ['spec', 'volumes', 0] },
    ]);
    expect(result).toEqual({
      ok: true,
      text: `spec:
  initContainers:
    - name: copy # first
  containers:
    - name: web
      volumeMounts:
        - {name: other, mountPath: /other}
  volumes:
    - name: other
`,
    });
  });

  it('keeps a name when it is made from something else', () => {
    expect(sourceOf(OBJECT.spec.volumes[1])).toBe('emptyDir');
    expect(beginSource('secret', { name: 'v', configMap: { name: 'shop' } })).toEqual({ secretName: 'shop' });
    expect(freeMountPath({ volumeMounts: [{ mountPath: '/mnt/data' }] }, 'data')).toBe('/mnt/data-2');
  });
});
