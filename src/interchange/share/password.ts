/** Salt and nonce stand before what is encrypted. Bytes. */
const SALT = 16;
const NONCE = 12;
/** OWASP's count for PBKDF2 with SHA-256. */
const ROUNDS = 600_000;

/** AES-256-GCM with a key from the password: who has the link and not the password learns how long it is, and nothing else. */
export async function encrypted(bytes: Uint8Array, password: string): Promise<Uint8Array> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const key = await keyOf(password, salt, 'encrypt');
  const secret = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, bytes.slice()));
  const whole = new Uint8Array(SALT + NONCE + secret.length);
  whole.set(salt);
  whole.set(nonce, SALT);
  whole.set(secret, SALT + NONCE);
  return whole;
}

/** Undefined where the password is wrong or a bit was changed: GCM tells, and does not tell which. */
export async function decrypted(bytes: Uint8Array, password: string): Promise<Uint8Array | undefined> {
  if (bytes.length <= SALT + NONCE) return undefined;
  const key = await keyOf(password, bytes.slice(0, SALT), 'decrypt');
  try {
    const algorithm = { name: 'AES-GCM', iv: bytes.slice(SALT, SALT + NONCE) };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, bytes.slice(SALT + NONCE)));
  } catch {
    return undefined;
  }
}

async function keyOf(password: string, salt: Uint8Array<ArrayBuffer>, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const text = new TextEncoder().encode(password.normalize('NFC'));
  const material = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, [use]);
}
