/** Does something once what was just rendered is on the screen: after the frame that draws it, and what React does then. */
export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act, 0)));
}
