import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import type { Language } from './core-types.ts';
import type { DesignFile } from './design-file.ts';
import { FRAME_ADDRESS } from './frame-address.ts';
import { newsOf } from './frame-news.ts';

export type { DesignFile } from './design-file.ts';

export interface DrydockProps {
  /**
   * The design that is shown. Other files are opened in place of it, as a new beginning; what `onChange` gave may be handed
   * back, and changes nothing.
   */
  readonly files: readonly DesignFile[];
  /** Whether a person may change it: with palette, forms, text and undo. Else it is looked at. */
  readonly editable?: boolean;
  readonly language?: Language;
  readonly theme?: 'system' | 'light' | 'dark';
  readonly picture?: 'application' | 'cluster';
  /** Identities of what is chosen: `Deployment.apps/shop/web`. */
  readonly selection?: readonly string[];
  /** The files stand there; parts that could not be read are named. */
  readonly onOpen?: (opened: OpenedDesign) => void;
  /** A person changed the design: all its files, untouched text byte for byte. */
  readonly onChange?: (files: readonly DesignFile[]) => void;
  readonly onSelect?: (identities: readonly string[]) => void;
  /** Where the page of Drydock stands, `embed.html` of one that is served; the one file of the package where left out. */
  readonly address?: string;
  /** What a screen reader calls it. */
  readonly title?: string;
  readonly className?: string;
  readonly style?: CSSProperties;
}

export interface OpenedDesign {
  readonly objects: number;
  readonly skipped: readonly { readonly file: string; readonly line: number }[];
}

/**
 * A design of Kubernetes objects as a picture, to be looked at or changed. Each stands in a frame of its own, so that no
 * two share anything, none meets the styles and keys of the page around it, and its threads end when it leaves the page.
 * As large as its styles say.
 */
export function Drydock(props: DrydockProps) {
  const { files, editable = false, language, theme, picture, selection, address = FRAME_ADDRESS } = props;
  const frame = useRef<HTMLIFrameElement>(null);
  const now = useRef(props);
  useEffect(() => {
    now.current = props;
  });
  /** Counts up each time the page in the frame begins to listen, and each time it shows a design. */
  const [begun, setBegun] = useState(0);
  const [opened, setOpened] = useState(0);
  /** What the frame holds, as far as it was given or said. */
  const known = useRef<readonly DesignFile[] | undefined>(undefined);
  const [source] = useState({ language, theme });
  const src = useMemo(() => addressOf(address, editable, source), [address, editable, source]);
  const tell = useCallback(
    (order: object) => frame.current?.contentWindow?.postMessage({ drydock: order }, originOf(src)),
    [src],
  );

  useEffect(() => {
    const hear = ({ source: speaker, data }: MessageEvent<unknown>): void => {
      const news = speaker === frame.current?.contentWindow ? newsOf(data) : undefined;
      if (news?.type === 'ready') {
        known.current = undefined;
        setBegun((count) => count + 1);
      } else if (news?.type === 'opened') {
        setOpened((count) => count + 1);
        now.current.onOpen?.({ objects: news.objects, skipped: news.skipped });
      } else if (news?.type === 'design') {
        known.current = news.files;
        now.current.onChange?.(news.files);
      } else if (news?.type === 'selection') now.current.onSelect?.(news.objects);
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (begun === 0 || (known.current && isSame(files, known.current))) return;
    known.current = files;
    tell({ type: 'open', files });
  }, [begun, files, tell]);
  useEffect(() => {
    if (begun > 0 && language !== undefined) tell({ type: 'language', language });
  }, [begun, language, tell]);
  useEffect(() => {
    if (begun > 0 && theme !== undefined) tell({ type: 'theme', theme });
  }, [begun, theme, tell]);
  useEffect(() => {
    if (begun > 0 && picture !== undefined) tell({ type: 'picture', picture });
  }, [begun, picture, tell]);
  useEffect(() => {
    if (opened > 0 && selection !== undefined) tell({ type: 'select', objects: selection });
  }, [opened, selection, tell]);

  const { title = 'Drydock', className, style } = props;
  return <iframe ref={frame} src={src} title={title} className={className} style={{ border: 0, ...style }} />;
}

function addressOf(
  address: string,
  editable: boolean,
  { language, theme }: Pick<DrydockProps, 'language' | 'theme'>,
): string {
  const url = new URL(address, document.baseURI);
  url.searchParams.set('embed', '1');
  if (editable) url.searchParams.set('edit', '1');
  if (language !== undefined) url.searchParams.set('lang', language);
  if (theme !== undefined) url.searchParams.set('theme', theme);
  return url.href;
}

/** A page that was opened as a file has no origin to name. */
function originOf(address: string): string {
  const { origin } = new URL(address);
  return origin === 'null' ? '*' : origin;
}

function isSame(files: readonly DesignFile[], others: readonly DesignFile[]): boolean {
  return (
    files === others ||
    (files.length === others.length &&
      files.every(({ path, content }, index) => path === others[index]?.path && content === others[index].content))
  );
}
