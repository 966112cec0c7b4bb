import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, objectAt, valueAt } from '../../base/json.ts';
import { base64Of } from '../base64.ts';
import { baseNameOf, resolveInTree, textOfBytes } from '../file-tree.ts';
import { booleanOf, bytesOf, kubernetesName, listOf, namesOf, numberOf, textOf } from './compose-values.ts';
import { appLabels, compact } from './parts.ts';
import type { ServiceParts } from './parts.ts';

/** The volumes of a Pod and where its container sees them. */
export interface Mounts {
  readonly volumes: readonly JsonObject[];
  readonly mounts: readonly JsonObject[];
  /** A claim that one Node at a time may use: two Pods of a rollout would wait for each other. */
  readonly hasClaims: boolean;
}

/** What kompose gives a claim that nobody gave a size. */
const CLAIM_SIZE = '100Mi';
/** A ConfigMap holds at most 1 MiB: pkg/apis/core/validation `MaxSecretSize`, 1.36. */
const MOST_BYTES = 1024 * 1024;

interface Wish {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  readonly subPath?: string;
  readonly size?: string;
  readonly at: Path;
}

export function mountsOf(parts: ServiceParts): Mounts {
  const maker = new MountMaker(parts);
  listOf(parts.service.spec['volumes']).forEach((written, index) =>
    maker.add(wishOf(written, ['volumes', index], parts)),
  );
  listOf(parts.service.spec['tmpfs']).forEach((target, index) =>
    maker.add({
      type: 'tmpfs',
      source: '',
      target: textOf(target).split(':')[0]!,
      isReadOnly: false,
      at: ['tmpfs', index],
    }),
  );
  const shared = bytesOf(parts.service.spec['shm_size']);
  if (shared !== undefined)
    maker.add({ type: 'tmpfs', source: '', target: '/dev/shm', isReadOnly: false, size: shared, at: ['shm_size'] });
  maker.addFiles('configs');
  maker.addFiles('secrets');
  return maker;
}

function wishOf(written: JsonValue, at: Path, { project }: ServiceParts): Wish {
  if (isJsonObject(written)) {
    const subPath = textOf(valueAt(written, 'volume', 'subpath'));
    const size = bytesOf(valueAt(written, 'tmpfs', 'size'));
    return {
      type: textOf(written['type']) || 'volume',
      source: textOf(written['source']),
      target: textOf(written['target']),
      isReadOnly: booleanOf(written['read_only']) ?? false,
      at,
      ...(subPath === '' ? {} : { subPath }),
      ...(size === undefined ? {} : { size }),
    };
  }
  const [first = '', second, mode = ''] = textOf(written).split(':');
  if (second === undefined) return { type: 'volume', source: '', target: first, isReadOnly: false, at };
  const isPath = /^[./~]/.test(first) && !Object.hasOwn(project.volumes, first);
  return {
    type: isPath ? 'bind' : 'volume',
    source: first,
    target: second,
    isReadOnly: mode.split(',').includes('ro'),
    at,
  };
}

class MountMaker implements Mounts {
  readonly volumes: JsonObject[] = [];
  readonly mounts: JsonObject[] = [];
  hasClaims = false;
  private readonly parts: ServiceParts;
  private maps = 0;
  private claims = 0;

  constructor(parts: ServiceParts) {
    this.parts = parts;
  }

  add(wish: Wish): void {
    const { service } = this.parts;
    if (!wish.target.startsWith('/'))
      return service.say('lost', 'source.type', wish.at, { key: 'volumes', expected: '[SOURCE:]TARGET[:MODE]' });
    if (wish.type === 'tmpfs') return this.addScratch(wish, compact({ medium: 'Memory', sizeLimit: wish.size }));
    if (wish.type === 'bind') return this.addBind(wish);
    if (wish.type !== 'volume')
      return service.say('lost', 'compose.lost', wish.at, { service: service.name, key: `volumes (${wish.type})` });
    if (wish.source !== '') return this.addNamed(wish);
    service.say('changed', 'compose.anonymousVolume', wish.at, { service: service.name, target: wish.target });
    return this.addScratch(wish, {});
  }

  private addScratch(wish: Wish, emptyDir: JsonObject): void {
    const name = `${this.parts.name}-tmp${this.volumes.filter(({ emptyDir: other }) => other !== undefined).length}`;
    this.mount(wish, name.slice(-63), { emptyDir });
  }

  private mount(
    { target, isReadOnly, subPath }: Pick<Wish, 'target' | 'isReadOnly' | 'subPath'>,
    name: string,
    source: JsonObject,
  ): void {
    if (!this.volumes.some((volume) => volume['name'] === name)) this.volumes.push({ name, ...source });
    this.mounts.push({
      mountPath: target,
      name,
      ...(isReadOnly ? { readOnly: true } : {}),
      ...(subPath === undefined ? {} : { subPath }),
    });
  }

  private addNamed(wish: Wish): void {
    const { service, project, wishes, objects } = this.parts;
    const definition = objectAt(project.volumes, wish.source) ?? {};
    const name = kubernetesName(wish.source);
    const options = objectAt(definition, 'driver_opts') ?? {};
    if (textOf(options['type']) === 'nfs') {
      const server = /addr=([^,]+)/.exec(textOf(options['o']))?.[1] ?? '';
      const path = textOf(options['device']).replace(/^:/, '');
      return this.mount(wish, name, { nfs: { server, path } });
    }
    if (textOf(options['type']) === 'tmpfs') return this.mount(wish, name, { emptyDir: { medium: 'Memory' } });
    const isExternal = isJsonObject(definition['external']) || booleanOf(definition['external']) === true;
    const claim = isExternal ? kubernetesName(textOf(definition['name']) || wish.source) : name;
    if (isExternal) service.say('changed', 'compose.external', wish.at, { kind: 'PersistentVolumeClaim', name: claim });
    else {
      const label = (key: string): string | undefined => labelOf(definition, key) ?? wishes.get(key);
      const driver = textOf(definition['driver']);
      if (driver !== '' && driver !== 'local')
        service.say('lost', 'compose.lost', wish.at, { service: service.name, key: `volumes.${wish.source}.driver` });
      const isNew = this.claim(
        name,
        label('kompose.volume.size') ?? bytesOf(options['size']),
        label('kompose.volume.storage-class-name'),
        wish.at,
      );
      if (!isNew && objects.has('PersistentVolumeClaim', name))
        service.say('changed', 'compose.sharedClaim', wish.at, { service: service.name, name });
    }
    this.hasClaims = true;
    const subPath = wish.subPath ?? wishes.get('kompose.volume.subpath');
    return this.mount({ ...wish, ...(subPath === undefined ? {} : { subPath }) }, name, {
      persistentVolumeClaim: { claimName: claim },
    });
  }

  private claim(name: string, size: string | undefined, storageClass: string | undefined, at: Path): boolean {
    const { service, objects } = this.parts;
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, labels: appLabels(name) },
      spec: compact({
        accessModes: ['ReadWriteOnce'],
        storageClassName: storageClass,
        resources: { requests: { storage: size ?? CLAIM_SIZE } },
      }),
    };
    const isNew = objects.add(claim, name);
    if (isNew && size === undefined) service.say('changed', 'compose.claimSize', at, { name, size: CLAIM_SIZE });
    return isNew;
  }

  /** Files that are given become a ConfigMap; a folder that is not, or is too large for one, becomes an empty claim. */
  private addBind(wish: Wish): void {
    const { service, tree, name } = this.parts;
    if (!wish.source.startsWith('.'))
      return service.say('lost', 'compose.bindAbsolute', wish.at, {
        service: service.name,
        path: wish.source,
        target: wish.target,
      });
    const path = resolveInTree(service.folder, wish.source);
    if (path === undefined) return service.say('lost', 'source.outside', wish.at, { path: wish.source });
    const file = tree.read(path);
    if (file && file.length <= MOST_BYTES) {
      const map = `${name}-cm${this.maps++}`;
      const key = keyOf(baseNameOf(path));
      this.addMap(map, [[key, file]]);
      const inside = baseNameOf(wish.target);
      return this.mount({ ...wish, subPath: inside }, map, {
        configMap: { items: [{ key, path: inside }], name: map },
      });
    }
    const files = file ? undefined : this.filesOf(path);
    if (files && files.length > 0) {
      const map = `${name}-cm${this.maps++}`;
      this.addMap(map, files);
      return this.mount(wish, map, { configMap: { name: map } });
    }
    service.say('lost', 'compose.bindContent', wish.at, {
      service: service.name,
      path: wish.source,
      target: wish.target,
    });
    const claim = `${name}-claim${this.claims++}`;
    this.claim(claim, this.parts.wishes.get('kompose.volume.size'), undefined, wish.at);
    this.hasClaims = true;
    return this.mount(wish, claim, { persistentVolumeClaim: { claimName: claim } });
  }

  /** The files of a folder that holds no other folder and fits a ConfigMap. */
  private filesOf(path: string): readonly (readonly [string, Uint8Array])[] | undefined {
    const entries = this.parts.tree.list(path);
    if (!entries || entries.some(({ isFolder }) => isFolder)) return undefined;
    const files: (readonly [string, Uint8Array])[] = [];
    let size = 0;
    for (const { name } of entries) {
      const bytes = this.parts.tree.read(path === '' ? name : `${path}/${name}`);
      if (!bytes || keyOf(name) !== name || (size += bytes.length) > MOST_BYTES) return undefined;
      files.push([name, bytes]);
    }
    return files;
  }

  private addMap(name: string, files: readonly (readonly [key: string, bytes: Uint8Array])[]): void {
    const texts = files.map(([key, bytes]) => [key, textOfBytes(bytes), bytes] as const);
    const data = Object.fromEntries(texts.flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])));
    const binaryData = Object.fromEntries(
      texts.flatMap(([key, text, bytes]) => (text === undefined ? [[key, base64Of(bytes)]] : [])),
    );
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: this.parts.labels },
      ...compact({ data, binaryData }),
    };
    this.parts.objects.add(map, name);
  }

  /** `configs` and `secrets` of the service: one file each, at its place. */
  addFiles(what: 'configs' | 'secrets'): void {
    const { service, project } = this.parts;
    const wanted = service.spec[what];
    const list = Array.isArray(wanted) ? (wanted as readonly JsonValue[]) : namesOf(wanted).map(([name]) => name);
    list.forEach((written, index) => {
      const source = textOf(isJsonObject(written) ? written['source'] : written);
      const definition = objectAt(project[what], source);
      if (!definition) return service.say('lost', 'source.missing', [what, index], { file: `${what}.${source}` });
      const target = textOf(valueAt(written, 'target')) || source;
      const folder = what === 'configs' ? '/' : '/run/secrets/';
      const path = target.startsWith('/') ? target : `${folder}${target}`;
      const mode = numberOf(valueAt(written, 'mode'));
      const name = kubernetesName(source);
      const key = this.defined(what, source, name, definition, [what, index]);
      const inside = baseNameOf(path);
      const items = { items: [{ key, path: inside }], ...(mode === undefined ? {} : { defaultMode: mode }) };
      const volume =
        what === 'configs' ? { configMap: { ...items, name } } : { secret: { ...items, secretName: name } };
      return this.mount({ target: path, isReadOnly: false, subPath: inside }, name, volume);
    });
  }

  /** Makes the object where its content is known; gives the key under which the file lies. */
  private defined(what: 'configs' | 'secrets', source: string, name: string, definition: JsonObject, at: Path): string {
    const { service, project, tree, objects } = this.parts;
    const kind = what === 'configs' ? 'ConfigMap' : 'Secret';
    const file = textOf(definition['file']);
    const key = what === 'configs' && file !== '' ? keyOf(baseNameOf(file)) : keyOf(source);
    if (definition['external'] !== undefined && booleanOf(definition['external']) !== false) {
      service.say('changed', 'compose.external', at, { kind, name });
      return key;
    }
    const path = file === '' ? undefined : resolveInTree(project.folder, file);
    if (file !== '' && path === undefined) service.say('lost', 'source.outside', at, { path: file });
    const variable = textOf(definition['environment']);
    const text = typeof definition['content'] === 'string' ? definition['content'] : project.variables.get(variable);
    const bytes =
      path === undefined ? (text === undefined ? undefined : new TextEncoder().encode(text)) : tree.read(path);
    if (!bytes || bytes.length > MOST_BYTES) {
      service.say('lost', what === 'secrets' ? 'compose.secretMissing' : 'source.missing', at, {
        name,
        file: file || variable || source,
      });
      return key;
    }
    if (what === 'configs') this.addMap(name, [[key, bytes]]);
    else
      objects.add(
        {
          apiVersion: 'v1',
          kind,
          metadata: { name, labels: appLabels(name) },
          type: 'Opaque',
          data: { [key]: base64Of(bytes) },
        },
        name,
      );
    return key;
  }
}

function labelOf(definition: JsonObject, key: string): string | undefined {
  const labels = definition['labels'];
  const found = isJsonObject(labels) ? labels[key] : undefined;
  return found === undefined ? undefined : textOf(found);
}

/** A key of a ConfigMap: IsConfigMapKey of apimachinery/pkg/util/validation, 1.36. */
function keyOf(name: string): string {
  return name.replaceAll(/[^-._a-zA-Z0-9]/g, '-');
}
