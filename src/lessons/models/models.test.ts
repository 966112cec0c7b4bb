import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { build } from './image/build.ts';
import { parseDockerfile } from './image/dockerfile.ts';
import { imageSizeMb, layerOf, merged } from './image/layers.ts';
import { readCompose } from './docker/read-compose.ts';
import { playModelOf } from './index.ts';
import { CLOUDS, cloudDay } from './responsibility/clouds.ts';

describe('a Dockerfile', () => {
  it('is read with continued lines, comments, flags, both forms of a command, and keywords in any case', () => {
    const text =
      '# a comment\nfrom base AS build\nRUN a \\\n  # between\n  && b\nCOPY --from=build --chown=1:1 /x ./\nENTRYPOINT ["java","- jar "]\nCMD java -jar\n';
    expect(parseDockerfile(text).map(({ keyword, flags, words, line }) => [keyword, flags, words, line])).toEqual([
      ['FROM', {}, ['base', 'AS', 'build'], 2],
      ['RUN', {}, ['a', '&&', 'b'], 3],
      ['COPY', { from: 'build', chown: '1:1' }, ['/x', './'], 6],
      ['ENTRYPOINT', {}, ['java', '- jar '], 7],
      ['CMD', {}, ['java', '-jar'], 8],
    ]);
  });

  it('takes another escape character from a directive, and refuses what is no instruction, with its line', () => {
    expect(parseDockerfile('# escape=`\nFROM a\nRUN b `\n c').map(({ rest }) => rest)).toEqual(['a', 'b c']);
    expect(() => parseDockerfile('FROM a\nCOPPY b c')).toThrow('line 2: unknown instruction: COPPY');
  });

  const base = { ref: 'base', layers: [layerOf('base', { '/os': 30 }, [], 'os')], entrypoint: [], workdir: '/' };
  const context = (version: string) => ({
    files: { 'app.js': { mb: 2, version }, 'package.json': { mb: 0, version: '1' } },
    commands: {
      'npm ci': { writes: { '/modules': 100 }, removes: [], tookMs: 1000 },
      'rm -rf /modules': { writes: {}, removes: ['/modules'], tookMs: 1 },
    },
    bases: [base],
    retired: [],
  });
  const results = (text: string, second = '2') => {
    const first = build('a', parseDockerfile(text), context('1'), {});
    return build('b', parseDockerfile(text), context(second), first.cache).steps.map(({ result }) => result);
  };

  it('is built from the cache down to the first instruction whose files have changed', () => {
    const good = 'FROM base\nCOPY package.json ./\nRUN npm ci\nCOPY app.js ./\nENV A=1';
    expect(results(good, '1')).toEqual(['base', 'cached', 'cached', 'cached', 'metadata']);
    expect(results(good)).toEqual(['base', 'cached', 'cached', 'built', 'metadata']);
    expect(results('FROM base\nCOPY . ./\nRUN npm ci')).toEqual(['base', 'built', 'built']);
  });

  it('grows by what is deleted later: a whiteout hides, and takes nothing away', () => {
    const { image } = build('a', parseDockerfile('FROM base\nRUN npm ci\nRUN rm -rf /modules'), context('1'), {});
    expect(imageSizeMb(image!)).toBe(130);
    expect([...merged(image!.layers).keys()]).toEqual(['/os']);
  });

  it('leaves behind what only another stage needed', () => {
    const text = 'FROM base AS build\nRUN npm ci\nFROM base\nCOPY --from=build /modules ./';
    expect(imageSizeMb(build('a', parseDockerfile(text), context('1'), {}).image!)).toBe(130);
    expect(imageSizeMb(build('a', parseDockerfile('FROM base'), context('1'), {}).image!)).toBe(30);
  });

  it('shares a layer with every image that has the same content', () => {
    const of = (text: string) =>
      build('a', parseDockerfile(text), context('1'), {}).image!.layers.map(({ digest }) => digest);
    expect(of('FROM base\nCOPY app.js ./\nENV A=1')).toEqual(of('FROM base\nCOPY app.js ./\nENV A=2'));
  });
});

describe('a compose file', () => {
  it('is started in the order of what needs what', () => {
    const text =
      'services:\n  web: {image: web, depends_on: [order]}\n  order: {image: order, depends_on: {db: {condition: service_healthy}}}\n  db: {image: db}\n';
    expect(readCompose(text).map(({ name }) => name)).toEqual(['db', 'order', 'web']);
    expect(() =>
      readCompose('services:\n  a: {image: a, depends_on: [b]}\n  b: {image: b, depends_on: [a]}\n'),
    ).toThrow('circle');
  });
});

describe('a run of a model', () => {
  const linux = (steps: readonly JsonObject[]) =>
    playModelOf({
      model: 'linux',
      given: { hostname: 'w1', cpuMilli: 1000, memoryMiB: 512, files: [] },
      steps: [...steps],
    });
  const two = [
    { act: 'exec', name: 'a', command: 'a', cpuMilli: 400, memoryMiB: 100 },
    { act: 'exec', name: 'b', command: 'b', cpuMilli: 3000, threads: 3, memoryMiB: 50 },
  ];
  const processes = (run: ReturnType<typeof linux>) => run.factsAt(run.entries.length)['processes'];

  it('shares the CPU out by threads, within what each wants and may have', () => {
    expect(processes(linux(two))).toMatchObject([{ cpuMilli: 250 }, { cpuMilli: 750 }]);
    const limited = linux([...two, { act: 'limitCpu', process: 'b', cpuMilli: 300 }]);
    // Three threads of four run until 30 ms are gone: after 40 ms.
    expect(processes(limited)).toMatchObject([
      { cpuMilli: 400 },
      { cpuMilli: 300, isThrottled: true, throttledMs: 60 },
    ]);
  });

  it('kills above memory.max, and without one the largest when there is no more', () => {
    const limit = { act: 'limitMemory', process: 'b', memoryMiB: 128 };
    const killed = linux([...two, limit, { act: 'allocate', process: 'b', memoryMiB: 200 }]);
    expect(processes(killed)).toMatchObject([{ isAlive: true }, { exitCode: 137, killedBy: 'memory.max' }]);
    const short = linux([{ ...two[0]!, memoryMiB: 400 }, two[1]!, { act: 'allocate', process: 'b', memoryMiB: 200 }]);
    expect(processes(short)).toMatchObject([{ killedBy: 'out of memory' }, { isAlive: true }]);
  });

  it('goes back to any step, and is not disturbed by what is tried beside it', () => {
    const run = linux(two);
    const before = JSON.stringify(run.factsAt(2));
    const branch = run.fork(2);
    branch.act({ act: 'exec', name: 'c', command: 'c' });
    expect(branch.entries.length).toBe(4);
    expect(run.entries.length).toBe(4);
    expect(JSON.stringify(run.factsAt(2))).toBe(before);
    expect(processes(run)).toMatchObject([{ name: 'a' }, { name: 'b' }]);
    expect(processes(branch)).toMatchObject([{ name: 'a' }, { name: 'c' }]);
  });

  it('refuses, with the field, what cannot be done', () => {
    expect(() => linux([{ act: 'dance' }])).toThrow('run.steps[0].act: linux knows no dance');
    expect(() => linux([{ act: 'burn', process: 'x', cpuMilli: 1 }])).toThrow('run.steps[0].process does not run: x');
    expect(() => playModelOf({ model: 'none' })).toThrow('no model none');
  });

  it('copies the memory of a VM in rounds until little is left', () => {
    const costs = {
      hostOsMiB: 1000,
      hypervisorMiB: 0,
      guestOsMiB: 1500,
      microGuestMiB: 0,
      containerMiB: 0,
      appMiB: 500,
      guestBootMs: 1,
      microBootMs: 1,
      processStartMs: 1,
    };
    const run = playModelOf({
      model: 'host',
      given: { memoryMiB: 16_000, costs },
      steps: [
        { act: 'rack', machine: 'a', as: 'type1' },
        { act: 'start', machine: 'a', app: 'web' },
        { act: 'rack', machine: 'b', as: 'type1' },
        { act: 'migrate', machine: 'a', vm: 'vm-1', to: 'b', lineMiBPerSecond: 1000, dirtyMiBPerSecond: 250 },
      ],
    });
    // 2000 MiB, then 500, then 125: that is sent while it stands still for 125 ms.
    const rounds = run.entries.filter(({ verb }) => verb === 'copy').map(({ detail }) => detail?.['MiB']);
    expect(rounds).toEqual([2000, 500]);
    expect(run.entries.at(-1)?.detail).toEqual({ stoodStillMs: 125 });
  });
});

describe('a day in a cloud', () => {
  const demand = { usual: 2, peak: 10, peakHours: 4, ownPerHour: 1, rentedPerHour: 2 };

  it('is paid for machines of one’s own all day, for rented ones while they are needed', () => {
    const days = CLOUDS.map((kind) => cloudDay(kind, demand));
    // 20 hours of 2 machines and 4 hours of 10: 80 machine-hours, whoever gives them.
    expect(days).toEqual([
      { kind: 'private', owned: 10, busyHours: 80, idleHours: 160, rentedHours: 0, perDay: 240, dataAt: 'you' },
      { kind: 'public', owned: 0, busyHours: 0, idleHours: 0, rentedHours: 80, perDay: 160, dataAt: 'provider' },
      { kind: 'hybrid', owned: 2, busyHours: 48, idleHours: 0, rentedHours: 32, perDay: 112, dataAt: 'you' },
    ]);
  });

  it('has nothing idle in a private cloud whose users are always as many', () => {
    expect(cloudDay('private', { ...demand, peak: 2 }).idleHours).toBe(0);
  });
});

describe('a pipeline', () => {
  const play = (tests: boolean) =>
    playModelOf({
      model: 'servers',
      given: { servers: 2, image: 'web:1', packages: { nginx: '1' } },
      steps: [
        { act: 'pipeline', image: 'web:2', from: 'web:1', packages: { nginx: '2' }, tests },
        { act: 'copy', site: 'b' },
      ],
    });

  it('brings a commit to every server, after which the whole can be set up again', () => {
    const run = play(true);
    const { instances, sites, points } = run.factsAt(run.entries.length);
    expect(instances).toMatchObject([{ image: 'web:2' }, { image: 'web:2' }]);
    expect(sites).toMatchObject([{ name: 'b', image: 'web:2', servers: 2 }]);
    expect(points).toEqual(['image', 'deploy', 'automation', 'copy']);
  });

  it('ends where tests fail: nothing is pushed, nothing is started', () => {
    const run = play(false);
    const { instances, registry, points } = run.factsAt(run.entries.length);
    expect(run.entries.map(({ verb }) => verb)).toEqual(['git push', 'docker build', 'tests failed', 'copy']);
    expect(instances).toMatchObject([{ image: 'web:1' }, { image: 'web:1' }]);
    expect(registry).toMatchObject([{ ref: 'web:1' }]);
    expect(points).toEqual(['copy']);
  });
});
