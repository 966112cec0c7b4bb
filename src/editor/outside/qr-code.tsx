import { useMemo } from 'react';
import { renderSVG } from 'uqr';
import { useOutsideText } from './outside-text.ts';

/** What a QR code of the largest version holds. Source: ISO/IEC 18004, version 40-L, bytes. */
const MOST_BYTES = 2953;

/** The text as a QR code, dark on white whatever the theme: readers want it so. */
export function QrCode({ text }: { readonly text: string }) {
  const t = useOutsideText();
  const picture = useMemo(
    () => (text.length > MOST_BYTES ? undefined : renderSVG(text, { ecc: 'L', border: 4 })),
    [text],
  );
  if (picture === undefined) return <p className="quiet">{t('qrTooLong')}</p>;
  return (
    <img className="outside-qr" src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`} alt={t('qr')} />
  );
}
