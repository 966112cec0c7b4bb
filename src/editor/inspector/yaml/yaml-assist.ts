/** Loaded with the first text that is edited: what can be written at a place, and what stands there. */
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isJsonObject, nameAt, valueAt } from '../../../base/json.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import type { DesignRecord } from '../../../design/design.ts';
import { effectiveNamespace } from '../../../design/records.ts';
import type { EditorAssist, Explained, Offer, Offers } from '../../../kit/editor-assist.ts';
import { readManifest } from '../../../manifest/read.ts';
import type { Schema } from '../../../openapi/schema.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';
import type { Text } from '../../i18n.ts';
import { answersAt } from '../answers/answers-at.ts';
import { loadGuide } from '../form/guide-of.ts';
import type { FieldGuide } from '../form/guide-of.ts';
import { shownValue } from '../form/field-value.ts';
import { typeWord } from '../form/type-word.ts';
import { cursorPlace } from './cursor-place.ts';
import type { CursorPlace } from './cursor-place.ts';
import { kindOffers, versionOffers } from './kind-offers.ts';

/** The object around a place, as far as it reads, and the path inside it. */
interface Around {
  readonly object: KubernetesObject;
  readonly path: Path;
  readonly guide: FieldGuide;
}

/** Help for the text of manifests. `record` is the object whose text it is, where it is the text of one. */
export function yamlAssist(read: () => WorkspaceState, record: () => DesignRecord | undefined, t: Text): EditorAssist {
  const around = async (text: string, place: CursorPlace): Promise<Around> => {
    const { object, path } = objectAround(text, place);
    return { object, path, guide: await loadGuide(object, read()) };
  };

  const offers = async (text: string, offset: number, explicit: boolean): Promise<Offers | undefined> => {
    const place = cursorPlace(text, offset);
    if (!place || (!explicit && place.what !== 'value' && place.from === place.to)) return undefined;
    const here = await around(text, place);
    const found = place.what === 'value' ? valueOffers(here) : keyOffers(here, place, text);
    return { from: place.from, to: place.to, offers: found };
  };

  const keyOffers = (here: Around, place: CursorPlace, text: string): readonly Offer[] => {
    const schema = here.guide.schemaAt(here.path);
    if (schema.type !== 'array' && schema.properties.size === 0) return valueOffers(here);
    const items = schema.type === 'array' ? schema.items : undefined;
    const owner = items ?? schema;
    const ownerPath = items ? [...here.path, 0] : here.path;
    if (items && items.properties.size === 0) return [{ label: '-', insert: '- ', type: 'field', goesOn: true }];
    const present = items ? undefined : valueAt(here.object, ...here.path);
    const isFollowed = /^\s*:/.test(text.slice(place.to));
    const typed = text.slice(place.from, place.to);
    return [...owner.properties].flatMap(([name, child]): Offer[] => {
      const isHere = isJsonObject(present) && Object.hasOwn(present, name) && name !== typed;
      if (isHere || (here.path.length === 0 && name === 'status')) return [];
      const required = owner.required.includes(name);
      return [
        {
          label: name,
          type: 'field',
          detail: required ? `${typeWord(child)} · ${t('inspector:required')}` : typeWord(child),
          info: explanation(here, [...ownerPath, name], child),
          insert: isFollowed
            ? name
            : `${items ? '- ' : ''}${name}:${place.flow ? ' ' : opening(child, place.indent + (items ? 2 : 0))}`,
          goesOn: !isFollowed,
          ...(required || (here.path.length === 0 && FIRST.includes(name)) ? { rank: 1 } : {}),
        },
      ];
    });
  };

  const valueOffers = ({ object, path, guide }: Around): readonly Offer[] => {
    if (path.length === 1 && path[0] === 'kind') return kindOffers(object, read());
    if (path.length === 1 && path[0] === 'apiVersion') return versionOffers(object, read());
    const schema = guide.schemaAt(path);
    const known: readonly JsonValue[] = schema.enum ?? (schema.type === 'boolean' ? [true, false] : []);
    if (known.length > 0) return known.map((value) => ({ label: shownValue(value) || '""', type: 'value' }));
    const { design, registry, graph } = read();
    const owner = record() ?? standIn(object, read());
    const answers = answersAt({ record: owner, object, path, schemaAt: guide.schemaAt, design, registry, graph });
    return (answers?.() ?? []).map(({ value, hint }) => ({
      label: String(value),
      type: 'object',
      ...(hint ? { detail: hint } : {}),
      // A number would be read as one where a name is meant, and the other way round.
      insert: typeof value === 'string' && /^[\d.]+$/.test(value) ? `"${value}"` : String(value),
    }));
  };

  const explanation = ({ guide }: Around, path: Path, schema: Schema) => {
    const words = guide.describe(path);
    return {
      title: String(path.at(-1)),
      detail: typeWord(schema),
      text: [
        ...(schema.default === undefined ? [] : [{ words: `${t('fields:default')} ${shownValue(schema.default)}` }]),
        ...(schema.enum
          ? [{ words: `${t('fields:oneOf')} ${schema.enum.map((one) => shownValue(one) || '""').join(', ')}` }]
          : []),
        { words: words || t('fields:noWords'), ...(words && { lang: 'en' }) },
      ],
    };
  };

  const explain = async (text: string, offset: number): Promise<Explained | undefined> => {
    const place = cursorPlace(text, offset);
    if (!place || place.from === place.to) return undefined;
    const here = await around(text, place);
    const path =
      place.what === 'value'
        ? here.path
        : [...here.path, text.slice(place.from, place.to).replaceAll(/^["']|["']$/g, '')];
    const schema = here.guide.schemaAt(path);
    if (schema.type === 'any' && here.guide.describe(path) === '') return undefined;
    const said = explanation(here, path, schema);
    const fallback = await defaultOf(here, path, read());
    const more = fallback === undefined ? [] : [{ words: `${t('fields:default')} ${fallback}` }];
    return { from: place.from, to: place.to, ...said, text: [...more, ...said.text] };
  };

  return { offers, explain };
}

/** Of an object, what is written first. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'spec', 'data'];

/** What follows a key's colon: the place where its value begins. */
function opening({ type, values }: Schema, indent: number): string {
  if (type === 'array') return `\n${' '.repeat(indent + 2)}- `;
  return type === 'object' || values ? `\n${' '.repeat(indent + 2)}` : ' ';
}

/** The document around a place; where it does not read as it stands, without the line that is being written. */
function objectAround(
  text: string,
  { document, line, path }: CursorPlace,
): { readonly object: KubernetesObject; readonly path: Path } {
  const whole = text.slice(document.from, document.to);
  const without = text.slice(document.from, line.from) + text.slice(line.to, document.to);
  for (const part of [whole, without]) {
    for (const segment of readManifest('', part).segments) {
      if (segment.type !== 'document') continue;
      const found = segment.objects.find(({ path: base }) => base.every((step, at) => path[at] === step));
      if (found) return { object: found.object, path: path.slice(found.path.length) };
    }
  }
  const word = (key: string) => new RegExp(`^${key}:[ \\t]*["']?([^\\s"'#]+)`, 'm').exec(whole)?.[1] ?? '';
  return { object: { apiVersion: word('apiVersion'), kind: word('kind') }, path };
}

/** A record for text that is no record yet: it points at nothing, and lives where it says. */
function standIn(object: KubernetesObject, { registry }: WorkspaceState): DesignRecord {
  const namespace = effectiveNamespace(object, registry);
  return {
    id: '',
    file: '',
    segment: '',
    path: [],
    line: 0,
    object,
    identity: '' as DesignRecord['identity'],
    namespace,
  };
}

/** What the server would fill in for a field if the text did not set it. */
async function defaultOf({ object }: Around, path: Path, state: WorkspaceState): Promise<string | undefined> {
  if (nameAt(object, 'kind') === undefined || path.length === 0) return undefined;
  const { findDefault } = await import('../form/stored-form.ts');
  const value = await findDefault(object, path, state);
  return value === undefined || typeof value === 'object' ? undefined : shownValue(value);
}
