import type { ActReader } from '../act-reader.ts';
import { shortDigest } from '../digest.ts';
import type { Act, Model } from '../model.ts';
import { serversPicture } from './picture.ts';
import { runPipeline } from './pipeline.ts';
import { digestOfPackages, digestsOf, imageOf, pointsShown } from './state.ts';
import type { HandServer, Instance, ServerImage, ServersState } from './state.ts';

/** How long things take, in milliseconds. Illustrative: what lasts longer in reality lasts longer here. */
const SSH_MS = 60_000;
const BUILD_MS = 90_000;
const START_MS = 2000;

/** Servers that are changed by hand, beside servers that are replaced by new ones of another image. */
export const servers: Model<ServersState> = {
  name: 'servers',

  begin(given) {
    const count = given.number('servers');
    const packages = given.textMap('packages');
    const first = { ref: given.text('image'), packages, works: true };
    const names = Array.from({ length: count }, (_, index) => index + 1);
    return {
      hand: names.map((number) => ({ name: `server-${number}`, packages })),
      registry: [first],
      instances: names.map((number): Instance => ({
        name: `web-${number}`,
        image: first.ref,
        health: 'healthy',
        serves: true,
      })),
      started: count,
      pipeline: undefined,
      sites: [],
    };
  },

  acts: { upgrade, build, replace, pipeline, copy },

  facts(state) {
    const { hand, instances } = digestsOf(state);
    const serving = state.instances.filter(({ serves }) => serves);
    return {
      hand: state.hand.map((server, index) => ({ ...server, digest: hand[index]! })),
      instances: state.instances.map((instance, index) => ({ ...instance, digest: instances[index]! })),
      registry: state.registry.map((image) => ({ ...image, digest: digestOfPackages(image.packages) })),
      distinct: { hand: new Set(hand).size, instances: new Set(instances).size },
      serving: serving.length,
      sites: state.sites.map((site) => ({
        ...site,
        digest: digestOfPackages(imageOf(state, site.image)?.packages ?? {}),
      })),
      points: pointsShown(state),
      servingHealthy: serving.filter(({ health }) => health === 'healthy').length,
    };
  },

  picture: serversPicture,
};

/** Somebody logs in on a server and installs a package in a version, right or wrong. */
function upgrade(stage: Parameters<Act<ServersState>>[0], given: ActReader): void {
  const name = given.text('server');
  const [package_, version] = [given.text('package'), given.text('version')];
  const server = stage.state.hand.find((one) => one.name === name);
  if (server === undefined) throw given.problem('server', `names no server: ${name}`);
  stage.tell({ from: 'operator', to: name, verb: 'ssh', object: name, tookMs: SSH_MS });
  const changed: HandServer = { name, packages: { ...server.packages, [package_]: version } };
  const detail = {
    command: `apt-get install ${package_}=${version}`,
    before: shortDigest(digestOfPackages(server.packages)),
    digest: shortDigest(digestOfPackages(changed.packages)),
  };
  stage.tell(
    { from: name, verb: 'apt-get install', object: `${package_}=${version}`, detail },
    { ...stage.state, hand: stage.state.hand.map((one) => (one.name === name ? changed : one)) },
  );
}

/** An image is built from another with packages changed, and pushed. */
function build(stage: Parameters<Act<ServersState>>[0], given: ActReader): void {
  const { image, base } = newImage(stage.state, given);
  const { ref } = image;
  const digest = shortDigest(digestOfPackages(image.packages));
  stage.tell({
    from: 'operator',
    to: 'builder',
    verb: 'git push',
    object: ref,
    detail: { ...given.textMap('packages') },
  });
  stage.tell({ from: 'builder', verb: 'docker build', object: ref, detail: { from: base, digest }, tookMs: BUILD_MS });
  stage.tell(
    { from: 'builder', to: 'registry', verb: 'docker push', object: ref, detail: { digest } },
    { ...stage.state, registry: [...stage.state.registry.filter((one) => one.ref !== ref), image] },
  );
}

/** The image that comes of another one with packages changed. */
function newImage(state: ServersState, given: ActReader): { readonly image: ServerImage; readonly base: string } {
  const [ref, base] = [given.text('image'), given.text('from')];
  const before = imageOf(state, base);
  if (before === undefined) throw given.problem('from', `names no image: ${base}`);
  const packages = { ...before.packages, ...given.textMap('packages') };
  return { image: { ref, packages, works: given.truth('works', true) }, base };
}

/** Somebody commits; machines do the rest, down to the last server. */
function pipeline(stage: Parameters<Act<ServersState>>[0], given: ActReader): void {
  const { image, base } = newImage(stage.state, given);
  if (runPipeline(stage, image, base, given)) replace(stage, given);
}

/** The same images and the same parts, set up a second time somewhere else. */
function copy(stage: Parameters<Act<ServersState>>[0], given: ActReader): void {
  const name = given.text('site');
  const { state } = stage;
  const image = state.instances.at(-1)?.image;
  if (image === undefined) throw given.problem('site', 'has nothing to be a copy of');
  const site = { name, image, servers: state.instances.length };
  const digest = shortDigest(digestOfPackages(imageOf(state, image)?.packages ?? {}));
  stage.tell(
    { from: 'registry', to: `site/${name}`, verb: 'copy', object: image, detail: { digest, servers: site.servers } },
    { ...state, sites: [...state.sites.filter((one) => one.name !== name), site] },
  );
}

/**
 * Every instance that does not run an image makes room for one that does: a new one is started and checked, then gets
 * users, then an old one is stopped. The first that fails its check ends it.
 */
function replace(stage: Parameters<Act<ServersState>>[0], given: ActReader): void {
  const ref = given.text('image');
  const image = imageOf(stage.state, ref);
  if (image === undefined) throw given.problem('image', `names no image: ${ref}`);
  const old = stage.state.instances.filter((instance) => instance.image !== ref);
  for (const { name: retired } of old) {
    const { state } = stage;
    const name = `web-${state.started + 1}`;
    const fresh: Instance = { name, image: ref, health: 'starting', serves: false };
    stage.tell(
      {
        from: 'registry',
        to: name,
        verb: 'start',
        object: ref,
        detail: { digest: shortDigest(digestOfPackages(image.packages)) },
        tookMs: START_MS,
      },
      { ...state, instances: [...state.instances, fresh], started: state.started + 1 },
    );
    const health = image.works ? 'healthy' : 'unhealthy';
    stage.tell({ from: 'load-balancer', to: name, verb: 'GET /healthz' });
    stage.tell(
      { from: name, to: 'load-balancer', class: 'response', verb: image.works ? '200' : '503' },
      withInstance(stage.state, name, { health }),
    );
    if (!image.works) {
      stage.tell({ from: 'load-balancer', class: 'fault', verb: 'stopped', object: ref });
      return;
    }
    const routed = withInstance(withInstance(stage.state, name, { serves: true }), retired, { serves: false });
    stage.tell(
      { from: 'load-balancer', to: name, class: 'packet', verb: 'traffic', detail: { from: retired } },
      routed,
    );
    stage.tell(
      { from: 'load-balancer', to: retired, verb: 'stop', object: retired },
      { ...stage.state, instances: stage.state.instances.filter((instance) => instance.name !== retired) },
    );
  }
  stage.tell({ from: 'load-balancer', verb: 'replaced', object: ref, detail: { servers: old.length } });
}

function withInstance(state: ServersState, name: string, change: Partial<Instance>): ServersState {
  return {
    ...state,
    instances: state.instances.map((instance) => (instance.name === name ? { ...instance, ...change } : instance)),
  };
}
