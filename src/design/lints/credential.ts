const NAMES = /pass(?:word|wd|phrase)|secret|token|credential|api[-_.]?key|private[-_.]?key|access[-_.]?key/i;
/** What such a name often holds and is no secret: a switch, a number, a path, an address, a placeholder. */
const HARMLESS = /^(?:true|false|[0-9.]*|\/.*|[a-z]+:\/\/[^@]*|\$.*|<.*>)$/;
/** The name of a file, a length of time or the like. */
const ABOUT = /(?:file|path|dir|url|uri|name|ttl|timeout|expir\w*|length|size|count|enabled|header|endpoint)$/i;

/** Whether an entry is named as a password, token or key, and holds what may be one. */
export function isCredential(name: string, value: string): boolean {
  return NAMES.test(name) && !ABOUT.test(name) && !HARMLESS.test(value.trim());
}
