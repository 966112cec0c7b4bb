/** The text behind base64, as far as it is UTF-8. Nothing where it is no base64. */
export function textOfBase64(base64: string): string {
  try {
    const binary = atob(base64.replace(/[\r\n]/g, ''));
    return new TextDecoder().decode(Uint8Array.from(binary, (sign) => sign.charCodeAt(0)));
  } catch {
    return '';
  }
}
