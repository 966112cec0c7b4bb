import { describe, expect, it } from 'vitest';
import type { KindDefinition } from '../../kinds/kind.ts';
import { createKindRegistry } from '../../kinds/registry.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { genericDefinition } from '../../kinds/generic.ts';
import { open } from '../../workspace/testing/driver.ts';
import { contextOf, designOf, recordNamed } from '../testing/design-of.ts';
import { SERVICE, WEB } from '../testing/web-manifests.ts';
import { connectionChoices } from './connect-records.ts';
import { COMMANDS } from './index.ts';

const { connectRecords } = COMMANDS;

const SETTINGS = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {A: b}\n`;

describe('connecting', () => {
  it('writes what the arrow means, and undoing it takes it away again', async () => {
    const driver = await open({ 'web.yaml': WEB, 'service.yaml': SERVICE });
    const ends = { source: driver.id('Service/web'), target: driver.id('Deployment/web') };
    expect(driver.run(connectRecords, { ...ends, meaning: 'select' })).toBeUndefined();
    expect(driver.texts()).toEqual({
      'web.yaml': WEB,
      'service.yaml': `${SERVICE}  selector:\n    app: web\n`,
    });
    expect(driver.state.history.undo?.id).toBe('record.connect');
    driver.expectUndoAndRedo();
  });

  it('edits only the lines it must in the source', async () => {
    const driver = await open(`${WEB}---\n${SETTINGS}`);
    driver.run(connectRecords, {
      source: driver.id('Deployment/web'),
      target: driver.id('ConfigMap/settings'),
      meaning: 'envFrom',
    });
    expect(driver.changed()).toEqual([
      '+          envFrom:',
      '+            - configMapRef:',
      '+                name: settings',
    ]);
    driver.expectUndoAndRedo();
  });

  it('refuses what has no meaning, is there already or is gone', async () => {
    const driver = await open(`${WEB}---\n${SETTINGS}---\n${SERVICE}`);
    const [web, settings, service] = ['Deployment/web', 'ConfigMap/settings', 'Service/web'].map((name) =>
      driver.id(name),
    );
    const connect = (source: string, target: string, meaning: 'select' | 'envFrom') =>
      driver.run(connectRecords, { source, target, meaning });
    expect(connect(settings!, service!, 'select')).toEqual({ refused: 'connect.noMeaning' });
    expect(connect(web!, web!, 'select')).toEqual({ refused: 'connect.noMeaning' });
    expect(connect('x', web!, 'select')).toEqual({ refused: 'command.noSuchRecord' });
    expect(connect(service!, web!, 'select')).toBeUndefined();
    expect(connect(service!, web!, 'select')).toMatchObject({ refused: 'connect.already' });
    driver.expectUndoAndRedo();
  });

  it('offers each meaning once, and the one that works where a kind declares it for several ends', () => {
    const base = BUILT_IN_KINDS.get({ group: '', kind: 'ConfigMap' });
    const pointer: KindDefinition = {
      ...base,
      group: 'example.com',
      kind: 'Pointer',
      resource: 'pointers',
      connections: [
        { id: 'select', to: 'podTemplate', connect: () => ({ refused: 'connect.noLabels' }) },
        {
          id: 'select',
          to: { group: 'apps', kind: 'Deployment' },
          connect: () => ({ source: [{ op: 'set', path: ['data', 'to'], value: 'web' }] }),
        },
        { id: 'select', to: 'podTemplate', connect: () => ({ refused: 'connect.noPort' }) },
      ],
    };
    const registry = createKindRegistry([...BUILT_IN_KINDS.definitions, pointer], genericDefinition);
    const design = designOf(`${WEB}---\napiVersion: example.com/v1\nkind: Pointer\nmetadata: {name: p}\n`);
    const context = { ...contextOf(design), registry };
    const [source, target] = ['Pointer/p', 'Deployment/web'].map((name) => recordNamed(design, name).id) as [
      string,
      string,
    ];
    expect(connectionChoices(context, source, target)).toEqual([
      { id: 'select', outcome: { source: [{ op: 'set', path: ['data', 'to'], value: 'web' }] }, options: [] },
    ]);
    expect(connectRecords.run(context, { source, target, meaning: 'select' })).not.toHaveProperty('refused');
  });
});
