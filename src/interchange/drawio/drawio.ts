import type { Category } from '../../kinds/kind.ts';
import type { FrameKind, Scene, SceneCard, SceneEdge, SceneFrame } from '../../scene/scene.ts';

const FRAME_STYLE =
  'rounded=1;arcSize=4;container=1;collapsible=0;recursiveResize=0;html=0;whiteSpace=wrap;align=left;verticalAlign=top;spacingLeft=10;spacingTop=4;fontStyle=1;fillColor=#fafbfd;strokeColor=#dde3ea;fontColor=#4b5a6b;';
const CARD_STYLE =
  'rounded=1;arcSize=12;html=0;whiteSpace=wrap;align=left;verticalAlign=middle;spacingLeft=10;fontSize=11;fillColor=#ffffff;fontColor=#17202c;';
const COLOURS: Readonly<Record<Category, string>> = {
  workload: '#2563c9',
  network: '#7a45c9',
  config: '#a86c00',
  storage: '#0c8075',
  access: '#c23b6b',
  cluster: '#52647a',
  custom: '#6b6257',
};
const EDGE_STYLES: Readonly<Record<SceneEdge['line'], string>> = {
  reference: '',
  selector: 'dashed=1;dashPattern=6 4;',
  owner: 'dashed=1;dashPattern=2 4;endArrow=none;',
  traffic: 'strokeColor=#7a45c9;strokeWidth=2;',
  containment: 'opacity=0;endArrow=none;',
  drawn: '',
};

/**
 * A scene as a file of draw.io: frames are containers that hold their cards, edges hang on the cards, and everything can be
 * moved and written over there. Text is text and never markup (`html=0`), and there are no links.
 */
export function drawioOf({ frames, cards, edges }: Scene, name: string, frameWord: FrameWord): string {
  const ids = new Map(
    [...frames.map(({ id }) => id), ...cards.map(({ id }) => id)].map((id, index) => [id, `d${index + 2}`]),
  );
  return [
    '<mxfile host="drydock">',
    `<diagram name="${escape(name)}">`,
    '<mxGraphModel grid="1" gridSize="8" guides="1" tooltips="1" connect="1" arrows="1" fold="1" page="0" math="0"><root>',
    '<mxCell id="0"/><mxCell id="1" parent="0"/>',
    ...frames.map((frame) => frameCell(frame, ids, frameWord)),
    ...cards.map((card) => cardCell(card, ids)),
    ...edges.map((edge, index) => edgeCell(edge, index, ids)),
    '</root></mxGraphModel>',
    '</diagram>',
    '</mxfile>',
    '',
  ].join('\n');
}

type Ids = ReadonlyMap<string, string>;
/** What a frame without a title of its own is called: one of cluster-scoped objects, or of Pods that no Node takes. */
type FrameWord = (kind: FrameKind) => string;

function frameCell({ id, title, kind, ...box }: SceneFrame, ids: Ids, frameWord: FrameWord): string {
  const text = kind === 'namespace' || title !== '' ? title : frameWord(kind);
  return `<mxCell id="${ids.get(id)}" value="${escape(text)}" style="${FRAME_STYLE}" vertex="1" parent="1">${geometry(box)}</mxCell>`;
}

function cardCell(card: SceneCard, ids: Ids): string {
  const fact = [card.kindWord, card.fact].filter((text) => text !== undefined).join(' · ');
  const text = [card.name, fact, card.detail].filter((line) => line !== undefined && line !== '').join('\n');
  const border = card.ghost ? 'strokeColor=#c22f25;dashed=1;' : `strokeColor=${COLOURS[card.category]};`;
  const parent = ids.get(card.frame) ?? '1';
  return `<mxCell id="${ids.get(card.id)}" value="${escape(text)}" style="${CARD_STYLE}${border}" vertex="1" parent="${parent}">${geometry(card)}</mxCell>`;
}

function edgeCell({ from, to, line, label, resolved, points }: SceneEdge, index: number, ids: Ids): string {
  const missing = resolved ? '' : 'strokeColor=#c22f25;';
  const bends = points.slice(1, -1).map(({ x, y }) => `<mxPoint x="${round(x)}" y="${round(y)}"/>`);
  const inside = bends.length === 0 ? '' : `<Array as="points">${bends.join('')}</Array>`;
  return `<mxCell id="e${index}" value="${escape(label)}" style="edgeStyle=orthogonalEdgeStyle;rounded=1;html=0;fontSize=10;${EDGE_STYLES[line]}${missing}" edge="1" parent="1" source="${ids.get(from)}" target="${ids.get(to)}"><mxGeometry relative="1" as="geometry">${inside}</mxGeometry></mxCell>`;
}

function geometry({
  x,
  y,
  width,
  height,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}): string {
  return `<mxGeometry x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" as="geometry"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Signs of XML as entities, line breaks kept in an attribute, and signs that no XML file may hold left out. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll(
      // Control characters are what is looked for.
      // oxlint-disable-next-line no-control-regex
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '',
    );
}
