import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { memoryTree } from '../file-tree.ts';
import { composeObjects, isComposeFileName } from './convert-compose.ts';
import { wordsOf } from './compose-values.ts';
import { readEnvFile } from './env-file.ts';
import { interpolate } from './interpolate.ts';

const convert = (files: Readonly<Record<string, string>>, profiles: readonly string[] = [], paths = ['compose.yaml']) =>
  composeObjects(paths, memoryTree(Object.entries(files)), { profiles });
const one = (service: string, rest = '') =>
  convert({ 'compose.yaml': `services:\n  web:\n    image: nginx\n${service}\n${rest}` });
const workload = ({ objects }: ReturnType<typeof convert>): JsonObject | undefined =>
  objects.find(
    ({ kind }) => kind !== 'Service' && kind !== 'PersistentVolumeClaim' && kind !== 'ConfigMap' && kind !== 'Secret',
  );
const container = (made: ReturnType<typeof convert>) =>
  valueAt(workload(made), 'spec', 'template', 'spec', 'containers', 0);
const pod = (made: ReturnType<typeof convert>) => valueAt(workload(made), 'spec', 'template', 'spec');
const said = ({ notes }: ReturnType<typeof convert>) => notes.map(({ id, line }) => `${id}:${line}`);

describe('a service of Compose', () => {
  it.each([
    ['    command: sh -c "a b"', { args: ['sh', '-c', 'a b'] }],
    ['    entrypoint: [a, "$$(HOME)"]', { command: ['a', '$$(HOME)'] }],
    ['    working_dir: /srv', { workingDir: '/srv' }],
    ['    user: "1000:50"', { securityContext: { runAsUser: 1000, runAsGroup: 50 } }],
    ['    privileged: true', { securityContext: { privileged: true } }],
    [
      '    cap_add: [CAP_NET_ADMIN, SYS_TIME]\n    cap_drop: [ALL]',
      { securityContext: { capabilities: { add: ['NET_ADMIN', 'SYS_TIME'], drop: ['ALL'] } } },
    ],
    [
      '    read_only: true\n    security_opt: [no-new-privileges]',
      { securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false } },
    ],
    ['    stdin_open: true\n    tty: true', { stdin: true, tty: true }],
    ['    pull_policy: always', { imagePullPolicy: 'Always' }],
    [
      '    environment: {A: 1, B: "$$(A)"}',
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '$$(A)' },
        ],
      },
    ],
    ['    mem_limit: 512m\n    cpus: 0.5', { resources: { limits: { cpu: '500m', memory: '512Mi' } } }],
    [
      '    deploy: {resources: {limits: {cpus: "2", memory: 1gb}, reservations: {memory: 1.5k}}}',
      { resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { memory: '1536' } } },
    ],
    [
      '    healthcheck: {test: [CMD, ping, -c1], interval: 1m30s, timeout: 500ms, retries: 3, start_period: 5s}',
      {
        livenessProbe: {
          exec: { command: ['ping', '-c1'] },
          periodSeconds: 90,
          timeoutSeconds: 1,
          failureThreshold: 3,
          initialDelaySeconds: 5,
        },
        readinessProbe: { exec: { command: ['ping', '-c1'] } },
      },
    ],
    ['    healthcheck: {disable: true, test: [CMD, x]}', {}],
    ['    container_name: My_Web', { name: 'my-web' }],
  ])('%s', (service, expected) => {
    const made = one(service);
    expect(container(made)).toMatchObject({ image: 'nginx', ...expected });
    expect(made.notes.filter(({ kind }) => kind === 'lost')).toEqual([]);
  });

  it.each([
    ['    hostname: db', { hostname: 'db' }],
    ['    stop_grace_period: 1m', { terminationGracePeriodSeconds: 60 }],
    [
      '    extra_hosts: ["a:10.0.0.1", "b=::1"]',
      {
        hostAliases: [
          { hostnames: ['a'], ip: '10.0.0.1' },
          { hostnames: ['b'], ip: '::1' },
        ],
      },
    ],
    [
      '    dns: 8.8.8.8\n    dns_search: [x.y]\n    dns_opt: ["ndots:2"]',
      { dnsConfig: { nameservers: ['8.8.8.8'], searches: ['x.y'], options: [{ name: 'ndots', value: '2' }] } },
    ],
    ['    network_mode: host\n    pid: host\n    ipc: host', { hostNetwork: true, hostPID: true, hostIPC: true }],
    [
      '    sysctls: {net.core.somaxconn: 1024}\n    group_add: [7]',
      { securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1024' }], supplementalGroups: [7] } },
    ],
    ['    platform: linux/arm64', { nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'arm64' } }],
    ['    tmpfs: /run', { volumes: [{ name: 'web-tmp0', emptyDir: { medium: 'Memory' } }] }],
    ['    shm_size: 64m', { volumes: [{ name: 'web-tmp0', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }] }],
  ])('%s', (service, expected) => {
    const made = one(service);
    expect(pod(made)).toMatchObject(expected);
    expect(made.notes.filter(({ kind }) => kind === 'lost')).toEqual([]);
  });

  it.each([
    ['    deploy: {mode: global}', 'DaemonSet', {}],
    ['    deploy: {replicas: 3}', 'Deployment', { replicas: 3 }],
    ['    scale: 2', 'Deployment', { replicas: 2 }],
    [
      '    deploy: {update_config: {parallelism: 2, order: start-first}}',
      'Deployment',
      { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } },
    ],
    ['    deploy: {mode: replicated-job, replicas: 4}', 'Job', { completions: 4 }],
    ['    labels: {kompose.controller.type: statefulset}', 'StatefulSet', { serviceName: 'web' }],
    ['    restart: unless-stopped', 'Deployment', {}],
    ['    restart: on-failure:5', 'Pod', { restartPolicy: 'OnFailure' }],
    ['    restart: "no"', 'Pod', { restartPolicy: 'Never' }],
    ['    volumes: ["data:/data"]', 'Deployment', { strategy: { type: 'Recreate' } }],
  ])('%s gives a %s', (service, kind, spec) => {
    const made = one(service, 'volumes: {data: {}}');
    expect(workload(made)).toMatchObject({ kind, spec });
  });

  it.each([
    ['"8080:80"', [{ name: '8080', port: 8080, targetPort: 80 }]],
    ['80', [{ name: '80', port: 80, targetPort: 80 }]],
    ['"53:53/udp"', [{ name: '53', port: 53, targetPort: 53, protocol: 'UDP' }]],
    [
      '"3000-3001:80-81"',
      [
        { name: '3000', port: 3000, targetPort: 80 },
        { name: '3001', port: 3001, targetPort: 81 },
      ],
    ],
    ['"[::1]:90:9"', [{ name: '90', port: 90, targetPort: 9 }]],
    [
      '{target: 80, published: "8080", name: http, app_protocol: http}',
      [{ name: 'http', port: 8080, targetPort: 80, appProtocol: 'http' }],
    ],
  ])('port %s', (port, ports) => {
    const made = one(`    ports: [${port}]`);
    expect(
      valueAt(
        made.objects.find(({ kind }) => kind === 'Service'),
        'spec',
        'ports',
      ),
    ).toEqual(ports);
  });

  it.each(['"a:b"', '"70000:1"', '"9-1:1-9"', '"1-3:1-2"', '{published: 1}', '"1-65535:1-65535"'])(
    'says that it cannot use port %s',
    (port) => {
      expect(said(one(`    ports: [${port}]`))).toContain('source.type:4');
    },
  );

  it('says by line what is lost, unknown, or for a developer only', () => {
    const made = convert({
      'compose.yaml': `services:
  web_app:
    image: nginx
    logging: {driver: syslog}
    ulimits: {nproc: 1}
    develop: {watch: []}
    colour: red
    depends_on:
      db: {condition: service_healthy}
    deploy:
      rollback_config: {parallelism: 1}
  db:
    build: .
    user: postgres
paint: 1
x-ours: {}
`,
    });
    expect(said(made)).toEqual([
      'source.unknownKey:15',
      'compose.renamed:2',
      'compose.lost:4',
      'compose.lost:5',
      'compose.local:6',
      'source.unknownKey:7',
      'compose.lost:11',
      'compose.dependsOn:9',
      'compose.noPorts:2',
      'compose.noPorts:12',
      'compose.build:13',
      'compose.lost:14',
    ]);
    expect(made.objects.map(({ kind }) => kind)).toEqual(['Deployment', 'Deployment']);
  });

  it('is left out where its profile is not asked for', () => {
    const files = { 'compose.yaml': 'services:\n  a: {image: a}\n  b: {image: b, profiles: [debug]}\n' };
    expect(convert(files).objects.length).toBe(1);
    expect(said(convert(files))).toContain('compose.profile:3');
    expect(convert(files, ['debug']).objects.length).toBe(2);
    expect(convert(files, ['*']).objects.length).toBe(2);
  });
});

describe('volumes, configs and secrets', () => {
  it('makes one claim of a volume that two services share, and says so', () => {
    const made = convert({
      'compose.yaml':
        'services:\n  a: {image: a, volumes: ["d_x:/d"]}\n  b: {image: b, volumes: [{type: volume, source: d_x, target: /d, read_only: true}]}\nvolumes: {d_x: {labels: {kompose.volume.size: 5Gi}}}\n',
    });
    const claims = made.objects.filter(({ kind }) => kind === 'PersistentVolumeClaim');
    expect(claims).toMatchObject([
      { metadata: { name: 'd-x' }, spec: { resources: { requests: { storage: '5Gi' } } } },
    ]);
    expect(said(made)).toContain('compose.sharedClaim:3');
  });

  it('puts files into ConfigMaps and Secrets, and never their values where they are not there', () => {
    const made = convert({
      'compose.yaml': `services:
  a:
    image: a
    configs: [c, {source: inline, target: /etc/x.conf, mode: 0440}]
    secrets: [s, gone, outside]
    volumes: ["./conf.d:/etc/conf.d:ro", "./app:/app", "/var/run/docker.sock:/x", "../up:/up", "/anon"]
configs: {c: {file: ./c.txt}, inline: {content: "k=\${V}"}}
secrets: {s: {file: s.txt}, gone: {file: ./gone}, outside: {file: ../../etc/passwd}}
`,
      'c.txt': 'c',
      's.txt': 'hush',
      '.env': 'V=7',
      'conf.d/a.conf': 'A',
      'conf.d/b.conf': 'B',
      'app/src/main.go': 'package main',
    });
    const byName = Object.fromEntries(
      made.objects.map((object) => [`${object.kind}/${String(valueAt(object, 'metadata', 'name'))}`, object]),
    );
    expect(byName['ConfigMap/c']).toMatchObject({ data: { 'c.txt': 'c' } });
    expect(byName['ConfigMap/inline']).toMatchObject({ data: { inline: 'k=7' } });
    expect(byName['Secret/s']).toMatchObject({ data: { s: 'aHVzaA==' } });
    expect(byName['Secret/gone']).toBeUndefined();
    expect(byName['ConfigMap/a-cm0']).toMatchObject({ data: { 'a.conf': 'A', 'b.conf': 'B' } });
    expect(byName['PersistentVolumeClaim/a-claim0']).toBeDefined();
    expect(valueAt(byName['Deployment/a'], 'spec', 'template', 'spec', 'containers', 0, 'volumeMounts')).toEqual([
      { mountPath: '/etc/conf.d', name: 'a-cm0', readOnly: true },
      { mountPath: '/app', name: 'a-claim0' },
      { mountPath: '/anon', name: 'a-tmp0' },
      { mountPath: '/c', name: 'c', subPath: 'c' },
      { mountPath: '/etc/x.conf', name: 'inline', subPath: 'x.conf' },
      { mountPath: '/run/secrets/s', name: 's', subPath: 's' },
      { mountPath: '/run/secrets/gone', name: 'gone', subPath: 'gone' },
      { mountPath: '/run/secrets/outside', name: 'outside', subPath: 'outside' },
    ]);
    const ids = made.notes.map(({ id }) => id);
    for (const id of [
      'compose.bindContent',
      'compose.bindAbsolute',
      'source.outside',
      'compose.anonymousVolume',
      'compose.secretMissing',
    ])
      expect(ids, id).toContain(id);
    expect(JSON.stringify(made.objects)).not.toContain('passwd');
  });

  it('takes env files into ConfigMaps, one for each file', () => {
    const made = convert({
      'compose.yaml':
        'services:\n  a: {image: a, env_file: [x/e.env, y/e.env, {path: none.env, required: false}, none.env]}\n',
      'x/e.env': 'A=1\n# no\nexport B="two\\nlines" # x\nC=\'$A\'\nD=$A-${Z:-z}\n',
      'y/e.env': 'A=2',
    });
    const maps = made.objects.filter(({ kind }) => kind === 'ConfigMap');
    expect(maps).toMatchObject([
      { metadata: { name: 'e-env' }, data: { A: '1', B: 'two\nlines', C: '$A', D: '1-z' } },
      { metadata: { name: 'y-e-env' }, data: { A: '2' } },
    ]);
    expect(said(made).filter((id) => id.startsWith('source.missing'))).toEqual(['source.missing:2']);
  });
});

describe('several files', () => {
  it('merges later over earlier, follows include and extends, and reads relative to each', () => {
    const made = convert(
      {
        'p/compose.yaml':
          'include: [../q/compose.yaml]\nservices:\n  a: {image: a:1, environment: [X=1, Y=1], ports: ["80:80"], command: [one]}\n  c: {extends: {file: ../q/base.yaml, service: base}, image: c}\n',
        'p/over.yaml': 'services:\n  a: {image: "a:2", environment: {Y: 2}, ports: ["81:81"], command: [two]}\n',
        'q/compose.yaml': 'services:\n  b: {image: b, env_file: b.env}\n',
        'q/base.yaml': 'services:\n  base: {image: base, env_file: b.env, volumes: ["./f.txt:/f"]}\n',
        'q/b.env': 'Q=1',
        'q/f.txt': 'f',
      },
      [],
      ['p/compose.yaml', 'p/over.yaml'],
    );
    const deployments = made.objects.filter(({ kind }) => kind === 'Deployment');
    const containers = deployments.map((object) => valueAt(object, 'spec', 'template', 'spec', 'containers', 0));
    expect(containers).toMatchObject([
      {
        image: 'a:2',
        args: ['two'],
        env: [
          { name: 'X', value: '1' },
          { name: 'Y', value: '2' },
        ],
        ports: [{ containerPort: 80 }, { containerPort: 81 }],
      },
      { image: 'c', envFrom: [{ configMapRef: { name: 'b-env' } }], volumeMounts: [{ mountPath: '/f' }] },
      { image: 'b', envFrom: [{ configMapRef: { name: 'b-env' } }] },
    ]);
  });

  it('parts services by NetworkPolicies only where networks do', () => {
    const files = (net: string) => ({
      'compose.yaml': `services:\n  web: {image: w, ports: ["80:80"], networks: [front, back]}\n  db: {image: d, networks: [back]}\n  lb: {image: l, networks: [${net}]}\n`,
    });
    expect(convert(files('back')).objects.some(({ kind }) => kind === 'NetworkPolicy')).toBe(false);
    const { objects } = convert(files('front'));
    expect(
      objects.filter(({ kind }) => kind === 'NetworkPolicy').map((object) => valueAt(object, 'metadata', 'name')),
    ).toEqual(['web-published', 'network-front', 'network-back']);
    expect(
      valueAt(
        objects.find((object) => object.kind === 'Deployment'),
        'spec',
        'template',
        'metadata',
        'labels',
      ),
    ).toEqual({
      app: 'web',
      'network/front': 'true',
      'network/back': 'true',
    });
  });
});

describe('bad input', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`)
    .join('\n')}\nservices: *i\n`;

  it.each([
    ['aliases that multiply', bomb, 'source.unreadable'],
    ['deep nesting', `services: ${'['.repeat(5000)}`, 'source.unreadable'],
    ['dashes in a row', `services:\n  ${'- '.repeat(5000)}a`, 'source.unreadable'],
    ['no YAML', 'services: {a: [}', 'source.unreadable'],
    ['repeated keys', 'services: {}\nservices: {}', 'source.unreadable'],
    ['no map', '- a', 'source.type'],
    ['nothing', '', 'source.type'],
    ['no services', 'volumes: {}', 'compose.noServices'],
    ['a service that is none', 'services: {a: 7, b: {image: b}}', 'source.type'],
    ['a file that is not there', 'include: [gone.yaml]\nservices: {a: {image: a}}', 'source.missing'],
    ['itself', 'include: [compose.yaml]\nservices: {a: {image: a}}', 'source.tooMany'],
  ])('%s: nothing half imported, and the reason said', (_, text, id) => {
    const started = performance.now();
    const { objects, notes } = convert({ 'compose.yaml': text });
    expect(objects).toEqual([]);
    expect(notes.map((note) => note.id)).toContain(id);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('follows no circle of extends, and nothing outside', () => {
    const made = convert({
      'compose.yaml':
        'services:\n  a: {image: a, extends: b}\n  b: {image: b, extends: {service: a}}\n  c: {image: c, extends: {file: ../../x.yaml, service: c}}\n',
    });
    expect(said(made)).toEqual(expect.arrayContaining(['compose.extendsCycle:2', 'source.outside:4']));
    expect(made.objects.length).toBe(3);
  });

  it('keeps hostile names to itself', () => {
    const made = convert({
      'compose.yaml': 'services:\n  "__proto__": {image: a}\n  "<script>alert(1)</script>": {image: b}\n',
    });
    expect(made.objects.map((object) => valueAt(object, 'metadata', 'name'))).toEqual([
      'proto',
      'script-alert-1-script',
    ]);
    expect(Object.prototype).not.toHaveProperty('image');
  });
});

describe('the little languages of Compose', () => {
  const variables = new Map([
    ['A', '1'],
    ['E', ''],
  ]);
  it.each([
    ['$A ${A} $$A', '1 1 $A'],
    ['${E-d} ${E:-d} ${N-d} ${N:-${A}}', ' d d 1'],
    ['${A:+yes}${N+no}', 'yes'],
    ['${N}', ''],
    ['${bad name} ${A', '${bad name} ${A'],
    ['a $ b', 'a $ b'],
  ])('%s is %s', (text, expected) => {
    expect(interpolate(text, variables, () => undefined)).toBe(expected);
  });

  it('asks for what must be given', () => {
    const heard: string[] = [];
    interpolate('${N:?say N} ${M}', variables, (what, name, message) => heard.push(`${what} ${name} ${message}`));
    expect(heard).toEqual(['refused N say N', 'missing M ']);
  });

  it('reads words as a shell, and env files in every style', () => {
    expect(wordsOf(`a "b c" d\\ e 'f "g' ""`)).toEqual(['a', 'b c', 'd e', 'f "g', '']);
    expect([...readEnvFile('A = 1\nB: 2\n C="x#y" # z\nD=p#q\nbad line\n', new Map(), () => undefined)]).toEqual([
      ['A', '1'],
      ['B', '2'],
      ['C', 'x#y'],
      ['D', 'p#q'],
    ]);
  });

  it.each([
    ['compose.yaml', true],
    ['a/docker-compose.yml', true],
    ['docker-compose.prod.yaml', true],
    ['decompose.yaml', false],
    ['compose.json', false],
  ])('knows compose files by name: %s', (path, expected) => {
    expect(isComposeFileName(path)).toBe(expected);
  });
});
