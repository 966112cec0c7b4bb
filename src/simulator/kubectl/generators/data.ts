import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject } from '../../../base/json.ts';
import { KubectlError } from '../command.ts';
import type { FlagSpecs, Flags } from '../flags.ts';
import { isOn } from '../flags.ts';
import { goJson } from '../../../apimachinery/go-json.ts';
import { sha256Hex } from '../../../base/sha256.ts';
import { base64OfText } from './base64.ts';
import type { Generator } from './generator.ts';
import { arrayOf, metadataFor, sliceOf, textFlag } from './generator.ts';

const FROM: FlagSpecs = {
  'from-file': { type: 'list' },
  'from-literal': { type: 'list' },
  'from-env-file': { type: 'list' },
  'append-hash': { type: 'switch' },
};

/** The pairs of `--from-literal`, in the words of kubectl where one is none. Source: kubectl/pkg/util/util.go. */
function pairsOf(flags: Flags, kind: 'ConfigMap' | 'Secret', name: string): ReadonlyMap<string, string> {
  const [files, literals, environments] = [
    sliceOf(flags, 'from-file'),
    arrayOf(flags, 'from-literal'),
    sliceOf(flags, 'from-env-file'),
  ];
  if (environments.length > 0 && files.length + literals.length > 0)
    throw new KubectlError('error: from-env-file cannot be combined with from-file or from-literal');
  const pairs = new Map<string, string>();
  for (const literal of literals) {
    const at = literal.indexOf('=');
    if (at <= 0) throw new KubectlError(`error: invalid literal source ${literal}, expected key=value`);
    const [key, value] = [literal.slice(0, at), unquoted(literal.slice(at + 1))];
    if (!/^[-._a-zA-Z0-9]+$/.test(key) || key === '.' || key.startsWith('..'))
      throw new KubectlError(`error: ${JSON.stringify(key)} is not a valid key name for a ${kind}: ${KEY_RULE}`);
    if (pairs.has(key))
      throw new KubectlError(
        kind === 'Secret'
          ? `error: cannot add key ${key}, another key by that name already exists`
          : `error: cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
      );
    pairs.set(key, value);
  }
  // There is no disk here: a file that is named is one that does not exist.
  for (const file of [...files.map((source) => source.split('=').at(-1) ?? ''), ...environments])
    throw new KubectlError(`error: error reading ${file}: no such file or directory`);
  return pairs;
}

const KEY_RULE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** Quotes around the whole value are the shell's that went astray. */
function unquoted(value: string): string {
  const isQuoted = value.length >= 2 && (value.startsWith('"') || value.startsWith("'"));
  return isQuoted && value.at(-1) === value[0] ? value.slice(1, -1) : value;
}

/** Letters that stand for digits that look like others. Source: kubectl/pkg/util/hash/hash.go `encodeHash`. */
const ENCODED: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
const HASH_LENGTH = 10;

function withHash(object: KubernetesObject, name: string, hashed: JsonObject): KubernetesObject {
  const hex = sha256Hex(goJson(hashed));
  const suffix = hex.slice(0, HASH_LENGTH).replaceAll(/[013ae]/g, (digit) => ENCODED[digit]!);
  return { ...object, metadata: { ...(object['metadata'] as unknown as JsonObject), name: `${name}-${suffix}` } };
}

function sorted(pairs: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries([...pairs].sort(([a], [b]) => compareStrings(a, b)));
}

/** Source: create_configmap.go. */
const configMap: Generator = {
  name: 'configmap',
  flags: FROM,
  make(name, flags) {
    const data = sorted(pairsOf(flags, 'ConfigMap', name));
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadataFor(name, flags),
      ...(Object.keys(data).length === 0 ? {} : { data }),
    };
    return isOn(flags, 'append-hash') ? withHash(object, name, { data, kind: 'ConfigMap', name }) : object;
  },
};

function secretOf(name: string, flags: Flags, type: string, data: JsonObject): KubernetesObject {
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataFor(name, flags),
    ...(Object.keys(data).length === 0 ? {} : { data }),
    ...(type === '' ? {} : { type }),
  };
  return isOn(flags, 'append-hash') ? withHash(object, name, { data, kind: 'Secret', name, type }) : object;
}

/** Source: create_secret.go. */
const genericSecret: Generator = {
  name: 'secret generic',
  flags: { ...FROM, type: { type: 'text' } },
  make(name, flags) {
    const pairs = [...pairsOf(flags, 'Secret', name)].map(([key, value]) => [key, base64OfText(value)] as const);
    return secretOf(name, flags, textFlag(flags, 'type'), sorted(new Map(pairs)));
  },
};

const DOCKER_SERVER = 'https://index.docker.io/v1/';

/** Source: create_secret_docker.go. */
const dockerSecret: Generator = {
  name: 'secret docker-registry',
  flags: {
    'docker-username': { type: 'text' },
    'docker-password': { type: 'text' },
    'docker-email': { type: 'text' },
    'docker-server': { type: 'text' },
    'from-file': { type: 'list' },
    'append-hash': { type: 'switch' },
  },
  make(name, flags) {
    const [username, password, email] = ['username', 'password', 'email'].map((part) =>
      textFlag(flags, `docker-${part}`),
    );
    const server = textFlag(flags, 'docker-server') || DOCKER_SERVER;
    const [file] = sliceOf(flags, 'from-file');
    if (file !== undefined) throw new KubectlError(`error: error reading ${file}: no such file or directory`);
    if (username === '' || password === '')
      throw new KubectlError(
        'error: either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    const auth = base64OfText(`${username}:${password}`);
    const account = { username: username!, password: password!, ...(email === '' ? {} : { email: email! }), auth };
    // In the order of upstream's fields.
    const config = JSON.stringify({ auths: { [server]: account } });
    const data = { '.dockerconfigjson': base64OfText(config) };
    return secretOf(name, flags, 'kubernetes.io/dockerconfigjson', data);
  },
};

export const DATA_GENERATORS: readonly Generator[] = [configMap, genericSecret, dockerSecret];
