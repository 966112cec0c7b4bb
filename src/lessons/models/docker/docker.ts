import type { ActReader } from '../act-reader.ts';
import type { Model, Stage } from '../model.ts';
import { dockerPicture } from './picture.ts';
import { PROGRAMS } from './programs.ts';
import { readCompose } from './read-compose.ts';
import { isRunning } from './state.ts';
import type { ComposedService, DockerContainer, DockerHost, DockerState } from './state.ts';

/** A layer travels so long for each MB, and a service takes so long to become healthy. Illustrative. */
const PULL_MS_PER_MB = 10;
const HEALTHY_MS = 5000;

/** One host and its engine, and what becomes of containers when something ends. */
export const docker: Model<DockerState> = {
  name: 'docker',

  begin(given) {
    const registry = given.object('registry');
    const composeText = given.text('compose', '');
    return {
      hosts: given.texts('hosts').map((name) => ({ name, isUp: true, images: [] })),
      registry: Object.fromEntries(registry.names.map((ref) => [ref, registry.number(ref)])),
      containers: [],
      volumes: [],
      networks: [],
      composeText,
      services: composeText === '' ? [] : readCompose(composeText),
      isAsking: false,
      isVersionShown: false,
    };
  },

  acts: { run, version, fork, exit, write, remove, up, powerOff, ask },

  facts: (state) => ({
    containers: state.containers.map((container) => ({
      name: container.name,
      host: container.host,
      isRunning: isRunning(container),
      exitCode: container.exitCode ?? 0,
      processes: container.processes.map(({ name }) => name),
      files: Object.keys(seenBy(state, container)),
    })),
    running: state.containers.filter(isRunning).length,
    volumes: state.volumes.map(({ name, host, files }) => ({ name, host, files: Object.keys(files) })),
    networks: state.networks,
    services: state.services.map(({ name, needs }) => ({ name, needs: needs.map(([other]) => other) })),
    programs: PROGRAMS.map(({ name, project }) => ({ name, project })),
    hostsUp: state.hosts.filter(({ isUp }) => isUp).length,
  }),

  picture: dockerPicture,
};

/** What a container sees in its files: its own layer, and what is mounted. */
function seenBy({ volumes }: DockerState, { files, mounts, host }: DockerContainer): Readonly<Record<string, number>> {
  const mounted = Object.entries(mounts).flatMap(([target, source]) => {
    const volume = volumes.find((one) => one.name === source && one.host === host);
    return Object.entries(volume?.files ?? {}).map(([path, mb]) => [`${target}/${path}`, mb] as const);
  });
  return { ...files, ...Object.fromEntries(mounted) };
}

function run(stage: Stage<DockerState>, given: ActReader): void {
  const mounts = given.has('volume') ? volumeOf(given.text('volume')) : {};
  const service = { name: given.text('name'), image: given.text('image'), mounts, needs: [], hasHealthcheck: false };
  startContainer(stage, service, hostOf(stage.state, given));
}

function volumeOf(text: string): Readonly<Record<string, string>> {
  const [source = '', target = ''] = text.split(':');
  return { [target]: source };
}

/** From the command to the process: each hands on to the next. */
function startContainer(stage: Stage<DockerState>, { name, image, mounts }: ComposedService, host: DockerHost): void {
  if (!host.isUp) throw new Error(`${host.name} is down`);
  stage.tell({ from: 'cli', to: 'dockerd', verb: 'POST /containers/create', object: name, detail: { image } });
  const own = stage.state.hosts.find((one) => one.name === host.name)!;
  if (!own.images.includes(image)) {
    const mb = stage.state.registry[image];
    if (mb === undefined) throw new Error(`the registry has no ${image}`);
    stage.tell({
      from: 'dockerd',
      to: 'cli',
      class: 'response',
      verb: '404',
      object: image,
      detail: { message: `No such image: ${image}` },
    });
    stage.tell({ from: 'dockerd', to: 'registry', verb: 'pull', object: image });
    stage.tell(
      {
        from: 'registry',
        to: 'dockerd',
        class: 'response',
        verb: 'layers',
        object: image,
        detail: { mb },
        tookMs: mb * PULL_MS_PER_MB,
      },
      {
        ...stage.state,
        hosts: stage.state.hosts.map((one) =>
          one.name === host.name ? { ...one, images: [...one.images, image] } : one,
        ),
      },
    );
  }
  const fresh = Object.values(mounts).filter(
    (source) => !stage.state.volumes.some((one) => one.name === source && one.host === host.name),
  );
  const volumes = [...stage.state.volumes, ...fresh.map((source) => ({ name: source, host: host.name, files: {} }))];
  stage.tell(
    {
      from: 'dockerd',
      to: 'containerd',
      class: 'cri',
      verb: 'create',
      object: name,
      detail: { mounts: JSON.stringify(mounts) },
    },
    { ...stage.state, volumes },
  );
  stage.tell({
    from: 'containerd',
    to: 'runc',
    class: 'cri',
    verb: 'create',
    object: name,
    detail: { via: 'containerd-shim' },
  });
  stage.tell({
    from: 'runc',
    to: 'kernel',
    verb: 'clone',
    object: 'CLONE_NEWPID…',
    detail: { namespaces: 'mnt, pid, uts, ipc, net', cgroup: `/docker/${name}` },
  });
  const container: DockerContainer = {
    name,
    image,
    host: host.name,
    processes: [{ name: processNameOf(image), pid: 1 }],
    files: {},
    mounts,
    exitCode: undefined,
    isHealthy: false,
  };
  const others = stage.state.containers.filter((one) => one.name !== name);
  stage.tell(
    { from: 'kernel', to: name, class: 'response', verb: 'execve', object: name, detail: { pid: 1, image } },
    { ...stage.state, containers: [...others, container] },
  );
}

/** The daemon says what it is made of. */
function version(stage: Stage<DockerState>): void {
  stage.tell({ from: 'cli', to: 'dockerd', verb: 'GET /version' });
  const components = PROGRAMS.filter(({ component }) => component !== undefined);
  stage.tell(
    {
      from: 'dockerd',
      to: 'cli',
      class: 'response',
      verb: '200',
      object: 'version',
      detail: {
        components: components.map(({ component }) => component).join(', '),
        projects: components.map(({ project }) => project).join(', '),
      },
    },
    { ...stage.state, isVersionShown: true },
  );
}

/** `mysql:8.4` runs `mysql`. */
function processNameOf(image: string): string {
  return image.replace(/:.*$/, '').split('/').at(-1)!;
}

/** The initial process starts another one in the same container. */
function fork(stage: Stage<DockerState>, given: ActReader): void {
  const container = containerOf(stage.state, given);
  const process = { name: given.text('process'), pid: 1 + Math.max(...container.processes.map(({ pid }) => pid)) };
  stage.tell(
    { from: container.name, to: 'kernel', verb: 'fork', object: process.name, detail: { pid: process.pid } },
    withContainer(stage.state, container.name, { processes: [...container.processes, process] }),
  );
}

/** A process ends. With the initial one the kernel ends every other of its PID namespace. Source: pid_namespaces(7). */
function exit(stage: Stage<DockerState>, given: ActReader): void {
  const container = containerOf(stage.state, given);
  const code = given.number('code', 0);
  const process = container.processes.find(({ name, pid }) =>
    given.text('process') === 'initial' ? pid === 1 : name === given.text('process'),
  );
  if (process === undefined) throw given.problem('process', `is not in ${container.name}`);
  const left = container.processes.filter((one) => one !== process);
  const isInitial = process.pid === 1;
  stage.tell(
    {
      from: container.name,
      to: 'kernel',
      class: isInitial || code !== 0 ? 'fault' : 'request',
      verb: 'exit',
      object: process.name,
      detail: { pid: process.pid, code },
    },
    withContainer(stage.state, container.name, { processes: left }),
  );
  if (!isInitial) return;
  for (const { name } of left)
    stage.tell({
      from: 'kernel',
      to: container.name,
      verb: 'SIGKILL',
      object: name,
      detail: { because: 'PID 1 of its namespace has ended' },
    });
  stage.tell(
    { from: 'kernel', to: 'containerd', class: 'cri', verb: 'exited', object: container.name, detail: { code } },
    withContainer(stage.state, container.name, { processes: [], exitCode: code }),
  );
}

/** A file is written: into a volume where one is mounted there, else into the container's own layer. */
function write(stage: Stage<DockerState>, given: ActReader): void {
  const container = containerOf(stage.state, given);
  const [path, mb] = [given.text('path'), given.number('mb', 1)];
  const mount = Object.entries(container.mounts).find(([target]) => path.startsWith(`${target}/`));
  if (mount === undefined) {
    stage.tell(
      { from: container.name, verb: 'write', object: path, detail: { into: 'its own layer' } },
      withContainer(stage.state, container.name, { files: { ...container.files, [path]: mb } }),
    );
    return;
  }
  const [target, source] = mount;
  const volumes = stage.state.volumes.map((volume) =>
    volume.name === source && volume.host === container.host
      ? { ...volume, files: { ...volume.files, [path.slice(target.length + 1)]: mb } }
      : volume,
  );
  stage.tell(
    { from: container.name, to: `volume/${source}`, verb: 'write', object: path, detail: { into: source } },
    { ...stage.state, volumes },
  );
}

/** A container is removed, and its own layer with it; volumes stay. */
function remove(stage: Stage<DockerState>, given: ActReader): void {
  const name = given.text('name');
  const container = stage.state.containers.find((one) => one.name === name);
  if (container === undefined) throw given.problem('name', `names no container: ${name}`);
  stage.tell(
    {
      from: 'cli',
      to: 'dockerd',
      verb: 'docker rm -f',
      object: name,
      detail: { lost: Object.keys(container.files).join(', ') || '-' },
    },
    { ...stage.state, containers: stage.state.containers.filter((one) => one.name !== name) },
  );
}

/** Everything that a compose file says, in the order of what needs what. */
function up(stage: Stage<DockerState>, given: ActReader): void {
  const host = hostOf(stage.state, given);
  const project = given.text('project', 'shop');
  const { services } = stage.state;
  stage.tell({
    from: 'cli',
    verb: 'docker compose up',
    detail: { order: services.map(({ name }) => name).join(' → ') },
  });
  const network = `${project}_default`;
  stage.tell(
    { from: 'cli', to: 'dockerd', verb: 'network create', object: network },
    { ...stage.state, networks: [...stage.state.networks, network] },
  );
  for (const service of services) {
    for (const [needed, condition] of service.needs) waitFor(stage, service.name, needed, condition);
    startContainer(stage, service, host);
    if (!service.hasHealthcheck) continue;
    const isNeeded = services.some(({ needs }) =>
      needs.some(([name, condition]) => name === service.name && condition === 'service_healthy'),
    );
    if (isNeeded)
      stage.tell(
        {
          from: 'dockerd',
          to: service.name,
          class: 'probe',
          verb: 'healthy',
          object: service.name,
          tookMs: HEALTHY_MS,
        },
        withContainer(stage.state, service.name, { isHealthy: true }),
      );
  }
}

function waitFor(stage: Stage<DockerState>, name: string, needed: string, condition: string): void {
  const container = stage.state.containers.find((one) => one.name === needed);
  const isMet =
    condition === 'service_healthy'
      ? container?.isHealthy
      : condition === 'service_completed_successfully'
        ? container?.exitCode === 0
        : container !== undefined;
  if (isMet !== true) throw new Error(`${name} waits for ${needed} to be ${condition}, which never happens`);
  stage.tell({ from: 'cli', verb: 'condition met', object: `${needed}: ${condition}`, detail: { for: name } });
}

/** A host loses power: everything on it ends, and nobody starts it anywhere else. */
function powerOff(stage: Stage<DockerState>, given: ActReader): void {
  const host = hostOf(stage.state, given);
  const lost = stage.state.containers.filter((one) => one.host === host.name && isRunning(one));
  stage.tell(
    {
      from: `host/${host.name}`,
      class: 'fault',
      verb: 'power off',
      object: host.name,
      detail: { lost: lost.map(({ name }) => name).join(', ') },
    },
    {
      ...stage.state,
      hosts: stage.state.hosts.map((one) => (one.name === host.name ? { ...one, isUp: false } : one)),
      containers: stage.state.containers.map((one) =>
        lost.includes(one) ? { ...one, processes: [], exitCode: 137 } : one,
      ),
    },
  );
  stage.tell({
    from: 'cli',
    verb: 'nothing happens',
    object: 'elsewhere',
    tookMs: 60_000,
    detail: { running: stage.state.containers.filter(isRunning).length },
  });
}

/** What somebody has to answer who has more than one host. */
function ask(stage: Stage<DockerState>): void {
  stage.tell(
    { from: 'cli', verb: 'who…?', detail: { hosts: stage.state.hosts.length } },
    { ...stage.state, isAsking: true },
  );
}

function hostOf({ hosts }: DockerState, given: ActReader): DockerHost {
  const name = given.text('host', hosts[0]?.name);
  const found = hosts.find((host) => host.name === name);
  if (found === undefined) throw given.problem('host', `names none: ${name}`);
  return found;
}

function containerOf({ containers }: DockerState, given: ActReader): DockerContainer {
  const found = containers.find(({ name }) => name === given.text('name'));
  if (found === undefined || !isRunning(found)) throw given.problem('name', `does not run: ${given.text('name')}`);
  return found;
}

function withContainer(state: DockerState, name: string, change: Partial<DockerContainer>): DockerState {
  return { ...state, containers: state.containers.map((one) => (one.name === name ? { ...one, ...change } : one)) };
}
